extension RegistryMigrations {
    /// What a model's file may leave out since nobody knows it.
    static let unknowns = """
        ALTER TABLE models ALTER COLUMN license_id DROP NOT NULL;
        ALTER TABLE models ALTER COLUMN released DROP NOT NULL;
        """
}
