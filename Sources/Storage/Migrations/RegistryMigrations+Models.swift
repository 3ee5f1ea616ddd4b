/// Models and what is said of them, but for their architecture.
extension RegistryMigrations {
    static let models = """
        CREATE TABLE models (
            model_id text PRIMARY KEY,
            name text NOT NULL,
            vendor text NOT NULL,
            family text,
            version text,
            variant text NOT NULL,
            hugging_face_repo text,
            hugging_face_revision text,
            hugging_face_is_gated boolean,
            has_open_weights boolean NOT NULL,
            license_id text NOT NULL,
            license_url text,
            announced text,
            released text NOT NULL,
            knowledge_cutoff text,
            stage text NOT NULL,
            deprecated_on date,
            retires_on date,
            replaced_by text,
            input_modalities text[] NOT NULL,
            output_modalities text[] NOT NULL,
            capabilities text[] NOT NULL,
            reasoning_mode text,
            reasoning_controls text[] NOT NULL,
            reasoning_efforts text[] NOT NULL,
            reasoning_minimum_tokens bigint,
            reasoning_maximum_tokens bigint,
            reasoning_field text,
            context_tokens bigint,
            maximum_input_tokens bigint,
            maximum_output_tokens bigint,
            native_context_tokens bigint,
            context_extended_by text,
            context_source_id text REFERENCES sources,
            tokenizer_kind text,
            tokenizer_vocabulary_size bigint,
            source_id text NOT NULL REFERENCES sources,
            content_hash bytea NOT NULL,
            changed_at timestamptz NOT NULL DEFAULT now(),
            retired_at timestamptz,
            retired_generation bigint,
            CHECK ((retired_at IS NULL) = (retired_generation IS NULL))
        );

        CREATE INDEX models_by_vendor ON models (vendor, family, model_id);
        CREATE INDEX models_by_family ON models (family, model_id);

        CREATE TABLE model_names (
            model_id text NOT NULL REFERENCES models,
            name text NOT NULL,
            spelling text NOT NULL,
            schemes text[] NOT NULL,
            match_kind text NOT NULL,
            content_hash bytea NOT NULL,
            PRIMARY KEY (model_id, name)
        );

        CREATE INDEX model_names_by_name ON model_names (name);

        CREATE TABLE model_parameters (
            model_id text NOT NULL REFERENCES models,
            part text NOT NULL,
            parameter_count bigint NOT NULL CHECK (parameter_count > 0),
            provenance text NOT NULL,
            checked_on date NOT NULL,
            url text,
            note text,
            content_hash bytea NOT NULL,
            PRIMARY KEY (model_id, part)
        );

        CREATE TABLE model_weights (
            model_id text NOT NULL REFERENCES models,
            number bigint NOT NULL,
            format text NOT NULL,
            weight_precision text NOT NULL,
            quantization text,
            bytes bigint,
            shard_count bigint,
            url text,
            source_id text REFERENCES sources,
            content_hash bytea NOT NULL,
            PRIMARY KEY (model_id, number)
        );

        CREATE TABLE model_benchmarks (
            model_id text NOT NULL REFERENCES models,
            number bigint NOT NULL,
            name text NOT NULL,
            variant text,
            score numeric NOT NULL,
            metric text,
            harness text,
            source_id text NOT NULL REFERENCES sources,
            content_hash bytea NOT NULL,
            PRIMARY KEY (model_id, number)
        );

        CREATE INDEX model_benchmarks_by_name ON model_benchmarks (name, score);
        """
}
