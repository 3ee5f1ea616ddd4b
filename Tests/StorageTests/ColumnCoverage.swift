@testable import Postgres
@testable import Storage

/// Which columns differed between registries that followed each other: under one key, or, where the key says
/// the column, by having been there with two values.
struct ColumnCoverage {
    /// Of an offer's and an accelerator's other names no schema lets a file say whose they are.
    private static let beyondFiles: Set<String> = ["offer_names.schemes", "accelerator_names.schemes"]

    private var differing: [Table: Set<Int>] = [:]
    /// One value of each column that is part of a key, and whether there was another.
    private var values: [Table: [Int: (first: [UInt8], isAlone: Bool)]] = [:]

    /// Looks at two registries, unless there is nothing more to find.
    mutating func note(_ before: CatalogRows, _ after: CatalogRows) {
        for table in Table.allCases where !missing(table).isEmpty {
            let (old, new) = (before[table].rows, after[table].rows)
            let keyCount = table.schema.keyCount
            var places: [EncodedFields: Int] = [:]
            for row in 0..<old.count { places[old.fields(of: row, first: keyCount)] = row }
            for row in 0..<new.count {
                let fields = Self.fields(new, row)
                for (column, field) in fields.enumerated() { note(field, table, column) }
                guard let place = places[new.fields(of: row, first: keyCount)] else { continue }
                let earlier = Self.fields(old, place)
                for column in fields.indices where fields[column] != earlier[column] {
                    differing[table, default: []].insert(column)
                }
            }
        }
    }

    /// The columns that never differed.
    var missing: [String] {
        Table.allCases.flatMap { missing($0) }
    }

    private mutating func note(_ field: [UInt8], _ table: Table, _ column: Int) {
        guard let known = values[table]?[column] else {
            values[table, default: [:]][column] = (field, true)
            return
        }
        if known.isAlone, known.first != field { values[table]?[column]?.isAlone = false }
    }

    private func missing(_ table: Table) -> [String] {
        let schema = table.schema
        let hashed = Self.hashedColumns(of: table)
        return schema.columns.indices.filter { column in
            column < schema.keyCount || hashed.contains(schema.columns[column])
                ? values[table]?[column]?.isAlone ?? true : differing[table]?.contains(column) != true
        }.map { "\(schema.name).\(schema.columns[$0])" }.filter { !Self.beyondFiles.contains($0) }
    }

    /// The columns that decide the key, as its hash or as a part of it.
    private static func hashedColumns(of table: Table) -> Set<String> {
        switch table {
        case .sources, .priceRates: Set(table.schema.columns)
        case .models: ["vendor"]
        case .pricePeriods: Set(PriceTables.periodTerms.map(\.name))
        case .rentals: Set(ProviderTables.rentalTerms.map(\.name))
        default: []
        }
    }

    /// The fields of a row; a null has one byte more than any value could.
    private static func fields(_ rows: EncodedRows, _ row: Int) -> [[UInt8]] {
        var fields: [[UInt8]] = []
        rows.forEachField(of: row) { _, range in
            fields.append(range.map { [1] + rows.bytes[$0] } ?? [0])
        }
        return fields
    }
}
