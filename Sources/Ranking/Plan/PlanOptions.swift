import Entities
import Pricing
import Sizing
import Text

/// Tokens that a provider sells.
struct TokenOption: Sendable {
    let offer: PricedOffer
    /// Of a million tokens of the mix.
    let dollars: Money
    /// Tokens a second of the largest account whose limit is stated; nil where none is.
    let mostTokensPerSecond: Double?
}

/// Cards that can be had, by the hour, with what a replica on them does.
struct CardOption: Sendable {
    let provider: Provider.ID
    let offering: String
    let billing: DeploymentPlan.Billing
    let region: String?
    let accelerator: Accelerator.ID
    let dollarsPerHour: Money
    /// How many are rented together; empty where any number is.
    let countOptions: [Int]
    /// How many there are; nil where there are as many as one pays for.
    let mostCards: Int?
    let startupSeconds: Int
    let source: Source?
    let capabilities: [Capability]

    /// The time a stopped machine takes to serve where nobody says: to boot, and to read tens of gigabytes of weights.
    static let assumedStartupSeconds = 180
}

/// What there is to choose from for a model, whatever the load: offers with their prices, cards with their speed.
struct PlanOptions: Sendable {
    private(set) var tokens: [TokenOption] = []
    private(set) var cards: [CardOption] = []
    /// Why something of a provider is no choice, in the order in which it was looked at.
    private(set) var faults: [Provider.ID: [String]] = [:]

    private let catalog: Catalog
    private let question: PlanQuestion

    init(of model: Model, in catalog: Catalog, for question: PlanQuestion) {
        self.catalog = catalog
        self.question = question
        addTokens(of: model)
        addCards(for: model)
        for provider in question.providers ?? [] where faults[provider] == nil {
            let isThere = tokens.contains { $0.offer.provider == provider } || hasCards(of: provider)
            if !isThere { note(provider, "neither serves the model nor rents cards") }
        }
    }

    private func hasCards(of provider: Provider.ID) -> Bool { cards.contains { $0.provider == provider } }

    private func isWanted(_ provider: Provider.ID) -> Bool {
        question.providers?.contains(provider) ?? true
    }

    private func isWanted(region: String?) -> Bool {
        guard let region, let wanted = question.regions else { return true }
        return wanted.contains(region.lowercased())
    }

    private mutating func note(_ provider: Provider.ID, _ fault: String) {
        if faults[provider]?.contains(fault) != true { faults[provider, default: []].append(fault) }
    }

    // MARK: Tokens

    private mutating func addTokens(of model: Model) {
        for mapping in catalog.mappings(ofModel: model.id) where isWanted(mapping.provider) {
            let offers = mapping.pricedOffers(on: question.day).filter { $0.isOnSale && $0.isStandard }
            if offers.isEmpty { note(mapping.provider, "no price of its ordinary service is known that day") }
            for offer in offers {
                guard isWanted(region: offer.region) else {
                    note(mapping.provider, "serves the model in other regions only")
                    continue
                }
                add(offer, most: mapping.mostTokensPerSecond(of: offer))
            }
        }
    }

    private mutating func add(_ offer: PricedOffer, most: Double?) {
        let price = EffectivePrice(of: offer, for: question.mix)
        guard let amount = price.price.amount else {
            let meters = price.missing.map(\.rawValue).joined(separator: ", ")
            note(offer.provider, "no price is known of \(meters.isEmpty ? "batches" : meters)")
            return
        }
        guard amount > .zero || question.includesFree else {
            note(offer.provider, "\(offer.name) is free, and left out: free offers have limits")
            return
        }
        let currency = offer.period.currency
        guard let dollars = question.exchangeRates.dollars(amount, in: currency, on: question.day) else {
            note(offer.provider, "charges in \(currency), of which no rate was given")
            return
        }
        let performance = offer.performance
        if let most = question.firstTokenSeconds,
            let known = performance?.firstTokenMilliseconds?.approximate,
            known / 1_000 > most
        {
            note(offer.provider, "first token after \(Int(known)) ms")
            return
        }
        if let most = question.outputTokenSeconds,
            let known = performance?.outputTokensPerSecond?.approximate,
            known > 0, 1 / known > most
        {
            note(offer.provider, "\(Int(known)) tokens a second for a request")
            return
        }
        tokens.append(TokenOption(offer: offer, dollars: dollars, mostTokensPerSecond: most))
    }

    // MARK: Cards

