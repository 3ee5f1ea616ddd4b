extension RegistryMigrations {
    /// What the file of a model or provider may leave out since nobody knows it.
    static let unknowns = """
        ALTER TABLE models ALTER COLUMN license_id DROP NOT NULL;
        ALTER TABLE models ALTER COLUMN released DROP NOT NULL;
        ALTER TABLE providers ALTER COLUMN website DROP NOT NULL;
        ALTER TABLE providers ALTER COLUMN documentation_url DROP NOT NULL;
        """
}
