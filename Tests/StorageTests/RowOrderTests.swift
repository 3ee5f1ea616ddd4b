import Postgres
import RegistryTree
import Storage
import TestKit
import Testing

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
