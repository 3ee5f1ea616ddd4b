import Diagnostics
import Documents
package import Entities
import Text

/// One entity of each kind with nearly every field filled, for tests that make many by changing a few.
package enum EntityTemplates {
    package static let model: Model = {
        guard case .model(let model) = entity(.model, modelText) else { preconditionFailure("no model") }
        return model
    }()

    package static let provider: Provider = {
        guard case .provider(let provider) = entity(.provider, providerText) else {
            preconditionFailure("no provider")
        }
        return provider
    }()

    package static let mapping: Mapping = {
        guard case .mapping(let mapping) = entity(.mapping, mappingText) else {
            preconditionFailure("no mapping")
        }
        return mapping
    }()

    package static let accelerator: Accelerator = {
        guard case .accelerator(let accelerator) = entity(.accelerator, acceleratorText) else {
            preconditionFailure("no accelerator")
        }
        return accelerator
    }()

    /// The entity that a JSON text of its kind describes; nil when a field is missing without which there is none.
    package static func entity(_ kind: EntityKind, _ text: String) -> Entity? {
        var document = Document()
        var keys = Interner()
        var findings: [Diagnostic] = []
        var reader = JSONReader()
        let isJSON = reader.read(
            Array(text.utf8), path: "template", into: &document, keys: &keys, findings: &findings)
        guard isJSON else { return nil }
        return EntityRecord(document, kind: kind, path: "template", findings: &findings)?.entity
    }

    private static let source = """
        {"kind": "provider_page", "url": "https://example.org/prices", "checked_on": "2026-08-21", "note": "list"}
        """

    private static let modelText = """
        {
          "id": "vendor/model", "name": "Model", "vendor": "vendor", "family": "family", "version": "1",
          "variant": "instruct", "aliases": [{"value": "The-Model", "schemes": ["hf", "api"]},
            {"value": "model-", "match": "prefix"}],
          "hugging_face": {"repo": "Vendor/Model", "revision": "abc", "gated": false},
          "open_weights": true, "license": {"id": "Apache-2.0", "url": "https://example.org/license"},
          "announced": "2025-01", "released": "2025-02-03", "knowledge_cutoff": "2024-10",
          "status": {"stage": "active"}, "modalities": {"input": ["text", "image"], "output": ["text"]},
          "capabilities": ["tools", "json_mode", "vision"],
          "reasoning": {"mode": "optional", "controls": ["effort"], "efforts": ["low", "high"],
            "budget_min": 0, "budget_max": 32000, "field": "reasoning_content"},
          "limits": {"context": 131072, "max_output": 8192, "native_context": 32768, "extended_by": "yarn",
            "source": \(source)},
          "tokenizer": {"kind": "bpe", "vocab_size": 128256},
          "architecture": {
            "type": "hybrid", "hf_architecture": "ModelForCausalLM", "hf_model_type": "model", "layers": 4,
            "hidden_size": 4096, "vocab_size": 128256, "tie_embeddings": false, "max_position": 131072,
            "layer_kinds": {
              "full": {"norm_count": 2, "mixer": {"kind": "full", "heads": 32, "kv_heads": 8, "head_dim": 128,
                "qk_norm": "per_head", "rope": {"theta": 500000, "scaling": "llama3", "factor": 8}},
                "ffn": {"kind": "gated", "intermediate_size": 14336, "activation": "silu"}},
              "latent": {"norm_count": 2, "mixer": {"kind": "mla", "heads": 16, "q_rank": 1536, "kv_rank": 512,
                "qk_nope_dim": 128, "qk_rope_dim": 64, "v_dim": 128},
                "ffn": {"kind": "moe", "experts": 64, "active": 6, "expert_form": "gated", "expert_size": 1408,
                  "shared_experts": 2, "shared_size": 2816, "router": "softmax"}},
              "state": {"norm_count": 1, "mixer": {"kind": "mamba2", "heads": 64, "head_dim": 64,
                "state_size": 128, "groups": 8, "conv_kernel": 4, "conv_bias": true,
                "state_precision": "fp32"}, "ffn": {"kind": "none"}}
            },
            "layer_pattern": [{"repeat": 1, "of": ["full"]}, {"repeat": 1, "of": ["latent", "state", "full"]}],
            "mtp": {"layers": 1, "of": ["full"]}, "vision": {"parameters": 400000000, "layers": 24},
            "extras": [{"name": "adapter", "parameters": 1000}], "rope": {"theta": 500000},
            "native_precision": {"weights": "bf16", "experts": "fp8"}, "source": \(source)
          },
          "parameters": {"total": {"value": 8030261248, "param_source": "safetensors",
            "checked_on": "2026-08-21", "url": "https://example.org/model"},
            "active": {"value": 3000000000, "param_source": "stated", "checked_on": "2026-08-21",
              "note": "rounded"}},
          "weights": [{"format": "safetensors", "precision": "bf16", "bytes": 16060522496, "shards": 4,
            "source": \(source)}, {"format": "gguf", "precision": "int4", "quantization": "Q4_K_M"}],
          "benchmarks": [{"name": "MMLU", "variant": "5-shot", "score": 66.70, "metric": "accuracy",
            "source": \(source)}],
          "source": \(source)
        }
        """

    private static let providerText = """
        {
          "id": "provider", "name": "Provider", "kind": "inference",
          "aliases": [{"value": "Provider AI", "schemes": ["marketing"]}],
          "website": "https://example.org", "docs_url": "https://example.org/docs",
          "pricing_url": "https://example.org/prices",
          "api": {"base_url": "https://api.example.org/v1", "compatible": ["openai"], "auth": "bearer",
            "env_names": ["PROVIDER_API_KEY"]},
          "regions": [{"id": "eu-1", "name": "Frankfurt", "jurisdiction": "de"}, {"id": "us-1"}],
          "currency": "USD", "billing_modes": ["per_token", "per_gpu_hour"], "headquarters": "de",
          "data_policy": {"trains_on_data": false, "retention_days": 30, "zero_retention": true,
            "source": \(source)},
          "model_id_rules": [{"part": "date_suffix", "pattern": "-[0-9]{8}$"}],
          "accelerator_offers": [{"accelerator": "accelerator", "sku": "gpu.1", "count_options": [1, 8],
            "price_per_accelerator_hour": 2.49, "currency": "USD", "commitment": "on_demand",
            "effective_from": "2026-01-01", "source": \(source)}],
          "status": {"stage": "active"}, "source": \(source)
        }
        """

    private static let mappingText = """
        {
          "provider": "provider", "model": "vendor/model",
          "offers": [{
            "provider_model_id": "model-1", "aliases": [{"value": "Model-Latest", "schemes": ["api"]}],
            "mode": "serverless", "tier": "standard", "limits": {"context": 131072, "max_output": 4096},
            "quantization": {"weights": "fp8"}, "capabilities": {"remove": ["vision"], "reason": "its page"},
            "rate_limits": [{"account_tier": "1", "rpm": 500, "tpm": 200000, "source": \(source)}],
            "sampling_parameters": ["temperature", "top_p", "stop"],
            "prices": [{
              "effective_from": "2026-01-01", "currency": "USD",
              "rates": [{"meter": "input_text", "price": 0.15, "per": 1000000},
                {"meter": "output_text", "price": 0.6, "per": 1000000},
                {"meter": "cache_read", "price": 0.075, "per": 1000000}],
              "tiers": [{"from_tokens": 128000, "boundary": "exclusive", "applies": "whole_request",
                "rates": [{"meter": "input_text", "price": 0.3, "per": 1000000}]}],
              "schedules": [{"utc_from": "16:30", "utc_to": "00:30", "days": ["sat", "sun"],
                "rates": [{"meter": "input_text", "price": 0.07, "per": 1000000}]}],
              "variants": [{"mode": "batch", "rates": [{"meter": "input_text", "price": 0.075, "per": 1000000}]}],
              "source": \(source)
            }],
            "performance": {"ttft_ms": 350.5, "output_tps": 98, "measured_on": "2026-08-01",
              "source": \(source)},
            "status": {"stage": "active"}, "verified_on": "2026-08-21"
          }]
        }
        """

    private static let acceleratorText = """
        {
          "id": "accelerator", "name": "Accelerator", "vendor": "nvidia", "kind": "gpu",
          "aliases": [{"value": "GPU 80GB"}], "architecture": "hopper", "compute_capability": "9.0",
          "form_factor": "sxm", "memory": {"bytes": 85899345920, "marketing_gb": 80, "type": "hbm3"},
          "bandwidth_bytes_per_s": 3350000000000,
          "flops": {"bf16": {"dense": 989500000000000, "sparse": 1979000000000000, "source": \(source)},
            "fp8": {"dense": 1979000000000000}},
          "interconnect": {"kind": "nvlink", "generation": "4", "bytes_per_s": 900000000000,
            "direction": "bidirectional"},
          "pcie": {"generation": 5, "lanes": 16}, "power_w": 700, "max_per_node": 8, "released": "2022-10",
          "status": {"stage": "active"}, "source": \(source)
        }
        """
}
