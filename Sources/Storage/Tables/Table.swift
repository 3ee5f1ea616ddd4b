package import Postgres

/// A table of the registry. In the order of their foreign keys: what is referred to comes first.
package enum Table: Int, Sendable, CaseIterable {
    case sources
    case accelerators, acceleratorNames, acceleratorRates
    case models, modelNames, modelParameters, modelWeights, modelBenchmarks
    case architectures, architectureLayers, architectureRuns, architectureExtras
    case providers, providerNames, providerRegions, providerNameRules, rentals
    case offers, offerNames, offerRateLimits, pricePeriods, priceRates

    /// What the table looks like.
    package var schema: TableSchema {
        switch self {
        case .sources: SourceTables.sources.schema
        case .accelerators: AcceleratorTables.accelerators.schema
        case .acceleratorNames: AcceleratorTables.names.schema
        case .acceleratorRates: AcceleratorTables.rates.schema
        case .models: ModelTables.models.schema
        case .modelNames: ModelTables.names.schema
        case .modelParameters: ModelTables.parameters.schema
        case .modelWeights: ModelTables.weights.schema
        case .modelBenchmarks: ModelTables.benchmarks.schema
        case .architectures: ArchitectureTables.architectures.schema
        case .architectureLayers: ArchitectureTables.layers.schema
        case .architectureRuns: ArchitectureTables.runs.schema
        case .architectureExtras: ArchitectureTables.extras.schema
        case .providers: ProviderTables.providers.schema
        case .providerNames: ProviderTables.names.schema
        case .providerRegions: ProviderTables.regions.schema
        case .providerNameRules: ProviderTables.nameRules.schema
        case .rentals: ProviderTables.rentals.schema
        case .offers: OfferTables.offers.schema
        case .offerNames: OfferTables.names.schema
        case .offerRateLimits: OfferTables.rateLimits.schema
        case .pricePeriods: PriceTables.periods.schema
        case .priceRates: PriceTables.rates.schema
        }
    }

    /// The tables whose keys and hashes decide what has changed: those that belong to no other.
    package static let roots = allCases.filter { $0.schema.owner == nil }

    /// The tables whose rows belong to rows of this one.
    package var dependents: [Table] { Table.allCases.filter { $0.schema.owner == self } }
}

/// What a table looks like to the programs; the migrations say it to the server.
package struct TableSchema: Sendable {
    /// What becomes of a row that the registry no longer has.
    package enum Ending: Sendable {
        /// It stays, marked as retired, and may return.
        case retired
        /// It stays as history, marked as superseded, and may return.
        case superseded
        case deleted
        /// It stays as it is: its key is the hash of its content, and others may refer to it.
        case kept
    }

    package let name: String
    /// The table to whose rows this one's belong, by the first columns of the key.
    package let owner: Table?
    /// The columns that the registry fills, the key first. Those that the server fills are not among them.
    package let columns: [String]
    package let types: [ValueType]
    /// How many of the columns are the key.
    package let keyCount: Int
    package let ending: Ending

    /// The column with the hash of the row and of all that belongs to it; the last one where it is there.
    package static let hashColumn = "content_hash"

    package var keyColumns: ArraySlice<String> { columns[..<keyCount] }

    /// Some of the columns, all of them if nothing is said, as a bulk statement sends them.
    func bulkColumns(_ numbers: [Int]? = nil) -> [BulkStatement.Column] {
        (numbers ?? Array(columns.indices)).map { BulkStatement.Column($0, types[$0]) }
    }

    /// False where the key says all: such a row never changes.
    package var hasHash: Bool { columns.last == TableSchema.hashColumn }

    /// The column that is set once a row has ended; nil where rows do not end or are deleted.
    package var endColumn: String? {
        switch ending {
        case .retired: "retired_generation"
        case .superseded: "superseded_generation"
        case .deleted, .kept: nil
        }
    }
}
