extension SyntheticRegistry {
    /// The schemas by the collection they describe. Each stands alone, for tools that take one schema a run.
    static let schemas = [("model", modelSchema), ("provider", providerSchema), ("mapping", mappingSchema)]

    /// The definitions that all three share, as text, since none may refer to another file.
    private static let sharedDefinitions = """
        "date": {"type": "string", "format": "date"},
            "url": {"type": "string", "format": "uri", "pattern": "^https://"},
            "tokens": {"type": "integer", "minimum": 1, "maximum": 100000000},
            "status": {"enum": ["experimental", "preview", "active", "deprecated", "retired"]},
            "source": {
              "type": "object",
              "required": ["kind", "url", "checked_on"],
              "additionalProperties": false,
              "properties": {
                "kind": {"enum": ["provider_page", "provider_api", "model_card", "config_json", "paper", "manual"]},
                "url": {"$ref": "#/$defs/url"},
                "checked_on": {"$ref": "#/$defs/date"}
              }
            }
        """

    private static let modelSchema = """
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "$id": "https://benchmark.example.com/model.schema.json",
          "title": "A model",
          "x-collection": {"folder": "models", "depth": 2, "key": ["id"]},
          "type": "object",
          "required": [
            "schema", "id", "name", "vendor", "variant", "released", "open_weights", "license", "modalities",
            "capabilities", "limits", "parameters", "status", "source"
          ],
          "additionalProperties": false,
          "properties": {
            "schema": {"const": "model/v1"},
            "id": {"type": "string", "pattern": "^[a-z0-9][a-z0-9.-]*/[a-z0-9][a-z0-9.-]*$", "x-path": "1-2"},
            "name": {"type": "string", "minLength": 1, "maxLength": 200},
            "vendor": {"type": "string", "pattern": "^[a-z0-9][a-z0-9.-]*$", "x-path": "1"},
            "variant": {"enum": ["base", "instruct", "reasoning", "code", "embedding", "vision"]},
            "released": {"$ref": "#/$defs/date"},
            "knowledge_cutoff": {"$ref": "#/$defs/date"},
            "aliases": {
              "type": "array",
              "minItems": 1,
              "items": {
                "type": "object",
                "required": ["value", "scheme"],
                "additionalProperties": false,
                "properties": {
                  "value": {"type": "string", "minLength": 1, "x-unique": "model-alias"},
                  "scheme": {"enum": ["hf", "openrouter", "litellm", "api"]}
                }
              }
            },
            "open_weights": {"type": "boolean"},
            "license": {
              "type": "object",
              "required": ["id"],
              "additionalProperties": false,
              "properties": {
                "id": {"type": "string", "pattern": "^[A-Za-z0-9.-]+$"},
                "url": {"$ref": "#/$defs/url"}
              }
            },
            "modalities": {
              "type": "object",
              "required": ["input", "output"],
              "additionalProperties": false,
              "properties": {"input": {"$ref": "#/$defs/modalities"}, "output": {"$ref": "#/$defs/modalities"}}
            },
            "capabilities": {
              "type": "array",
              "uniqueItems": true,
              "items": {"enum": ["tools", "streaming", "structured_output", "json_mode", "vision", "caching"]}
            },
            "limits": {
              "type": "object",
              "required": ["context"],
              "additionalProperties": false,
              "properties": {"context": {"$ref": "#/$defs/tokens"}, "max_output": {"$ref": "#/$defs/tokens"}}
            },
            "parameters": {
              "type": "object",
              "required": ["total", "param_source"],
              "additionalProperties": false,
              "properties": {
                "total": {"type": "integer", "minimum": 1},
                "active": {"type": "integer", "minimum": 1},
                "param_source": {"enum": ["safetensors", "manual_override", "stated", "estimated"]}
              }
            },
            "architecture": {
              "type": "object",
              "required": ["type", "layers", "hidden_size", "attention"],
              "additionalProperties": false,
              "properties": {
                "type": {"enum": ["dense", "moe", "hybrid", "ssm"]},
                "layers": {"type": "integer", "minimum": 1, "maximum": 1000},
                "hidden_size": {"type": "integer", "multipleOf": 8},
                "vocab_size": {"type": "integer", "minimum": 1},
                "tie_embeddings": {"type": "boolean"},
                "attention": {
                  "oneOf": [
                    {"$ref": "#/$defs/full"}, {"$ref": "#/$defs/sliding"}, {"$ref": "#/$defs/mla"}
                  ]
                }
              }
            },
            "status": {"$ref": "#/$defs/status"},
            "source": {"$ref": "#/$defs/source"}
          },
          "$defs": {
            "modalities": {
              "type": "array",
              "minItems": 1,
              "uniqueItems": true,
              "items": {"enum": ["text", "image", "audio", "video"]}
            },
            "count": {"type": "integer", "minimum": 1},
            "full": {
              "type": "object",
              "required": ["kind", "heads", "kv_heads", "head_dim"],
              "additionalProperties": false,
              "properties": {
                "kind": {"const": "full"},
                "heads": {"$ref": "#/$defs/count"},
                "kv_heads": {"$ref": "#/$defs/count"},
                "head_dim": {"$ref": "#/$defs/count"}
              }
            },
            "sliding": {
              "type": "object",
              "required": ["kind", "heads", "kv_heads", "window"],
              "additionalProperties": false,
              "properties": {
                "kind": {"const": "sliding"},
                "heads": {"$ref": "#/$defs/count"},
                "kv_heads": {"$ref": "#/$defs/count"},
                "window": {"$ref": "#/$defs/count"}
              }
            },
            "mla": {
              "type": "object",
              "required": ["kind", "heads", "kv_rank", "rope_dim"],
              "additionalProperties": false,
              "properties": {
                "kind": {"const": "mla"},
                "heads": {"$ref": "#/$defs/count"},
                "kv_rank": {"$ref": "#/$defs/count"},
                "rope_dim": {"$ref": "#/$defs/count"}
              }
            },
            \(sharedDefinitions)
          }
        }

        """

