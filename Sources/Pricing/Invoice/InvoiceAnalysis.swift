import Entities
package import Text

/// What an invoice comes to, line by line as it is read; what it holds does not grow with the number of lines.
///
/// Every line is analysed, without a match or rejected, and the three counts and sums are those of the file.
package struct InvoiceAnalysis: Sendable {
    /// Lines and what they cost, in US dollars.
    package struct Tally: Sendable, Hashable {
        package private(set) var lines = 0
        package private(set) var amount = Money.zero

        mutating func add(_ amount: Money) {
            lines += 1
            self.amount += amount
        }
    }

    /// A line that would have cost less elsewhere.
    package struct Suggestion: Sendable {
        package let line: InvoiceLine
        package let best: Equivalent
        /// What the billed provider lists for the same.
        package let listed: UnitPrice?
        package let saving: Money
    }

    /// A line of which nothing can be said, with its reason.
    package struct Remark: Sendable {
        package let line: Int
        package let provider: String
        package let reason: String
        package let detail: String
        /// In US dollars; nil where it could not be read.
        package let amount: Money?
    }

    package private(set) var analysed = Tally()
    package private(set) var unmatched: [InvoiceGap.Reason: Tally] = [:]
    /// Amounts as far as they could be read.
    package private(set) var rejected: [InvoiceRejection.Reason: Tally] = [:]
    package private(set) var byProvider: [String: Tally] = [:]
    /// Of all suggestions, kept or not.
    package private(set) var saving = Money.zero
    package private(set) var suggestionCount = 0
    package private(set) var unmatchedLines: [Remark] = []
    package private(set) var rejectedLines: [Remark] = []
    /// The first line that is no UTF-8, and how many there are.
    package private(set) var latinLines: (first: Int, count: Int)?
    /// Lines that state no day.
    package private(set) var undatedCount = 0
    package let terms: InvoiceTerms
    private var best: SuggestionHeap

    init(_ terms: InvoiceTerms) {
        self.terms = terms
        best = SuggestionHeap(limit: terms.suggestionLimit)
    }

    /// Those with the largest savings, the largest first; then in the order of the file.
    package var suggestions: [Suggestion] { best.sorted }

    package var unmatchedTotal: Tally { InvoiceAnalysis.sum(unmatched.values) }
    package var rejectedTotal: Tally { InvoiceAnalysis.sum(rejected.values) }

    /// Every line of the file that is not blank.
    package var total: Tally { InvoiceAnalysis.sum([analysed, unmatchedTotal, rejectedTotal]) }

    private static func sum(_ tallies: some Sequence<Tally>) -> Tally {
        tallies.reduce(into: Tally()) { sum, tally in sum = sum.joined(tally) }
    }

    /// A provider of more lines than the table has room for counts under this name.
    private static let otherProviders = "(others)"

    mutating func reject(_ line: Int, _ rejection: InvoiceRejection) {
        rejected[rejection.reason, default: Tally()].add(rejection.amount ?? .zero)
        guard rejectedLines.count < terms.listLimit else { return }
        rejectedLines.append(
            Remark(
                line: line, provider: "", reason: rejection.reason.rawValue, detail: rejection.detail,
                amount: rejection.amount))
    }

    mutating func take(_ line: InvoiceLine, _ prices: EquivalentPrices) {
        if !line.isDated { undatedCount += 1 }
        let hasRoom = byProvider[line.provider] != nil || byProvider.count < 1_000
        byProvider[hasRoom ? line.provider : InvoiceAnalysis.otherProviders, default: Tally()].add(
            line.amount)
        if let slip = UnitSlip(in: line, knowing: prices) {
            return leave(line, InvoiceGap(reason: .unitSlip, detail: slip.detail))
        }
        if let gap = prices.gap { return leave(line, gap) }
        analysed.add(line.amount)
        guard let best = prices.best, let cost = best.price.cost(of: line.quantity), cost < line.amount else {
            return
        }
        let suggestion = Suggestion(line: line, best: best, listed: prices.listed, saving: line.amount - cost)
        suggestionCount += 1
        saving += suggestion.saving
        self.best.add(suggestion)
    }

    mutating func noteLatin(_ line: Int) {
        latinLines = (latinLines?.first ?? line, (latinLines?.count ?? 0) + 1)
    }

    private mutating func leave(_ line: InvoiceLine, _ gap: InvoiceGap) {
        unmatched[gap.reason, default: Tally()].add(line.amount)
        guard unmatchedLines.count < terms.listLimit else { return }
        unmatchedLines.append(
            Remark(
                line: line.line, provider: line.provider, reason: gap.reason.rawValue, detail: gap.detail,
                amount: line.amount))
    }
}

extension InvoiceAnalysis.Tally {
    fileprivate func joined(_ other: Self) -> Self {
        var sum = self
        sum.lines += other.lines
        sum.amount += other.amount
        return sum
    }
}

/// The suggestions with the largest savings, at most so many: a heap whose root is the least of them.
private struct SuggestionHeap: Sendable {
    private let limit: Int
    private var heap: [InvoiceAnalysis.Suggestion] = []

    init(limit: Int) { self.limit = limit }

    var sorted: [InvoiceAnalysis.Suggestion] { heap.sorted(by: SuggestionHeap.isBetter) }

    private static func isBetter(
        _ left: InvoiceAnalysis.Suggestion, _ right: InvoiceAnalysis.Suggestion
    ) -> Bool {
        left.saving != right.saving ? left.saving > right.saving : left.line.line < right.line.line
    }

    /// Logarithmic in the limit.
    mutating func add(_ suggestion: InvoiceAnalysis.Suggestion) {
        if heap.count < limit {
            heap.append(suggestion)
            var child = heap.count - 1
            while child > 0, SuggestionHeap.isBetter(heap[(child - 1) / 2], heap[child]) {
                heap.swapAt((child - 1) / 2, child)
                child = (child - 1) / 2
            }
        } else if let worst = heap.first, SuggestionHeap.isBetter(suggestion, worst) {
            heap[0] = suggestion
            sink()
        }
    }

    private mutating func sink() {
        var parent = 0
        while true {
            let children = [2 * parent + 1, 2 * parent + 2].filter { $0 < heap.count }
            let worst = ([parent] + children).max { SuggestionHeap.isBetter(heap[$0], heap[$1]) } ?? parent
            if worst == parent { return }
            heap.swapAt(parent, worst)
            parent = worst
        }
    }
}
