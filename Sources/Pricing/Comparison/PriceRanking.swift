import Entities
package import Text

/// Rows of one workload in one unit, from the best to the worst.
package struct PriceRanking: Sendable {
    /// A row with what it comes to.
    package struct Entry: Sendable {
        package let row: CatalogRow
        /// The price of the comparison unit; dearer than it says where doubt counts.
        package let comparator: Money
        /// The cost of a month's use, all replicas counted; nil where no use is given.
        package let monthly: Money?
        /// Nil where they are not counted.
        package let replicas: Int?
        package let risk: Risk
        package let score: Double
    }

    /// One attempt to find rows.
    package struct Step: Sendable, Hashable {
        /// What was given up, each with what was given up before it.
        package enum Name: String, Sendable, CaseIterable {
            case strict, unit, budget, provider
        }

        package let name: Name
        /// False where there was nothing to give up.
        package let isAttempted: Bool
        package let count: Int
    }

    package let entries: [Entry]
    package let trace: [Step]
    /// The rows that the last attempt left out, by reason.
    package let exclusions: [PriceQuestion.Exclusion: Int]
    /// The least a month would cost, where the budget left nothing.
    package let leastBudget: Money?
    /// What was asked in the end.
    package let question: PriceQuestion

    /// Ranks the rows of the question's workload; where nothing meets it all, unit, budget and providers are given up one
    /// after the other, unless the question says not to. O(n log n).
    package init(of rows: [CatalogRow], for question: PriceQuestion) {
        let isMixed = rows.contains { $0.workload != question.workload }
        let rows = isMixed ? rows.filter { $0.workload == question.workload } : rows
        var asked = question
        var selection = Selection(rows, asked)
        var trace = [Step(name: .strict, isAttempted: true, count: selection.entries.count)]
        let least = selection.leastBudget
        for name in Step.Name.allCases.dropFirst() where question.isRelaxed && selection.entries.isEmpty {
            let isAttempted = asked.giveUp(name)
            if isAttempted { selection = Selection(rows, asked) }
            trace.append(Step(name: name, isAttempted: isAttempted, count: selection.entries.count))
        }
        entries = Entry.ordered(selection.entries)
        self.trace = trace
        exclusions = selection.exclusions
        leastBudget = least
        self.question = asked
    }
}

extension PriceQuestion {
    /// Gives up one demand; false where there is none.
    fileprivate mutating func giveUp(_ demand: PriceRanking.Step.Name) -> Bool {
        switch demand {
        case .strict: return false
        case .unit:
            guard unit != nil else { return false }
            unit = nil
        case .budget:
            guard budget != nil else { return false }
            budget = nil
        case .provider:
            guard providers != nil else { return false }
            providers = nil
        }
        return true
    }

    /// What a row comes to; nil where its numbers are out of range.
    fileprivate func entry(of row: CatalogRow) -> PriceRanking.Entry? {
        guard let price = row.price.amount(per: comparisonUnit) else { return nil }
        let percent = Int128(100 + (weighsConfidence ? row.confidence.markupPercent : 0))
        guard let comparator = price.trillionths.scaled(by: percent, over: 100).map(Money.init(trillionths:))
        else {
            return nil
        }
        let usage = monthlyUsage.flatMap { $0.dimension == row.price.unit.dimension ? $0 : nil }
        var monthly = usage.flatMap { row.price.cost(of: $0) }
        let needed = usage.map {
            Double($0.trillionths) / 1e12 / 720 * max(load.peakToAverage, 1) / load.utilization
        }
        var replicas: Int?
        var risk = Risk(overload: 0.20, complexity: 0.05)
        if countsReplicas {
            if let capacity = row.unitsPerHour, let needed, needed / capacity < 1e9 {
                let count = max(1, Int((needed / capacity).rounded(.up)))
                replicas = count
                monthly = monthly?.multiplied(by: count)
                risk = Risk(provided: Double(count) * capacity, required: needed, parts: count)
            } else if row.unitsPerHour == nil {
                risk = Risk(overload: 0.35, complexity: 0.10)
            } else {
                risk = Risk(overload: 0.25, complexity: 0.05)
            }
        }
        return PriceRanking.Entry(
            row: row, comparator: comparator, monthly: monthly, replicas: replicas, risk: risk,
            score: risk.score(cost: (monthly ?? comparator).approximate, alpha: load.alpha))
    }
}

/// The rows that meet a question.
private struct Selection {
    var entries: [PriceRanking.Entry] = []
    var exclusions: [PriceQuestion.Exclusion: Int] = [:]
    var leastBudget: Money?

    init(_ rows: [CatalogRow], _ question: PriceQuestion) {
        var dear: [Money] = []
        entries.reserveCapacity(rows.count)
        for row in rows {
            var exclusion = question.exclusion(of: row)
            if exclusion == nil, let entry = question.entry(of: row) {
                let cost = entry.monthly ?? entry.comparator
                guard let budget = question.budget, cost > budget else {
                    entries.append(entry)
                    continue
                }
                dear.append(cost)
                exclusion = .overBudget
            }
            exclusions[exclusion ?? .notComparable, default: 0] += 1
        }
        if entries.isEmpty { leastBudget = dear.min() }
    }
}

extension PriceRanking.Entry {
    /// An entry's place before the sort: small, and without references to count while it is moved about.
    private struct Place {
        let score: Double
        let index: Int
    }

    /// From the best to the worst. Scores decide nearly always, so that the entries themselves move once.
    fileprivate static func ordered(_ entries: [PriceRanking.Entry]) -> [PriceRanking.Entry] {
        entries.indices.map { Place(score: entries[$0].score, index: $0) }.sorted { left, right in
            left.score != right.score
                ? left.score < right.score : precedes(entries[left.index], entries[right.index])
        }.map { entries[$0.index] }
    }

    /// By score, cost and price, then the more trusted, the newer, and by name: a total order.
    fileprivate static func precedes(_ left: PriceRanking.Entry, _ right: PriceRanking.Entry) -> Bool {
        if left.score != right.score { return left.score < right.score }
        if let a = left.monthly, let b = right.monthly, a != b { return a < b }
        if left.comparator != right.comparator { return left.comparator < right.comparator }
        let (a, b) = (left.row, right.row)
        if a.confidence.rank != b.confidence.rank { return a.confidence.rank > b.confidence.rank }
        if a.sourceDate != b.sourceDate { return a.sourceDate > b.sourceDate }
        return a.fields.lexicographicallyPrecedes(b.fields) { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}
