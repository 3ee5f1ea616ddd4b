/// Prices over time. Pages keep some room, so that a row that changes stays on its page and no index is touched. A superseded period keeps its rates: what the registry once said stays readable.
extension RegistryMigrations {
    static let prices = """
        CREATE TABLE price_periods (
            model_id text NOT NULL,
            period_id text NOT NULL,
            provider_id text NOT NULL,
            provider_model_id text NOT NULL,
            effective_from date NOT NULL,
            currency text NOT NULL,
            effective_to date,
            is_cancelled boolean NOT NULL,
            corrected_on date,
            note text,
            source_id text NOT NULL REFERENCES sources,
            content_hash bytea NOT NULL,
            recorded_at timestamptz NOT NULL DEFAULT now(),
            superseded_at timestamptz,
            superseded_generation bigint,
            PRIMARY KEY (model_id, period_id),
            FOREIGN KEY (model_id, provider_id, provider_model_id) REFERENCES offers,
            CHECK ((superseded_at IS NULL) = (superseded_generation IS NULL))
        ) WITH (fillfactor = 90);

        CREATE INDEX price_periods_by_offer ON price_periods (model_id, provider_id, provider_model_id);

        CREATE TABLE price_rates (
            model_id text NOT NULL,
            period_id text NOT NULL,
            number bigint NOT NULL,
            meter text NOT NULL,
            price numeric NOT NULL CHECK (price >= 0),
            per bigint NOT NULL CHECK (per > 0),
            size text,
            quality text,
            free_reason text,
            variant_number bigint,
            mode text,
            tier text,
            region text,
            measure text,
            from_tokens bigint,
            boundary text,
            applies text,
            from_minute bigint,
            until_minute bigint,
            days text[],
            PRIMARY KEY (model_id, period_id, number),
            FOREIGN KEY (model_id, period_id) REFERENCES price_periods
        );
        """
}
