/// Accelerators, their names and what they compute.
extension RegistryMigrations {
    static let accelerators = """
        CREATE TABLE accelerators (
            accelerator_id text PRIMARY KEY,
            name text NOT NULL,
            vendor text NOT NULL,
            kind text NOT NULL,
            architecture text,
            compute_capability text,
            form_factor text,
            memory_bytes bigint NOT NULL,
            memory_marketing_gb numeric,
            memory_usable_bytes bigint,
            memory_type text,
            memory_is_unified boolean NOT NULL,
            memory_note text,
            interconnect_kind text,
            interconnect_generation text,
            interconnect_bytes_per_second bigint,
            interconnect_direction text,
            interconnect_domain_size bigint,
            pcie_generation bigint,
            pcie_lanes bigint,
            pcie_bytes_per_second bigint,
            bandwidth_bytes_per_second bigint NOT NULL,
            power_watts bigint,
            maximum_per_node bigint,
            released text,
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

        CREATE TABLE accelerator_names (
            accelerator_id text NOT NULL REFERENCES accelerators,
            name text NOT NULL,
            spelling text NOT NULL,
            schemes text[] NOT NULL,
            match_kind text NOT NULL,
            content_hash bytea NOT NULL,
            PRIMARY KEY (accelerator_id, name)
        );

        CREATE INDEX accelerator_names_by_name ON accelerator_names (name);

        CREATE TABLE accelerator_rates (
            accelerator_id text NOT NULL REFERENCES accelerators,
            format text NOT NULL,
            dense_operations_per_second bigint NOT NULL,
            sparse_operations_per_second bigint,
            source_id text REFERENCES sources,
            content_hash bytea NOT NULL,
            PRIMARY KEY (accelerator_id, format)
        );
        """
}
