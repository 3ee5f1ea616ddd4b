import Entities
@preconcurrency import Glibc
import Pricing
import TestKit
import Text

/// An invoice for tokens at prices of the registry, the same bytes every time.
struct InvoiceFile {
    let path: String
    let lineCount: Int

    /// Writes it: each line at a price of the day, or up to two fifths dearer.
    init(of rows: [CatalogRow], lineCount: Int, seed: UInt64, in folder: String) throws(BenchmarkError) {
        self.lineCount = lineCount
        path = "\(folder)/invoice-\(lineCount)-\(seed).csv"
        let priced = rows.filter {
            $0.price.amount > .zero && $0.price.unit.name == "1m_tokens" && $0.isOrdinary
        }
        guard !priced.isEmpty else { throw BenchmarkError("the registry has no prices of tokens") }
        guard let file = fopen(path, "w") else { throw BenchmarkError("cannot write \(path)") }
        defer { fclose(file) }
        var generator = SeededGenerator(seed: seed)
        fputs("provider,workload_type,model,meter,usage_qty,usage_unit,amount_usd\n", file)
        for _ in 0..<lineCount {
            let row = priced[Int.random(in: 0..<priced.count, using: &generator)]
            let quantity = Int.random(in: 1...50_000, using: &generator)
            let percent = Int128(generator.pick(100, 110, 125, 140))
            // Hundredths of a million tokens, and of the price; the next whole cent.
            let cents = row.price.amount.trillionths * Int128(quantity) * percent / 100_000_000_000_000 + 1
            let whole = "\(quantity / 100).\(Self.twoDigits(quantity % 100))"
            let amount = "\(cents / 100).\(Self.twoDigits(Int(cents % 100)))"
            let meter = row.meter?.rawValue ?? ""
            let name = "\(row.provider),\(row.workload.rawValue),\(row.modelKey),\(meter)"
            fputs("\(name),\(whole),1m_tokens,\(amount)\n", file)
        }
    }

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
}