    private mutating func addCards(for model: Model) {
        let renters = catalog.providers.filter { !$0.acceleratorOffers.isEmpty && isWanted($0.id) }
        guard model.hasOpenWeights, let network = model.sizedNetwork else {
            let fault =
                model.hasOpenWeights
                ? "rents cards, but how large the model is is not known"
                : "rents cards, but the weights are not open"
            for provider in renters { note(provider.id, fault) }
            return
        }
        let models = model.formats(from: question.leastBits).compactMap {
            ModelFootprint(network.architecture, as: $0)
        }
        var found: [Accelerator.ID: Found] = [:]
        let rented = renters.flatMap(\.acceleratorOffers).map(\.accelerator)
        for id in Set(rented + question.own.map(\.accelerator)) {
            found[id] = catalog.accelerator(id).map { card in
                Capability.all(of: models, isAssumed: network.isAssumed, on: ServingCard(card), question)
            }
        }
        for provider in renters {
            for offer in provider.acceleratorOffers where offer.effective.contains(question.day) {
                add(offer, of: provider.id, found[offer.accelerator])
            }
        }
        for own in question.own {
            guard let found = found[own.accelerator] else { continue }
            let owner = Provider.ID("own")
            if let fault = found.fault { note(owner, "\(own.accelerator.text): \(fault)") }
            cards.append(
                CardOption(
                    provider: owner, offering: own.accelerator.text, billing: .own, region: nil,
                    accelerator: own.accelerator,
                    dollarsPerHour: own.dollarsPerHour, countOptions: [], mostCards: own.count,
                    startupSeconds: 0, source: nil, capabilities: found.capabilities))
        }
    }

    /// What replicas on a kind of card do, or why none can be there.
    private typealias Found = (capabilities: [Capability], fault: String?)

    private mutating func add(_ offer: AcceleratorOffer, of provider: Provider.ID, _ found: Found?) {
        guard let found, question.accelerators?.contains(offer.accelerator) ?? true else { return }
        let card = offer.accelerator.text
        guard isWanted(region: offer.region) else {
            note(provider, "rents \(card) in other regions only")
            return
        }
        // What can be taken away at any moment gives no capacity that a plan may count on.
        guard offer.commitment != .spot else {
            note(provider, "rents \(card) as spot, which may be taken away")
            return
        }
        guard
            let dollars = question.exchangeRates.dollars(
                offer.pricePerAcceleratorHour, in: offer.currency, on: question.day)
        else {
            note(provider, "charges in \(offer.currency), of which no rate was given")
            return
        }
        if let fault = found.fault { note(provider, "\(card): \(fault)") }
        let fewest = found.capabilities.map(\.layout.cardCount).min() ?? 1
        if let most = offer.countOptions.max(), most < fewest {
            note(provider, "\(card): at most \(most) are rented together, and a replica takes \(fewest)")
            return
        }
        cards.append(
            CardOption(
                provider: provider, offering: "\(card):\(offer.commitment.rawValue)",
                billing: offer.commitment == .autoscale ? .autoscale : .dedicated, region: offer.region,
                accelerator: offer.accelerator, dollarsPerHour: dollars,
                countOptions: offer.countOptions.sorted(),
                mostCards: nil,
                startupSeconds: offer.startupSeconds ?? CardOption.assumedStartupSeconds,
                source: offer.source, capabilities: found.capabilities))
    }
}

extension Mapping {
    /// Tokens a second of the largest account of an offer whose limit is stated.
    fileprivate func mostTokensPerSecond(of priced: PricedOffer) -> Double? {
        let offer = offers.first { $0.providerModelID == priced.name && $0.region == priced.region }
        return offer?.rateLimits.compactMap(\.tokensPerMinute).max().map { Double($0) / 60 }
    }
}

extension Model {
    /// The formats to serve it in: as the vendor publishes it, and those of the files that the registry lists, with at
    /// least so many bits; the vendor's own may have fewer.
    fileprivate func formats(from leastBits: Double) -> [WeightFormat] {
        let native = architecture?.nativePrecision?.weights ?? .bf16
        var formats = [WeightFormat.plain(native == .unknown ? .bf16 : native)]
        for files in weights {
            guard let bits = files.precision.bitsPerWeight, bits >= leastBits,
                let format = WeightFormat(files.precision.rawValue), !formats.contains(format)
            else { continue }
            formats.append(format)
        }
        return formats
    }
}
