/// What providers offer. The model's id leads every key, so that the tables can be spread over machines by it.
extension RegistryMigrations {
    static let offers = """
        CREATE TABLE offers (
            model_id text NOT NULL REFERENCES models,
            provider_id text NOT NULL REFERENCES providers,
            provider_model_id text NOT NULL,
            mode text NOT NULL,
            tier text NOT NULL,
            region text,
            context_tokens bigint,
            maximum_input_tokens bigint,
            maximum_output_tokens bigint,
            extends_context boolean NOT NULL,
            weight_quantization text,
            key_value_quantization text,
            activation_quantization text,
            added_capabilities text[] NOT NULL,
            removed_capabilities text[] NOT NULL,
            capability_reason text,
            added_inputs text[] NOT NULL,
            added_outputs text[] NOT NULL,
            removed_inputs text[] NOT NULL,
            removed_outputs text[] NOT NULL,
            modality_reason text,
            sampling_parameters text[] NOT NULL,
            currency text,
            input_per_million numeric,
            output_per_million numeric,
            cache_read_per_million numeric,
            first_token_milliseconds numeric,
            output_tokens_per_second numeric,
            performance_measured_on date,
            performance_source_id text REFERENCES sources,
            stage text NOT NULL,
            deprecated_on date,
            retires_on date,
            replaced_by text,
            verified_on date NOT NULL,
            content_hash bytea NOT NULL,
            changed_at timestamptz NOT NULL DEFAULT now(),
            retired_at timestamptz,
            retired_generation bigint,
            PRIMARY KEY (model_id, provider_id, provider_model_id),
            CHECK ((retired_at IS NULL) = (retired_generation IS NULL))
        ) WITH (fillfactor = 90);

        CREATE INDEX offers_by_provider ON offers (provider_id, provider_model_id);
        CREATE INDEX offers_by_input_price ON offers (currency, input_per_million)
            WHERE retired_generation IS NULL;
        CREATE INDEX offers_by_output_price ON offers (currency, output_per_million)
            WHERE retired_generation IS NULL;

        CREATE TABLE offer_names (
            model_id text NOT NULL,
            provider_id text NOT NULL,
            provider_model_id text NOT NULL,
            name text NOT NULL,
            spelling text NOT NULL,
            schemes text[] NOT NULL,
            match_kind text NOT NULL,
            content_hash bytea NOT NULL,
            PRIMARY KEY (model_id, provider_id, provider_model_id, name),
            FOREIGN KEY (model_id, provider_id, provider_model_id) REFERENCES offers
        );

        CREATE INDEX offer_names_by_name ON offer_names (name);

        CREATE TABLE offer_rate_limits (
            model_id text NOT NULL,
            provider_id text NOT NULL,
            provider_model_id text NOT NULL,
            number bigint NOT NULL,
            account_tier text,
            requests_per_minute bigint,
            requests_per_day bigint,
            tokens_per_minute bigint,
            tokens_per_day bigint,
            concurrent_requests bigint,
            source_id text NOT NULL REFERENCES sources,
            content_hash bytea NOT NULL,
            PRIMARY KEY (model_id, provider_id, provider_model_id, number),
            FOREIGN KEY (model_id, provider_id, provider_model_id) REFERENCES offers
        );
        """
}
