package import Entities
import Text

/// What two sources say of the same offers: which are on both sides and how that is known, which on one only, what each
/// side lacks, and where they say different things.
package struct Reconciliation: Sendable {
    /// One side in numbers.
    package struct Tally: Sendable {
        /// Unlike the other side's.
        package let name: String
        package let file: String?
        package let origin: Origin?
        /// Statements, repeated ones counted.
        package let recordCount: Int
        /// Names, each once for a provider: what coverage is reckoned of.
        package let nameCount: Int
        /// Names at providers that the other side speaks of too.
        package let sharedNameCount: Int
        package let repeated: [RepeatedName]
        /// Records that could not be compared, by the reason.
        package let refusals: [(reason: Refusal.Reason, count: Int)]
        /// Names by how far their price is known.
        package let priceStates: [(state: PriceState, count: Int)]
        /// Names with a price in another currency, which is not compared.
        package let otherCurrencyCount: Int
    }

    /// A name that a side has more than once: a join by name would lose all but one.
    package struct RepeatedName: Sendable, Hashable {
        package let provider: String
        package let name: String
        package let count: Int
        /// False when the records say different things.
        package let saysTheSame: Bool
    }

    /// An offer that is on both sides.
    package struct Match: Sendable, Hashable {
        package let provider: String
        package let hereName: String
        package let thereName: String
        package let tie: NameTie
    }

    /// An offer that is on one side only.
    package struct Lone: Sendable, Hashable {
        package let provider: String
        package let name: String
        /// The registry's model that the name stands for; nil when there is none.
        package let model: String?
        /// Names of the other side that may be the same; which of them, no rule decides.
        package let candidates: [String]
        /// False when the other side does not speak of the provider at all.
        package let isProviderShared: Bool
    }

    /// Two names on different sides that look alike: for a person to accept as aliases, or not.
    package struct Resemblance: Sendable, Hashable {
        package let provider: String
        package let hereName: String
        package let thereName: String
        /// How alike they are, 0 to 1.
        package let score: Double
    }

    /// How many names of each side say something of a field.
    package struct FieldTally: Sendable, Hashable {
        package let field: ListedField
        package let hereCount: Int
        package let thereCount: Int
        /// Matches of which only the other side knows it.
        package let lackingHere: Int
        package let lackingThere: Int
    }

    package let here: Tally
    package let there: Tally
    /// Providers that both sides speak of.
    package let sharedProviderCount: Int
    package let matches: [Match]
    package let onlyHere: [Lone]
    package let onlyThere: [Lone]
    package let fields: [FieldTally]
    package let disagreements: [Disagreement]
    package let resemblances: [Resemblance]

    /// Compares two sides, with the names that a registry knows; only the providers given, where any are.
    ///
    /// O(n log n), but for the likeness of names that are left over.
    package init(
        _ here: Side, _ there: Side, knowing catalog: Catalog, onlyAt providers: Set<String> = []
    ) {
        var merge = ReconciliationMerge(here, there, knowing: catalog, onlyAt: providers)
        merge.run()
        let names = Reconciliation.names(of: here, there)
        self.here = merge.tally(of: here, \.here, name: names.here)
        self.there = merge.tally(of: there, \.there, name: names.there)
        sharedProviderCount = merge.sharedProviders.count
        matches = merge.matches
        onlyHere = merge.onlyHere
        onlyThere = merge.onlyThere
        fields = merge.fields
        disagreements = merge.disagreements
        resemblances = merge.resemblances
    }

    /// How many matches were found in a way.
    package func count(of way: NameTie.Way) -> Int { matches.count { $0.tie.way == way } }

    /// The names of two sides, told apart by their days or, failing that, by their places.
    private static func names(of here: Side, _ there: Side) -> (here: String, there: String) {
        if here.name != there.name { return (here.name, there.name) }
        if let day = here.origin?.seenOn, let other = there.origin?.seenOn, day != other {
            return ("\(here.name) \(day)", "\(there.name) \(other)")
        }
        return ("\(here.name) (first)", "\(there.name) (second)")
    }
}

/// A part of a whole as text that never divides by nothing.
package enum Share {
    /// `95 of 127 (74.80 %) of litellm`; of nothing, that there is nothing.
    package static func words(_ part: Int, of whole: Int, in name: String) -> String {
        guard let percent = percent(part, of: whole) else { return "\(name) has nothing to match" }
        return "\(part) of \(whole) (\(percent) %) of \(name)"
    }

    /// The percentage with two decimals, rounded half up; nil of nothing.
    package static func percent(_ part: Int, of whole: Int) -> String? {
        guard whole > 0 else { return nil }
        let hundredths = (part * 20_000 + whole) / (2 * whole)
        let fraction = String(hundredths % 100)
        return "\(hundredths / 100).\(fraction.count < 2 ? "0" : "")\(fraction)"
    }

    /// `1 name`, `2 names`.
    package static func counted(_ count: Int, _ noun: String) -> String {
        "\(count) \(noun)\(count == 1 ? "" : "s")"
    }

    /// A positive number with at most so many decimals, without zeros at its end: `8`, `3.2`.
    package static func number(_ value: Double, decimals: Int = 2) -> String {
        let unit = (0..<decimals).reduce(1) { power, _ in power * 10 }
        let scaled = value * Double(unit)
        guard scaled.isFinite, scaled < 1e18 else { return "beyond reckoning" }
        let rounded = Int(scaled.rounded())
        var fraction = String(rounded % unit)
        fraction = String(repeating: "0", count: decimals - fraction.count) + fraction
        while fraction.hasSuffix("0") { fraction.removeLast() }
        return String(rounded / unit) + (fraction.isEmpty ? "" : ".\(fraction)")
    }
}
