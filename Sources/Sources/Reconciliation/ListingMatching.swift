import Entities
import Text

/// How the names of two listings were found to mean the same.
package struct NameTie: Sendable, Hashable {
    /// From the surest to the least sure.
    package enum Way: String, Sendable, CaseIterable {
        /// The same name, ignoring case.
        case exact
        /// A name that one side or the registry gives as another name of the same.
        case alias
        /// Documented rules allow to read one name as the other.
        case rule
    }

    package let way: Way
    /// The rules that were applied, each once; none but for `rule`.
    package let rules: [NameRule]
    /// The registry's model that both names stand for; nil where the two names alone tell.
    package let model: String?

    package init(way: Way, rules: [NameRule] = [], model: String? = nil) {
        self.way = way
        var seen: Set<NameRule> = []
        self.rules = rules.filter { seen.insert($0).inserted }
        self.model = model
    }

    /// `exact`, `alias`, `rule date-suffix`, `rule date-suffix through openai/gpt-4o`.
    package var words: String {
        ([way.rawValue] + rules.map(\.rawValue)).joined(separator: " ")
            + (model.map { " through \(TerminalText.visible($0))" } ?? "")
    }
}

/// Which entry of one side of a provider is which of the other, one to one.
///
/// Surer ways go first. In each, a pair stands only when neither entry could as well be paired with another: what is
/// not certain stays apart, with the candidates named.
struct ListingMatching {
    struct Pair {
        let here: Int
        let there: Int
        let tie: NameTie
    }

    private(set) var pairs: [Pair] = []
    /// What an entry that is left over could have been, by its place.
    private(set) var hereCandidates: [Int: Set<Int>] = [:]
    private(set) var thereCandidates: [Int: Set<Int>] = [:]

    private typealias Candidate = (here: Int, there: Int, rules: [NameRule], model: String?)
    private var hereTaken: Set<Int> = []
    private var thereTaken: Set<Int> = []

    /// Pairs the entries of one provider. A few look-ups for each entry and rule.
    init(_ here: [Entry], _ there: [Entry], knowing models: ModelNames) {
        let places = Dictionary(uniqueKeysWithValues: there.indices.map { (there[$0].key, $0) })
        settle(
            .exact, here.indices.compactMap { place in places[here[place].key].map { (place, $0, [], nil) } })
        settle(.alias, ListingMatching.aliases(here, there, models))
        settle(.rule, ListingMatching.rules(here, there))
        settle(.rule, ListingMatching.rulesThroughRegistry(here, there, models))
        pairs.sort { $0.here < $1.here }
    }

    private mutating func settle(_ way: NameTie.Way, _ candidates: [Candidate]) {
        var thereOf: [Int: Set<Int>] = [:]
        var hereOf: [Int: Set<Int>] = [:]
        for candidate in candidates {
            thereOf[candidate.here, default: []].insert(candidate.there)
            hereOf[candidate.there, default: []].insert(candidate.here)
        }
        // What was free before this round competes; what an earlier round gave away still makes it uncertain.
        let (takenHere, takenThere) = (hereTaken, thereTaken)
        for (here, there, rules, model) in candidates where !hereTaken.contains(here) {
            let isOnly = thereOf[here]?.count == 1 && hereOf[there]?.count == 1
            if isOnly, !thereTaken.contains(there) {
                pairs.append(
                    Pair(here: here, there: there, tie: NameTie(way: way, rules: rules, model: model)))
                hereTaken.insert(here)
                thereTaken.insert(there)
            }
        }
        for (here, there, _, _) in candidates {
            if !hereTaken.contains(here), !takenHere.contains(here) {
                hereCandidates[here, default: []].insert(there)
            }
            if !thereTaken.contains(there), !takenThere.contains(there) {
                thereCandidates[there, default: []].insert(here)
            }
        }
    }

    /// Entries that share a name which at least one of them gives as its other name, or a model of the registry.
    private static func aliases(_ here: [Entry], _ there: [Entry], _ models: ModelNames) -> [Candidate] {
        var owners: [String: [Int]] = [:]
        for (place, entry) in there.enumerated() {
            for name in names(of: entry, models) { owners[name, default: []].append(place) }
        }
        return here.indices.flatMap { place in
            Set(names(of: here[place], models).flatMap { owners[$0] ?? [] }).sorted().map {
                (place, $0, [], nil)
            }
        }
    }

    /// The names of an entry and, behind a blank that no name has, the model that one of them belongs to.
    private static func names(of entry: Entry, _ models: ModelNames) -> Set<String> {
        let names = [entry.key] + entry.otherNames.map { $0.lowercased() }
        let owners = [entry.model].compactMap { $0 } + names.compactMap { models.owner(of: $0) }
        return Set(names + owners.map { "model \($0)" })
    }

    /// Entries of which one's name becomes the other's by the rules.
    private static func rules(_ here: [Entry], _ there: [Entry]) -> [Candidate] {
        candidates(here, there).map { ($0.place, $0.other, $0.rules, nil) }
            + candidates(there, here).map { ($0.other, $0.place, $0.rules, nil) }
    }

    private static func candidates(
        _ entries: [Entry], _ others: [Entry]
    ) -> [(place: Int, other: Int, rules: [NameRule])] {
        var names = ModelNames()
        for other in others { names.add(other.key, names: []) }
        let places = Dictionary(uniqueKeysWithValues: others.indices.map { (others[$0].key, $0) })
        return entries.indices.compactMap { place in
            guard let match = names.match(entries[place].name), match.rules != [.exact],
                let other = places[match.model]
            else { return nil }
            return (place, other, match.rules)
        }
    }

    /// Entries that stand for one model of the registry, where the name of at least one of them is the model's but for
    /// its spelling: two names with different days or ways of serving behind them are different offers.
    private static func rulesThroughRegistry(
        _ here: [Entry], _ there: [Entry], _ models: ModelNames
    ) -> [Candidate] {
        let others = there.map { meaning(of: $0, models) }
        var places: [String: [Int]] = [:]
        for (place, meaning) in others.enumerated() {
            if let meaning { places[meaning.model, default: []].append(place) }
        }
        return here.indices.flatMap { place -> [Candidate] in
            guard let own = meaning(of: here[place], models) else { return [] }
            return (places[own.model] ?? []).compactMap { other in
                guard let rules = others[other]?.rules, own.rules.isSpelling || rules.isSpelling else {
                    return nil
                }
                return (place, other, own.rules + rules, own.model)
            }
        }
    }

    private static func meaning(
        of entry: Entry, _ models: ModelNames
    ) -> (model: String, rules: [NameRule])? {
        if let model = entry.model { return (model, []) }
        return models.match([entry.name] + entry.otherNames).map {
            ($0.model, $0.rules == [.exact] ? [] : $0.rules)
        }
    }
}

extension [NameRule] {
    /// True when the rules change nothing but how a name is written.
    fileprivate var isSpelling: Bool { allSatisfy { $0 == .vendorLeftOut || $0 == .dotsAsDashes } }
}
