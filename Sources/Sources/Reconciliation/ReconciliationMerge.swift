import Entities
import Text

/// The work behind a `Reconciliation`: provider by provider, in byte order.
struct ReconciliationMerge {
    struct Entries {
        var here: [Entry]
        var there: [Entry]
    }

    let sharedProviders: Set<String>
    private let entries: Entries
    private let models: ModelNames

    private(set) var matches: [Reconciliation.Match] = []
    private(set) var onlyHere: [Reconciliation.Lone] = []
    private(set) var onlyThere: [Reconciliation.Lone] = []
    private(set) var disagreements: [Disagreement] = []
    private(set) var resemblances: [Reconciliation.Resemblance] = []
    private var lackingHere: [ListedField: Int] = [:]
    private var lackingThere: [ListedField: Int] = [:]

    init(_ here: Side, _ there: Side, knowing catalog: Catalog, onlyAt providers: Set<String>) {
        func entries(_ side: Side) -> [Entry] {
            let all = Entry.entries(of: side, knowing: catalog)
            let wanted = Set(providers.map { catalog.provider(named: $0)?.id.text ?? $0.lowercased() })
            return wanted.isEmpty ? all : all.filter { wanted.contains($0.provider) }
        }
        self.entries = Entries(here: entries(here), there: entries(there))
        sharedProviders = Set(self.entries.here.map(\.provider))
            .intersection(self.entries.there.map(\.provider))
        models = ModelNames(catalog)
    }

    mutating func run() {
        let here = Dictionary(grouping: entries.here, by: \.provider)
        let there = Dictionary(grouping: entries.there, by: \.provider)
        for provider in Set(here.keys).union(there.keys).sorted(by: { $0.precedesInByteOrder($1) }) {
            compare(here[provider] ?? [], there[provider] ?? [], at: provider)
        }
    }

    private mutating func compare(_ here: [Entry], _ there: [Entry], at provider: String) {
        let matching = ListingMatching(here, there, knowing: models)
        for pair in matching.pairs {
            matches.append(
                Reconciliation.Match(
                    provider: provider, hereName: here[pair.here].name, thereName: there[pair.there].name,
                    tie: pair.tie))
            compare(here[pair.here], there[pair.there], pair.tie)
        }
        let paired = (Set(matching.pairs.map(\.here)), Set(matching.pairs.map(\.there)))
        let left = here.indices.filter { !paired.0.contains($0) }
        let right = there.indices.filter { !paired.1.contains($0) }
        for place in left {
            let candidates = (matching.hereCandidates[place] ?? []).sorted().map { there[$0].name }
            onlyHere.append(lone(here[place], candidates))
        }
        for place in right {
            let candidates = (matching.thereCandidates[place] ?? []).sorted().map { here[$0].name }
            onlyThere.append(lone(there[place], candidates))
        }
        resemble(
            left.filter { matching.hereCandidates[$0] == nil }.map { here[$0] }, right.map { there[$0] },
            at: provider)
    }

    /// Every statement under the one name with every one under the other, each difference once.
    private mutating func compare(_ here: Entry, _ there: Entry, _ tie: NameTie) {
        var seen: Set<Disagreement> = []
        for own in here.statements {
            for other in there.statements {
                let comparison = StatementComparison(
                    provider: here.provider, tie: tie, here: own, there: other)
                disagreements += comparison.disagreements.filter { seen.insert($0).inserted }
            }
        }
        for field in ListedField.allCases {
            let (isHere, isThere) = (field.isKnown(in: here), field.isKnown(in: there))
            if isThere, !isHere { lackingHere[field, default: 0] += 1 }
            if isHere, !isThere { lackingThere[field, default: 0] += 1 }
        }
    }

    private func lone(_ entry: Entry, _ candidates: [String]) -> Reconciliation.Lone {
        Reconciliation.Lone(
            provider: entry.provider, name: entry.name,
            model: entry.model ?? models.match([entry.name] + entry.otherNames)?.model,
            candidates: candidates, isProviderShared: sharedProviders.contains(entry.provider))
    }

    private mutating func resemble(_ here: [Entry], _ there: [Entry], at provider: String) {
        guard !here.isEmpty, !there.isEmpty else { return }
        var names = ModelNames()
        for entry in there { names.add(entry.key, names: []) }
        let spellings = Dictionary(uniqueKeysWithValues: there.map { ($0.key, $0.name) })
        for entry in here {
            guard let best = names.proposals(for: entry.name).first else { continue }
            resemblances.append(
                Reconciliation.Resemblance(
                    provider: provider, hereName: entry.name, thereName: spellings[best.model] ?? best.model,
                    score: best.score))
        }
    }

    var fields: [Reconciliation.FieldTally] {
        ListedField.allCases.map { field in
            Reconciliation.FieldTally(
                field: field, hereCount: entries.here.count { field.isKnown(in: $0) },
                thereCount: entries.there.count { field.isKnown(in: $0) },
                lackingHere: lackingHere[field] ?? 0, lackingThere: lackingThere[field] ?? 0)
        }
    }

    func tally(
        of side: Side, _ path: KeyPath<Entries, [Entry]>, name: String
    ) -> Reconciliation.Tally {
        let entries = self.entries[keyPath: path]
        let reasons = Dictionary(grouping: side.refusals, by: \.reason)
        return Reconciliation.Tally(
            name: name, file: side.file, origin: side.origin,
            recordCount: entries.reduce(0) { $0 + $1.statements.count }, nameCount: entries.count,
            sharedNameCount: entries.count { sharedProviders.contains($0.provider) },
            repeated: entries.filter { $0.statements.count > 1 }.map(\.repetition),
            refusals: reasons.map { (reason: $0.key, count: $0.value.count) }
                .sorted { $0.reason < $1.reason },
            priceStates: PriceState.allCases.map { state in
                (state: state, count: entries.count { $0.priceState == state })
            },
            otherCurrencyCount: entries.count { $0.statements.contains { $0.isPricedOtherwise } })
    }
}

extension ListedField {
    fileprivate func isKnown(in entry: Entry) -> Bool {
        entry.statements.contains { isKnown(in: $0.listing) }
    }
}

extension Entry {
    fileprivate var priceState: PriceState {
        let states = statements.map(\.listing.priceState)
        return PriceState.allCases.first { states.contains($0) } ?? .unknown
    }

    fileprivate var repetition: Reconciliation.RepeatedName {
        let first = statements[0]
        let tie = NameTie(way: .exact)
        let saysTheSame = statements.dropFirst().allSatisfy { other in
            first.listing.isAsKnown(as: other.listing)
                && StatementComparison(provider: provider, tie: tie, here: first, there: other)
                    .disagreements.isEmpty
        }
        return Reconciliation.RepeatedName(
            provider: provider, name: name, count: statements.count, saysTheSame: saysTheSame)
    }
}

extension Listing {
    fileprivate func isAsKnown(as other: Listing) -> Bool {
        ListedField.allCases.allSatisfy { $0.isKnown(in: self) == $0.isKnown(in: other) }
    }
}
