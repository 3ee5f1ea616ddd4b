import Postgres
import RegistryTree
import TestKit
import Testing

@testable import Storage

/// An index over rows in order needs no sorting, and two ingests that write in one order cannot wait for each other in
/// a circle.
struct RowOrderTests {
    @Test func `rows stand in the order of their key`() throws {
        var ordered: Set<Storage.Table> = []
        for catalog in [
            SyntheticCatalog(offerCount: 200).catalog, try Validation(root: Repository.root).catalog,
        ] {
            let all = try CatalogRows(catalog)
            for table in Storage.Table.allCases {
                let rows = all[table].rows
                let keys = (0..<rows.count).map { Key(of: rows, $0, table.schema) }
                #expect(zip(keys, keys.dropFirst()).allSatisfy { $0 < $1 }, "\(table.schema.name)")
                if keys.count > 1 { ordered.insert(table) }
            }
        }
        // One row or none stands in any order.
        #expect(ordered.count >= Storage.Table.allCases.count - 2)
    }

    @Test func `prices of several offers of a model stand in one order`() throws {
        let rows = try CatalogRows(SyntheticCatalog(offerCount: 200).catalog)
        #expect(rows[.pricePeriods].rows.count == 210)
        #expect(rows[.priceRates].rows.count == 630)
        #expect(rows[.pricePeriods].owners != rows[.pricePeriods].owners.sorted())
    }

    @Test func `what belongs to some rows is found in the order of its own table`() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var generator = SeededGenerator(seed: seed)
        let all = try CatalogRows(SyntheticCatalog(offerCount: 200).catalog)
        for table in Storage.Table.allCases {
            guard let owner = table.schema.owner else { continue }
            let section = all[table]
            let count = all[owner].rows.count
            for share in [0, 1, 10, 50, 99, 100] {
                let owners = (0..<count).filter { _ in Int.random(in: 0..<100, using: &generator) < share }
                let wanted = Set(owners)
                let expected = section.owners.indices.filter { wanted.contains(Int(section.owners[$0])) }
                #expect(
                    section.rows(of: owners) == expected, "seed \(seed), \(table.schema.name), \(share) %")
            }
        }
    }

    /// The fields of a key, which are texts and whole numbers.
    private struct Key: Comparable {
        private let fields: [(text: String, number: Int)]

        init(of rows: EncodedRows, _ row: Int, _ schema: TableSchema) {
            fields = (0..<schema.keyCount).map { column in
                schema.types[column] == .text
                    ? (rows.text(row, column), 0) : ("", rows.integer(row, column) ?? -1)
            }
        }

        static func == (left: Key, right: Key) -> Bool { !(left < right) && !(right < left) }

        static func < (left: Key, right: Key) -> Bool {
            left.fields.lexicographicallyPrecedes(right.fields) { left, right in
                if left.text == right.text { return left.number < right.number }
                return left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
            }
        }
    }
}
