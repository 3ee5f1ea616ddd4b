extension RegistryMigrations {
    /// Indexes that no query is served by, and that every ingest paid for (decision 25).
    ///
    /// The periods of an offer are found by its model, with which their key begins.
    static let leanIndexes = """
        DROP INDEX offers_by_input_price;
        DROP INDEX offers_by_output_price;
        DROP INDEX price_periods_by_offer;
        """

    /// What a provider offers is found by its id alone: each id then stands once in a page of the index, and making it
    /// sorts few words instead of all names.
    static let offersOfAProvider = """
        DROP INDEX offers_by_provider;
        CREATE INDEX offers_by_provider ON offers (provider_id);
        """
}
