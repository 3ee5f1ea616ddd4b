package import Entities
package import Text

import func Glibc.sqrt

/// Providers of one model from the best to the worst: a pure function of probes and prices.
package struct ProviderRanking: Sendable {
    /// One of the four things that count.
    package enum Factor: Int, Sendable, CaseIterable {
        case uptime, firstToken, price, rest
    }

    /// A provider with how it comes to its place.
    package struct Entry: Sendable {
        package let measurement: Measurement
        /// Of a million tokens of the mix, in US dollars.
        package let price: Price
        /// From 0 to 1 each, in the order of the factors.
        package let parts: [Double]
        /// Millionths of a point; they sum to the score.
        package let contributions: [Int]
        /// Factors of which too little is known, which have the fleet's lower quarter instead.
        package let assumed: Set<Factor>
        /// How far the score may be off, for the number of health probes: 95 times in a hundred less.
        package let margin: Double
        /// 1 for the best; nil without any health probe.
        package fileprivate(set) var rank: Int?

        package var provider: Provider.ID { measurement.provider }
        package var millionths: Int { contributions.reduce(0, +) }
        /// The score as it is shown and compared, in tenths of a point.
        package var tenths: Int { (millionths + 50_000) / 100_000 }
        /// Too little is known to place it among the others.
        package var isProvisional: Bool { !assumed.isEmpty }
        package var isUnpriced: Bool { price == .unknown }
    }

    package let entries: [Entry]
    /// The median of the prices above nothing, of two the lower; nil where none is known.
    package let referencePrice: Money?
    /// The mean uptime of all providers.
    package let fleetUptime: Double
    package let formula: RankingFormula

    /// Ranks what was measured of each provider, with its price; providers without a price are `unknown`. O(n log n).
    package init(
        _ measured: [(measurement: Measurement, price: Price)], formula: RankingFormula = RankingFormula()
    ) {
        let amounts = measured.compactMap { $0.price.amount }.filter { $0 > .zero }
        referencePrice = Measurement.lowerMedian(amounts)
        let count = measured.reduce(0) { $0 + $1.measurement.healthCount }
        let halves = measured.reduce(0) { $0 + $1.measurement.healthHalves }
        fleetUptime = count > 0 ? Double(halves) / 2 / Double(count) : 0
        self.formula = formula
        let scale = FactorScale(formula, measured, fleetUptime, referencePrice)
        let known = measured.map { scale.parts(of: $0.measurement, $0.price) }
        let lowerQuarters = Factor.allCases.map { factor in
            ProviderRanking.lowerQuarter(known.compactMap { $0[factor.rawValue] })
        }
        let entries = zip(measured, known).map { item, parts in
            Entry(item.measurement, item.price, parts, lowerQuarters, scale)
        }
        self.entries = ProviderRanking.placed(entries)
    }

    /// The value a quarter of the way up; 0 of nothing.
    private static func lowerQuarter(_ values: [Double]) -> Double {
        values.isEmpty ? 0 : values.sorted()[(values.count - 1) / 4]
    }

    /// In order, with ranks; equal scores share one. The ranked come first, then the provisional, then those without any
    /// health probe.
    private static func placed(_ entries: [Entry]) -> [Entry] {
        var sorted = entries.sorted(by: Entry.precedes)
        for index in sorted.indices where sorted[index].measurement.healthCount > 0 {
            let isTied =
                index > 0 && sorted[index - 1].tenths == sorted[index].tenths
                && sorted[index - 1].isProvisional == sorted[index].isProvisional
            sorted[index].rank = isTied ? sorted[index - 1].rank : index + 1
        }
        return sorted
    }
}

extension ProviderRanking.Entry {
    fileprivate init(
        _ measurement: Measurement, _ price: Price, _ known: [Double?], _ lowerQuarters: [Double],
        _ scale: FactorScale
    ) {
        self.measurement = measurement
        self.price = price
        parts = zip(known, lowerQuarters).map { $0 ?? $1 }
        assumed = Set(ProviderRanking.Factor.allCases.filter { known[$0.rawValue] == nil })
        contributions = zip(parts, RankingFormula.points).map { Int(($0 * $1 * 1e6).rounded()) }
        margin = scale.margin(of: measurement)
        rank = nil
    }

