package import Postgres

/// The history of the registry's schema. What stands here was applied somewhere and is never changed; a new need is
/// a new migration, which leaves the programs of the version before it working.
package enum RegistryMigrations {
    package static let all = [
        Migration(version: 1, name: "state", sql: state),
        Migration(version: 2, name: "accelerators", sql: accelerators),
        Migration(version: 3, name: "models", sql: models),
        Migration(version: 4, name: "architectures", sql: architectures),
        Migration(version: 5, name: "providers", sql: providers),
        Migration(version: 6, name: "offers", sql: offers),
        Migration(version: 7, name: "prices", sql: prices),
        Migration(version: 8, name: "unknowns", sql: unknowns),
        Migration(version: 9, name: "lean_indexes", sql: leanIndexes),
        Migration(version: 10, name: "offers_of_a_provider", sql: offersOfAProvider),
    ]

    package static let runner = MigrationRunner(all)
}
