import Entities
import Postgres
import TestKit
import Testing

@testable import Storage

/// A hand in the database is found, named and put right.
@Suite struct VerificationTests {
    private static let catalog = SyntheticCatalog(offerCount: 40).catalog

    @Test(arguments: [
        ("UPDATE offers SET tier = 'flex' WHERE provider_model_id LIKE '%-7'", ["offers: tier"]),
        ("UPDATE models SET content_hash = '\\x00' WHERE model_id LIKE '%-1'", ["models: content_hash"]),
        (
            "UPDATE price_rates SET price = price + 1 WHERE number = 1 AND model_id LIKE '%-1'",
            ["price_rates: price"]
        ),
        (
            "DELETE FROM architecture_runs WHERE number = 1 AND model_id LIKE '%-1'",
            ["architecture_runs: missing"]
        ),
        (
            "UPDATE offers SET retired_at = now(), retired_generation = 1 WHERE provider_model_id LIKE '%-7'",
            ["offers: missing", "price_periods: missing", "price_rates: missing"]
        ),
        (
            """
            INSERT INTO provider_regions (provider_id, number, region_id, content_hash)
            VALUES ('provider-0', 9, 'moon', '\\x00')
            """, ["provider_regions: surplus"]
        ),
        ("UPDATE sources SET note = 'mine'", ["sources: note"]),
        ("DELETE FROM price_rates WHERE number = 2", ["price_rates: missing"]),
        (
            """
            INSERT INTO price_rates (model_id, period_id, number, meter, price, per)
            SELECT model_id, period_id, 77, 'input_text', 0, 1 FROM price_periods
            """, ["price_rates: surplus"]
        ),
    ])
    func `a row changed by hand is found and repaired`(sql: String, found: [String]) throws {
        let rows = try CatalogRows(Self.catalog)
        try withDatabase { settings in
            _ = try Ingest(.example(1), into: settings, .quiet).run(rows)
            var connection = try Connection.open(settings)
            let before = try contents(&connection)
            #expect(try Verification.run(rows, in: settings).differences.isEmpty)
            try connection.execute(sql)
            let differences = try Verification.run(rows, in: settings).differences
            #expect(Set(differences.map(Self.words)) == Set(found))
            #expect(differences.allSatisfy { !$0.name.isEmpty })

            var options = Ingest.Options.retiring
            options.repairs = true
            let repair = Ingest(.example(1), into: settings, .quiet, options: options)
            let plan = try repair.run(rows).plan
            #expect(plan.map { $0.totals.rowsWritten + $0.totals.rowsRemoved } == differences.count)
            #expect(try Verification.run(rows, in: settings).differences.isEmpty)
            #expect(try contents(&connection) == before)
            #expect(try repair.run(rows).plan == nil)
        }
    }

    /// A verification sees nothing of what belongs to an ended entity, and a repair that puts the entity back must.
    @Test func `what an ended offer left behind ends when a repair brings the offer back without it`() throws
    {
        var synthetic = SyntheticCatalog(offerCount: 20)
        let before = synthetic.catalog
        var without = synthetic
        without.remove(mapping: 10)
        // The same offer under another name and at another price; the number ten is one that has a name.
        let returning = synthetic.mappings[10].offers[0].providerModelID
        synthetic.changeOffers { offer in
            guard offer.providerModelID == returning else { return }
            offer.aliases[0].value = "Another name"
            offer.prices[0].rates[0].price = offer.prices[0].rates[1].price
        }
        try withDatabase { settings in
            try ingest(1, before, settings)
            #expect(try ingest(2, without.catalog, settings).plan?[.offers].ended.count == 1)
            var options = Ingest.Options.retiring
            options.repairs = true
            try ingest(3, synthetic.catalog, settings, options: options)
            let rows = try CatalogRows(synthetic.catalog)
            #expect(try Verification.run(rows, in: settings).differences.isEmpty)
        }
    }

    private static func words(_ difference: Verification.Difference) -> String {
        let what =
            switch difference.kind {
            case .missing: "missing"
            case .surplus: "surplus"
            case .column(let column): column
            }
        return "\(difference.table.schema.name): \(what)"
    }
}
