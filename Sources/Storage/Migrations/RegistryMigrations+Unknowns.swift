extension RegistryMigrations {
    /// A model that is known by its weights alone has neither a release date nor a licence to state.
    static let unknownReleaseAndLicense = """
        ALTER TABLE models ALTER COLUMN license_id DROP NOT NULL;
        ALTER TABLE models ALTER COLUMN released DROP NOT NULL;
        """
}
