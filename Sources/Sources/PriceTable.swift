import Documents
package import Entities
import Text

/// Price rows of anything that is sold by the piece, and hourly prices of accelerators, from CSV or as a list in JSON.
package enum PriceTable {
    /// Reads one table of either kind.
    ///
    /// Throws when it has the columns of neither.
    package static func harvest(
        from snapshot: Snapshot, knowing catalog: Catalog
    ) throws(SourceError) -> Harvest {
        let rows = try rows(of: snapshot)
        if rows.columns.contains("price_per_gpu_hour_usd") {
            var rentals = RentalTable(catalog: catalog, origin: snapshot.origin)
            for row in rows.rows { rentals.take(row) }
            return rentals.harvest
        }
        let required = [
            "workload_type", "provider", "sku_key", "sku_name", "model_key", "unit_price_usd", "unit_name",
            "region",
            "source_url", "source_date", "confidence",
        ]
        let missing = required.filter { !rows.columns.contains($0) }
        guard missing.isEmpty else {
            throw SourceError("\"\(snapshot.name)\" lacks the columns \(missing.joined(separator: ", "))")
        }
        var pieces = PieceTable(catalog: catalog, origin: snapshot.origin)
        for row in rows.rows { pieces.take(row) }
        return pieces.harvest
    }

    /// One row by its columns, and a name for people.
    struct Row {
        let subject: String
        let field: (String) -> String?

        subscript(column: String) -> String? { field(column) }
    }

    private static func rows(of snapshot: Snapshot) throws(SourceError) -> (columns: Set<String>, rows: [Row])
    {
        let isJSON = snapshot.bytes.first { $0 > 0x20 }.map {
            $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "[")
        }
        if isJSON == true {
            let file = try snapshot.json()
            let items = (file["rows"] ?? file["prices"])?.list ?? file.list ?? []
            let columns = Set(items.flatMap { $0.record?.members.map(\.name) ?? [] })
            return (
                columns,
                items.enumerated().map { index, item in
                    Row(subject: "\(snapshot.name) row \(index + 1)") { column in
                        item[column]?.text ?? item[column]?.amount?.description
                    }
                }
            )
        }
        let table = try CSVTable(snapshot)
        return (
            Set(table.columns),
            table.rows.map { row in Row(subject: "\(snapshot.name):\(row.line)") { row[$0] } }
        )
    }
}
