/// Providers, what they are called, where they serve from, and what their machines cost.
extension RegistryMigrations {
    static let providers = """
        CREATE TABLE providers (
            provider_id text PRIMARY KEY,
            name text NOT NULL,
            kind text NOT NULL,
            website text NOT NULL,
            documentation_url text NOT NULL,
            pricing_url text,
            status_url text,
            has_api boolean NOT NULL,
            api_base_url text,
            api_formats text[] NOT NULL,
            api_authentication text,
            api_environment_names text[] NOT NULL,
            currency text,
            billing_modes text[] NOT NULL,
            headquarters text,
            trains_on_data boolean,
            retention_days bigint,
            offers_zero_retention boolean,
            data_policy_source_id text REFERENCES sources,
            has_confidential_compute boolean,
            stage text NOT NULL,
            deprecated_on date,
            retires_on date,
            replaced_by text,
            source_id text NOT NULL REFERENCES sources,
            content_hash bytea NOT NULL,
            changed_at timestamptz NOT NULL DEFAULT now(),
            retired_at timestamptz,
            retired_generation bigint,
            CHECK ((retired_at IS NULL) = (retired_generation IS NULL))
        );

        CREATE TABLE provider_names (
            provider_id text NOT NULL REFERENCES providers,
            name text NOT NULL,
            spelling text NOT NULL,
            schemes text[] NOT NULL,
            match_kind text NOT NULL,
            content_hash bytea NOT NULL,
            PRIMARY KEY (provider_id, name)
        );

        CREATE INDEX provider_names_by_name ON provider_names (name);

        CREATE TABLE provider_regions (
            provider_id text NOT NULL REFERENCES providers,
            number bigint NOT NULL,
            region_id text NOT NULL,
            name text,
            jurisdiction text,
            content_hash bytea NOT NULL,
            PRIMARY KEY (provider_id, number)
        );

        CREATE TABLE provider_name_rules (
            provider_id text NOT NULL REFERENCES providers,
            number bigint NOT NULL,
            part text NOT NULL,
            pattern text NOT NULL,
            content_hash bytea NOT NULL,
            PRIMARY KEY (provider_id, number)
        );

        CREATE TABLE rentals (
            provider_id text NOT NULL REFERENCES providers,
            rental_id text NOT NULL,
            accelerator_id text NOT NULL REFERENCES accelerators,
            sku text,
            count_options text[] NOT NULL,
            commitment text NOT NULL,
            region text,
            effective_from date NOT NULL,
            currency text NOT NULL,
            price_per_hour numeric NOT NULL CHECK (price_per_hour >= 0),
            effective_to date,
            minimum_billing_seconds bigint,
            startup_seconds bigint,
            source_id text NOT NULL REFERENCES sources,
            content_hash bytea NOT NULL,
            recorded_at timestamptz NOT NULL DEFAULT now(),
            superseded_at timestamptz,
            superseded_generation bigint,
            PRIMARY KEY (provider_id, rental_id),
            CHECK ((superseded_at IS NULL) = (superseded_generation IS NULL))
        );

        CREATE INDEX rentals_by_price ON rentals (accelerator_id, currency, price_per_hour)
            WHERE superseded_generation IS NULL;
        """
}
