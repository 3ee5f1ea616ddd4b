import Diagnostics
import Text

extension Catalog {
    /// A mapping beside its model and its provider.
    func review(_ mapping: Mapping) -> Review {
        var review = Review(path: mapping.path)
        // By place, not by value: a model is large to copy.
        let provider = providerIndex(mapping.provider)
        let model = modelIndex(mapping.model)
        for (index, offer) in mapping.offers.enumerated() {
            let pointer = "/offers/\(index)"
            if let provider { review.checkRegions(of: offer, at: providers[provider], pointer) }
            if let model { review.check(offer, against: models[model], at: pointer) }
        }
        return review
    }
}

extension Review {
    fileprivate mutating func checkRegions(of offer: Offer, at provider: Provider, _ pointer: String) {
        if let region = offer.region { check(region, of: provider, at: pointer + "/region") }
        for (index, period) in offer.prices.enumerated() {
            for (variant, terms) in period.variants.enumerated() {
                guard let region = terms.region else { continue }
                check(region, of: provider, at: "\(pointer)/prices/\(index)/variants/\(variant)/region")
            }
        }
    }

    fileprivate mutating func check(_ offer: Offer, against model: Model, at pointer: String) {
        if let released = model.released, released.isCertainlyAfter(offer.verifiedOn) {
            report(
                .dateCheckedTooEarly, at: pointer + "/verified_on",
                "verified on \(offer.verifiedOn), before the model's release \(released)")
        }
        checkLimits(of: offer, against: model, at: pointer)
        checkModalities(of: offer, against: model.modalities, at: pointer + "/modalities")
        checkCapabilities(of: offer, against: model.capabilities, at: pointer + "/capabilities")
    }

    private mutating func checkLimits(of offer: Offer, against model: Model, at pointer: String) {
        guard let known = model.limits else { return }
        let limits = offer.limits
        if !offer.extendsContext {
            // Who runs open weights sets the limit on the output as he likes; the vendor's is its interface's.
            let output = model.hasOpenWeights ? nil : known.maximumOutputTokens
            for (limit, known, field) in [
                (limits.contextTokens, known.contextTokens, "context"),
                (limits.maximumInputTokens, known.maximumInputTokens, "max_input"),
                (limits.maximumOutputTokens, output, "max_output"),
            ] {
                guard let limit, let known, limit > known else { continue }
                report(
                    .offerAboveModel, at: "\(pointer)/limits/\(field)",
                    "\"\(field)\" \(limit) is above the model's \(known)",
                    hint: "mend the lower one, or say \"extends_context: true\"")
            }
        }
        guard limits.contextTokens == nil else { return }
        if !offer.extendsContext { check(limits, context: known.contextTokens, at: pointer + "/limits") }
        for (index, period) in offer.prices.enumerated() {
            for (tier, terms) in period.tiers.enumerated() {
                checkReach(
                    of: terms, context: known.contextTokens,
                    at: "\(pointer)/prices/\(index)/tiers/\(tier)/from_tokens")
            }
        }
    }

    private mutating func checkModalities(of offer: Offer, against model: Modalities, at pointer: String) {
        guard let change = offer.modalityChange else { return }
        for (side, known, added, removed) in [
            ("input", model.input, change.added?.input, change.removed?.input),
            ("output", model.output, change.added?.output, change.removed?.output),
        ] {
            checkOverride(
                known, adding: added ?? [], "\(pointer)/add/\(side)", removing: removed ?? [],
                "\(pointer)/remove/\(side)")
        }
    }

    private mutating func checkCapabilities(of offer: Offer, against model: [Capability], at pointer: String)
    {
        guard let change = offer.capabilityChange else { return }
        checkOverride(
            model, adding: change.added, "\(pointer)/add", removing: change.removed, "\(pointer)/remove")
    }

    /// An override adds what is not there and removes what is.
    private mutating func checkOverride<Word: RawRepresentable<String> & Equatable>(
        _ known: [Word], adding added: [Word], _ addPointer: String, removing removed: [Word],
        _ removePointer: String
    ) {
        for (index, word) in added.enumerated() where known.contains(word) {
            report(
                .offerOverride, at: "\(addPointer)/\(index)",
                "\"\(word.rawValue)\" is added, but the model has it",
                hint: "remove it here: what the model has, its offers have")
        }
        for (index, word) in removed.enumerated() where !known.contains(word) {
            report(
                .offerOverride, at: "\(removePointer)/\(index)",
                "\"\(word.rawValue)\" is removed, but the model does not have it",
                hint: "remove it here, or add it to the model")
        }
    }
}
