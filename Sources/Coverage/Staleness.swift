package import Entities
package import Text

/// How many days may pass before a fact has to be looked at again.
package struct StalenessBudget: Sendable, Hashable {
    /// Past these it is due.
    package let dueDays: Int
    /// Past these it is overdue.
    package let overdueDays: Int

    /// The budget of a fact: of offers and rentals by the kind of their provider, since some change prices more often.
    package init(for fact: CheckedFact) {
        switch fact.topic {
        case .offer, .rental: self.init(for: fact.providerKind)
        case .provider: self.init(dueDays: 90, overdueDays: 365)
        case .model, .accelerator: self.init(dueDays: 180, overdueDays: 365)
        }
    }

    /// One limit for all: past these days a fact is overdue at once.
    package init(maximumAgeDays: Int) {
        self.init(dueDays: maximumAgeDays, overdueDays: maximumAgeDays)
    }

    private init(for kind: Provider.Kind?) {
        switch kind {
        // Its prices are the bids of the hour.
        case .marketplace: self.init(dueDays: 14, overdueDays: 45)
        // What somebody runs himself changes when he changes it.
        case .selfHosted: self.init(dueDays: 90, overdueDays: 180)
        case .lab, .cloud, .inference, .aggregator, nil: self.init(dueDays: 30, overdueDays: 90)
        }
    }

    private init(dueDays: Int, overdueDays: Int) {
        self.dueDays = dueDays
        self.overdueDays = overdueDays
    }
}

/// The facts of a registry that nobody has looked at for too long, as of a day.
package struct Staleness: Sendable {
    /// How urgent a fact is.
    package enum State: String, Sendable, CaseIterable {
        case overdue, due
    }

    /// A fact that is past its budget.
    package struct Row: Sendable, Hashable {
        package let fact: CheckedFact
        package let state: State
        package let ageDays: Int
        package let budget: StalenessBudget
    }

    package let today: CalendarDate
    /// The overdue ones first, the oldest before the younger.
    package let rows: [Row]
    package let freshCount: Int

    /// Judges every fact of a registry; with `maximumAgeDays`, all by that one limit. O(n log n).
    package init(of catalog: Catalog, today: CalendarDate, maximumAgeDays: Int? = nil) {
        let facts = catalog.checkedFacts
        rows = facts.compactMap { fact in
            let budget =
                maximumAgeDays.map(StalenessBudget.init(maximumAgeDays:)) ?? StalenessBudget(for: fact)
            let age = today.daysSinceEpoch - fact.checkedOn.daysSinceEpoch
            guard age > budget.dueDays else { return nil }
            return Row(
                fact: fact, state: age > budget.overdueDays ? .overdue : .due, ageDays: age, budget: budget)
        }.sorted(by: Staleness.isMoreUrgent)
        freshCount = facts.count - rows.count
        self.today = today
    }

    package var hasOverdue: Bool { rows.first?.state == .overdue }

    /// How many facts are of a state.
    package func count(of state: State) -> Int { rows.count { $0.state == state } }

    /// One line: `2 facts overdue, 3 due, 10 in time as of 2026-08-01`.
    package var summary: String {
        let overdue = count(of: .overdue)
        return "\(overdue) fact\(overdue == 1 ? "" : "s") overdue, \(count(of: .due)) due, "
            + "\(freshCount) in time as of \(today)"
    }

    private static func isMoreUrgent(_ left: Row, _ right: Row) -> Bool {
        if left.state != right.state { return left.state == .overdue }
        if left.ageDays != right.ageDays { return left.ageDays > right.ageDays }
        if left.fact.path != right.fact.path { return left.fact.path.precedesInByteOrder(right.fact.path) }
        return left.fact.name.precedesInByteOrder(right.fact.name)
    }
}