    /// Ranked before provisional before unranked, by score, then by the factors and the name.
    fileprivate static func precedes(_ left: ProviderRanking.Entry, _ right: ProviderRanking.Entry) -> Bool {
        if left.group != right.group { return left.group < right.group }
        if left.tenths != right.tenths { return left.tenths > right.tenths }
        for (a, b) in zip(left.contributions, right.contributions) where a != b { return a > b }
        return left.provider < right.provider
    }

    private var group: Int { measurement.healthCount == 0 ? 2 : isProvisional ? 1 : 0 }
}

/// How measurements become parts.
private struct FactorScale {
    let formula: RankingFormula
    let fleetUptime: Double
    let reference: Double?
    /// The best uptime, first token, price and rest, where parts are ratios to them.
    var best: [Double] = []

    init(
        _ formula: RankingFormula, _ measured: [(measurement: Measurement, price: Price)],
        _ fleetUptime: Double,
        _ referencePrice: Money?
    ) {
        self.formula = formula
        self.fleetUptime = fleetUptime
        reference = referencePrice?.approximate
        best = [
            measured.compactMap { uptime(of: $0.measurement) }.max() ?? 1,
            measured.compactMap { firstToken(of: $0.measurement) }.min() ?? 1,
            measured.compactMap { $0.price.amount?.approximate }.filter { $0 > 0 }.min() ?? 1,
            measured.compactMap { rest(of: $0.measurement) }.min() ?? 1,
        ]
    }

    /// The part of each factor; nil where too little is known. A price that is not known is worth nothing.
    func parts(of measurement: Measurement, _ price: Price) -> [Double?] {
        let (uptime, first) = (uptime(of: measurement), firstToken(of: measurement))
        let (price, rest) = (price.amount?.approximate, rest(of: measurement))
        switch formula.scale {
        case .anchors:
            return [
                uptime.map(formula.uptimePart), first.map(formula.firstTokenPart),
                price.map { price in
                    price <= 0 ? 1 : reference.map { formula.pricePart(price, reference: $0) } ?? 0
                } ?? 0,
                rest.map(formula.restPart),
            ]
        case .ratio:
            return [
                uptime.map { best[0] > 0 ? $0 / best[0] : 1 }, first.map { best[1] / $0 },
                price.map { $0 > 0 ? best[2] / $0 : 1 } ?? 0, rest.map { $0 > 0 ? best[3] / $0 : 1 },
            ]
        }
    }

    /// The uptime, drawn towards the fleet's as far as its probes are few.
    private func uptime(of measurement: Measurement) -> Double? {
        measurement.hasEnoughHealth ? shrunk(measurement) : nil
    }

    private func shrunk(_ measurement: Measurement) -> Double {
        let successes = Double(measurement.healthHalves) / 2
        return (successes + RankingFormula.priorCount * fleetUptime)
            / (Double(measurement.healthCount) + RankingFormula.priorCount)
    }

    /// Milliseconds.
    private func firstToken(of measurement: Measurement) -> Double? {
        measurement.hasEnoughLatency ? measurement.firstTokenMicroseconds.map { Double($0) / 1_000 } : nil
    }

    /// Milliseconds.
    private func rest(of measurement: Measurement) -> Double? {
        guard measurement.hasEnoughLatency else { return nil }
        switch formula.rest {
        case .perToken: return measurement.millisecondsPerToken
        case .raw: return measurement.totalMicroseconds.map { Double($0) / 1_000 }
        }
    }

    /// Points: what the spread of a share in so many probes does to the part of uptime, the larger way.
    func margin(of measurement: Measurement) -> Double {
        guard measurement.healthCount > 0 else { return RankingFormula.points[0] }
        let uptime = shrunk(measurement)
        let spread = 1.96 * sqrt(max(0, uptime * (1 - uptime)) / Double(measurement.healthCount))
        let middle = formula.uptimePart(uptime)
        let low = formula.uptimePart(max(0, uptime - spread))
        let high = formula.uptimePart(min(1, uptime + spread))
        return RankingFormula.points[0] * max(middle - low, high - middle)
    }
}
