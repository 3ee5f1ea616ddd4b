import Entities
import Text

/// A unit that stands on a line and can hardly be meant: ten million of `1m_tokens` are ten trillion tokens.
struct UnitSlip: Sendable, Hashable {
    let detail: String

    /// Prices of one meter differ by ten between providers, and by a hundred in a bad case; a wrong unit makes it a
    /// thousand.
    private static let suspicious = 300.0

    /// Nil where the price that the line comes to is near enough to what the registry knows, or where it knows nothing
    /// and the price is one that tokens have had.
    init?(in line: InvoiceLine, knowing prices: EquivalentPrices) {
        guard let effective = line.effective else { return nil }
        let shown =
            effective.amount(per: line.workload.comparableUnit) == nil
            ? line.unit : line.workload.comparableUnit
        guard let billed = line.quantity.price(ofAll: line.amount, per: shown)?.amount.approximate else {
            return nil
        }
        let usual = (prices.listed ?? prices.median)?.amount(per: shown)?.approximate ?? 0
        if usual > 0 {
            let ratio = billed / usual
            guard ratio > UnitSlip.suspicious || ratio < 1 / UnitSlip.suspicious else { return nil }
            detail =
                UnitSlip.words(line, billed, shown)
                + "the registry knows \(UnitSlip.figure(usual))" + UnitSlip.remedy(line, ratio)
        } else if line.unit.dimension == .token {
            // No token has cost less than a thousandth of a dollar, or more than a thousand dollars, by the million.
            guard billed < 0.0005 || billed > 100_000 else { return nil }
            detail =
                UnitSlip.words(line, billed, shown) + "which no model costs" + UnitSlip.remedy(line, billed)
        } else {
            return nil
        }
    }

    private static func words(_ line: InvoiceLine, _ billed: Double, _ shown: BillingUnit) -> String {
        "\(line.quantityText) of \(line.unit.name) comes to \(figure(billed)) USD for "
            + "\(shown.name); "
    }

    /// The unit of the same dimension that would bring the price near.
    private static func remedy(_ line: InvoiceLine, _ ratio: Double) -> String {
        for size in [1, 60, 1_000, 3_600, 1_000_000] where size != line.unit.size {
            let other = ratio * Double(line.unit.size) / Double(size)
            if other > 1 / 20.0, other < 20 {
                return "; did you mean \(BillingUnit(line.unit.dimension, size: size).name)?"
            }
        }
        return "; look at quantity and unit"
    }

    /// Six decimals, or as many as show three digits.
    private static func figure(_ number: Double) -> String {
        var decimals = 2
        var rest = number
        while rest > 0, rest < 1, decimals < 12 { (rest, decimals) = (rest * 10, decimals + 1) }
        let scaled = (number * 1e12).rounded()
        guard scaled < 1e30, let trillionths = Int128(exactly: scaled) else { return "\(number)" }
        return Money(trillionths: trillionths).text(decimals: decimals)
    }
}
