/// What the database was last brought to, how it came there, and the sources that facts name.
extension RegistryMigrations {
    static let state = """
        CREATE TABLE registry_state (
            id bigint PRIMARY KEY CHECK (id = 1),
            repository_id text,
            commit_id text,
            tree_id text,
            generation bigint NOT NULL,
            hash_version bigint NOT NULL
        );

        INSERT INTO registry_state (id, generation, hash_version) VALUES (1, 0, 0);

        CREATE TABLE registry_commits (
            generation bigint PRIMARY KEY,
            commit_id text NOT NULL,
            parent_commit_id text,
            tree_id text NOT NULL,
            committed_at timestamptz NOT NULL,
            ingested_at timestamptz NOT NULL DEFAULT now(),
            duration_milliseconds bigint NOT NULL,
            added bigint NOT NULL,
            changed bigint NOT NULL,
            returned bigint NOT NULL,
            retired bigint NOT NULL,
            rows_written bigint NOT NULL,
            rows_removed bigint NOT NULL
        );

        CREATE TABLE sources (
            source_id text PRIMARY KEY,
            kind text NOT NULL,
            url text,
            checked_on date NOT NULL,
            note text,
            content_hash bytea NOT NULL
        );

        CREATE INDEX sources_by_age ON sources (checked_on);
        """
}