    private static let providerSchema = """
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "$id": "https://benchmark.example.com/provider.schema.json",
          "title": "A provider",
          "x-collection": {"folder": "providers", "depth": 1, "key": ["id"]},
          "type": "object",
          "required": ["schema", "id", "name", "kind", "website", "docs_url", "api", "currency", "status", "source"],
          "additionalProperties": false,
          "properties": {
            "schema": {"const": "provider/v1"},
            "id": {"$ref": "#/$defs/id", "x-path": "1"},
            "name": {"type": "string", "minLength": 1, "maxLength": 200},
            "kind": {"enum": ["lab", "cloud", "inference", "aggregator", "marketplace", "self_hosted"]},
            "website": {"$ref": "#/$defs/url"},
            "docs_url": {"$ref": "#/$defs/url"},
            "pricing_url": {"$ref": "#/$defs/url"},
            "api": {
              "type": "object",
              "required": ["base_url", "auth"],
              "additionalProperties": false,
              "properties": {
                "base_url": {"$ref": "#/$defs/url"},
                "compatible": {
                  "type": "array",
                  "uniqueItems": true,
                  "items": {"enum": ["openai", "anthropic", "google", "cohere", "custom"]}
                },
                "auth": {"enum": ["bearer", "api_key", "oauth2", "sigv4", "none"]}
              }
            },
            "currency": {"type": "string", "pattern": "^[A-Z]{3}$"},
            "billing_modes": {
              "type": "array",
              "uniqueItems": true,
              "items": {"enum": ["per_token", "per_request", "provisioned", "subscription"]}
            },
            "headquarters": {"$ref": "#/$defs/country"},
            "confidential_compute": {"type": "boolean"},
            "data_policy": {
              "type": "object",
              "additionalProperties": false,
              "properties": {
                "trains_on_data": {"type": "boolean"},
                "retention_days": {"type": "integer", "minimum": 0},
                "zero_retention": {"type": "boolean"}
              }
            },
            "regions": {
              "type": "array",
              "items": {
                "type": "object",
                "required": ["id"],
                "additionalProperties": false,
                "properties": {
                  "id": {"$ref": "#/$defs/id"},
                  "name": {"type": "string"},
                  "jurisdiction": {"$ref": "#/$defs/country"}
                }
              }
            },
            "accelerators": {
              "type": "array",
              "items": {
                "type": "object",
                "required": ["sku", "per_hour"],
                "additionalProperties": false,
                "properties": {"sku": {"$ref": "#/$defs/id"}, "per_hour": {"type": "number", "minimum": 0}}
              }
            },
            "status": {"$ref": "#/$defs/status"},
            "source": {"$ref": "#/$defs/source"}
          },
          "$defs": {
            "id": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
            "country": {"type": "string", "pattern": "^[a-z]{2}$"},
            \(sharedDefinitions)
          }
        }

        """

