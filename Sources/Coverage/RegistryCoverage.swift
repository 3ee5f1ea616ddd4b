package import Entities
package import Text

/// What a registry holds, what it lacks, and how well its facts are backed, as of a day.
package struct RegistryCoverage: Sendable {
    /// How many things there are of one sort.
    package struct Count: Sendable, Hashable {
        /// For programs: `offers_with_price`.
        package let key: String
        package let value: Int

        /// For people: `offers with price`.
        package var words: String { key.replacing("_", with: " ") }
    }

    /// Things that lack something, by name.
    package struct Gap: Sendable, Hashable {
        /// For programs: `models_without_offers`.
        package let key: String
        package let names: [String]

        /// For people: `models without offers`.
        package var words: String { key.replacing("_", with: " ") }
    }

    package let today: CalendarDate
    package let counts: [Count]
    package let gaps: [Gap]
    /// Facts that name their source, by its kind.
    package let sourceKinds: [Count]
    /// The same by where the source is: a host, with the repository where the host has many.
    package let places: [Count]
    /// Parameter counts by how they are known.
    package let provenances: [Count]
    /// What can turn out not to hold any more, by the days since it was checked.
    package let ages: [Count]

    /// Counts a registry. O(n log n).
    package init(of catalog: Catalog, today: CalendarDate) {
        self.today = today
        counts = catalog.holdings
        gaps = catalog.gaps
        let sources = catalog.sources
        let kinds = sources.map(\.kind)
        sourceKinds = Source.Kind.allCases.map { kind in
            Count(key: kind.rawValue, value: kinds.count { $0 == kind })
        }
        let provenances = catalog.models.compactMap(\.parameters).flatMap(\.counts).map(\.provenance)
        self.provenances = StatedCount.Provenance.allCases.map { provenance in
            Count(key: provenance.rawValue, value: provenances.count { $0 == provenance })
        }
        places = RegistryCoverage.byPlace(sources)
        ages = RegistryCoverage.byAge(catalog.checkedFacts, today: today)
    }

    /// The most frequent place first.
    private static func byPlace(_ sources: [Source]) -> [Count] {
        var counts: [String: Int] = [:]
        for source in sources { counts[place(of: source.url), default: 0] += 1 }
        return counts.map { Count(key: $0.key, value: $0.value) }.sorted {
            $0.value != $1.value ? $0.value > $1.value : $0.key.precedesInByteOrder($1.key)
        }
    }

    /// `openrouter.ai`, `github.com/BerriAI/litellm`; of a source without an address, `none`.
    static func place(of url: String?) -> String {
        guard let url, let scheme = url.firstRange(of: "://") else { return "none" }
        let parts = url[scheme.upperBound...].split(separator: "/", omittingEmptySubsequences: false)
        guard let host = parts.first?.prefix(while: { $0 != "?" && $0 != "#" }).lowercased(), !host.isEmpty
        else { return "none" }
        let isShared = host == "github.com" || host == "raw.githubusercontent.com"
        return isShared
            ? ([host] + parts.dropFirst().prefix(2).map(String.init)).joined(separator: "/") : host
    }

    private static func byAge(_ facts: [CheckedFact], today: CalendarDate) -> [Count] {
        let ages = facts.map { today.daysSinceEpoch - $0.checkedOn.daysSinceEpoch }
        let bounds: [(key: String, range: ClosedRange<Int>)] = [
            ("days_0_to_30", 0...30), ("days_31_to_90", 31...90), ("days_91_to_180", 91...180),
            ("days_181_to_365", 181...365), ("days_over_365", 366...Int.max),
            ("later_than_today", Int.min...(-1)),
        ]
        return bounds.map { bound in Count(key: bound.key, value: ages.count { bound.range.contains($0) }) }
    }
}

extension Parameters {
    fileprivate var counts: [StatedCount] {
        [total, active, embedding, vision, multiTokenPrediction].compactMap { $0 }
    }
}

extension Catalog {
    fileprivate var holdings: [RegistryCoverage.Count] {
        let offers = mappings.flatMap(\.offers)
        let withArchitecture = models.filter { $0.architecture != nil }
        let counts: [(String, Int)] = [
            ("models", models.count),
            ("open_models", models.count { $0.hasOpenWeights }),
            ("models_with_architecture", withArchitecture.count),
            ("models_with_exact_architecture", withArchitecture.count { $0.isCountedExactly }),
            ("models_with_offers", models.count { !mappings(ofModel: $0.id).isEmpty }),
            ("providers", providers.count),
            ("providers_with_mappings", providers.count { !mappings(atProvider: $0.id).isEmpty }),
            ("providers_with_rental_prices", providers.count { !$0.acceleratorOffers.isEmpty }),
            ("mappings", mappings.count),
            ("offers", offers.count),
            ("offers_with_price", offers.count { !$0.prices.isEmpty }),
            ("price_periods", offers.reduce(0) { $0 + $1.prices.count }),
            ("accelerators", accelerators.count),
            ("accelerators_with_dense_rates", accelerators.count { $0.hasDenseRates }),
            ("rental_prices", providers.reduce(0) { $0 + $1.acceleratorOffers.count }),
        ]
        return counts.map { RegistryCoverage.Count(key: $0.0, value: $0.1) }
    }

    fileprivate var gaps: [RegistryCoverage.Gap] {
        let unpriced = mappings.flatMap { mapping in
            mapping.offers.filter(\.prices.isEmpty).map { "\(mapping.path) \($0.providerModelID)" }
        }
        let gaps: [(String, [String])] = [
            ("models_without_offers", models.map(\.id).filter { mappings(ofModel: $0).isEmpty }.map(\.text)),
            (
                "providers_without_mappings",
                providers.map(\.id).filter { mappings(atProvider: $0).isEmpty }.map(\.text)
            ),
            ("offers_without_price", unpriced),
            (
                "open_models_without_architecture",
                models.filter { $0.hasOpenWeights && $0.architecture == nil }.map(\.id.text)
            ),
            (
                "accelerators_without_dense_rates",
                accelerators.filter { !$0.hasDenseRates }.map(\.id.text)
            ),
        ]
        return gaps.map { RegistryCoverage.Gap(key: $0.0, names: $0.1) }
    }

    /// Every source that a fact names. Linear in the registry.
    fileprivate var sources: [Source] {
        models.flatMap(\.sources) + providers.flatMap(\.sources)
            + mappings.flatMap(\.offers).flatMap(\.sources) + accelerators.flatMap(\.sources)
    }
}

extension Model {
    /// True where the count belongs to the architecture to the last parameter.
    fileprivate var isCountedExactly: Bool {
        switch parameters?.total.provenance {
        case .configExact, .safetensors: true
        case .estimated, .stated, .manualOverride, nil: false
        }
    }

    fileprivate var sources: [Source] {
        [source, limits?.source, architecture?.source].compactMap { $0 } + weights.compactMap(\.source)
            + benchmarks.map(\.source)
    }
}

extension Provider {
    fileprivate var sources: [Source] {
        [source, dataPolicy?.source].compactMap { $0 } + acceleratorOffers.map(\.source)
    }
}

extension Offer {
    fileprivate var sources: [Source] {
        prices.map(\.source) + rateLimits.map(\.source) + [performance?.source].compactMap { $0 }
    }
}

extension Accelerator {
    fileprivate var hasDenseRates: Bool { PeakRates.Format.allCases.contains { rates[$0] != nil } }

    fileprivate var sources: [Source] {
        [source] + PeakRates.Format.allCases.compactMap { rates[$0]?.source }
    }
}