    private static let mappingSchema = """
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "$id": "https://benchmark.example.com/mapping.schema.json",
          "title": "What a provider asks for a model",
          "x-collection": {"folder": "mappings", "depth": 3, "key": ["provider", "model"]},
          "type": "object",
          "required": ["schema", "provider", "model", "provider_model_id", "mode", "tier", "prices", "status", "source"],
          "additionalProperties": false,
          "properties": {
            "schema": {"const": "mapping/v1"},
            "provider": {"type": "string", "x-path": "1", "x-references": "providers"},
            "model": {"type": "string", "x-path": "2-3", "x-references": "models"},
            "provider_model_id": {
              "type": "string",
              "pattern": "^[A-Za-z0-9][A-Za-z0-9._/:-]*$",
              "x-unique": "provider-model-id/{1}"
            },
            "mode": {"enum": ["serverless", "dedicated", "batch", "provisioned"]},
            "tier": {"enum": ["standard", "priority", "flex"]},
            "region": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
            "account_tier": {"type": "string", "minLength": 1, "maxLength": 40},
            "quantization": {"enum": ["bf16", "fp8", "int8", "int4", "unknown"]},
            "limits": {
              "type": "object",
              "additionalProperties": false,
              "properties": {"context": {"$ref": "#/$defs/tokens"}, "max_output": {"$ref": "#/$defs/tokens"}}
            },
            "verified_on": {"$ref": "#/$defs/date"},
            "prices": {
              "type": "array",
              "minItems": 1,
              "items": {
                "type": "object",
                "required": ["effective_from", "currency", "rates"],
                "additionalProperties": false,
                "properties": {
                  "effective_from": {"$ref": "#/$defs/date"},
                  "effective_to": {"$ref": "#/$defs/date"},
                  "currency": {"type": "string", "pattern": "^[A-Z]{3}$"},
                  "rates": {
                    "type": "array",
                    "minItems": 1,
                    "items": {"oneOf": [{"$ref": "#/$defs/tokenRate"}, {"$ref": "#/$defs/callRate"}]}
                  }
                }
              }
            },
            "status": {"$ref": "#/$defs/status"},
            "source": {"$ref": "#/$defs/source"}
          },
          "$defs": {
            "tokenRate": {
              "type": "object",
              "required": ["meter", "price", "per"],
              "additionalProperties": false,
              "properties": {
                "meter": {"enum": ["input_text", "output_text", "cache_read", "cache_write", "reasoning"]},
                "price": {"type": "number", "minimum": 0, "maximum": 10000},
                "per": {"enum": [1, 1000, 1000000]}
              }
            },
            "callRate": {
              "type": "object",
              "required": ["meter", "price", "unit"],
              "additionalProperties": false,
              "properties": {
                "meter": {"enum": ["request", "web_search"]},
                "price": {"type": "number", "minimum": 0, "maximum": 10000},
                "unit": {"const": "call"}
              }
            },
            \(sharedDefinitions)
          }
        }

        """
}
