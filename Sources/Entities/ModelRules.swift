import Diagnostics
import Text

extension Review {
    /// The rules that need a model's file alone.
    mutating func check(_ model: Model) {
        check(model.status, at: "/status")
        checkDates(of: model)
        if let limits = model.limits {
            check(limits.limits, context: limits.contextTokens, at: "/limits")
            checkNativeContext(limits)
        }
        checkLicense(of: model)
        checkAbilities(of: model)
        if let reasoning = model.reasoning { check(reasoning) }
        // What follows from an architecture that is wrong would only repeat that it is.
        var isSound = true
        if let architecture = model.architecture {
            let remarkCount = remarks.count
            check(architecture)
            isSound = remarks.count == remarkCount
            checkVocabulary(of: model, architecture)
        }
        if let parameters = model.parameters {
            check(parameters, against: isSound ? model.architecture : nil)
            checkWeights(of: model, parameters)
        }
    }

    private mutating func checkDates(of model: Model) {
        guard let released = model.released else { return }
        if let announced = model.announced, announced.isCertainlyAfter(released) {
            report(.dateOrder, at: "/announced", "announced \(announced), after the release \(released)")
        }
        if let cutoff = model.knowledgeCutoff, cutoff.isCertainlyAfter(released) {
            report(
                .dateKnowledgeCutoff, at: "/knowledge_cutoff",
                "the knowledge cutoff \(cutoff) is after the release \(released)")
        }
        for (source, pointer) in [
            (model.source, "/source"), (model.limits?.source, "/limits/source"),
            (model.architecture?.source, "/architecture/source"),
        ] {
            guard let source, released.isCertainlyAfter(source.checkedOn) else { continue }
            report(
                .dateCheckedTooEarly, at: pointer + "/checked_on",
                "checked on \(source.checkedOn), before the release \(released)")
        }
    }

    /// The limits on input and output lie within the context.
    mutating func check(_ limits: TokenLimits, context: Int, at pointer: String) {
        for (limit, field) in [
            (limits.maximumInputTokens, "max_input"), (limits.maximumOutputTokens, "max_output"),
        ] {
            guard let limit, limit > context else { continue }
            report(
                .limitsAboveContext, at: pointer + "/" + field,
                "\"\(field)\" \(limit) is above the context of \(context) tokens",
                hint: "look for a digit too many here or too few in \"context\"")
        }
    }

    private mutating func checkNativeContext(_ limits: ContextLimits) {
        guard let native = limits.nativeContextTokens, native > limits.contextTokens else { return }
        report(
            .limitsNativeContext, at: "/limits/native_context",
            "\"native_context\" \(native) is above the context of \(limits.contextTokens) tokens",
            hint: "\"native_context\" is the trained length that a scaling method extends to \"context\"")
    }

    private mutating func checkLicense(of model: Model) {
        guard let license = model.license?.id else { return }
        let isListed = License.spdxIDs.contains(license)
        if !isListed, !license.hasPrefix("LicenseRef-") {
            let spdx = Spelling.nearest(to: license, in: License.spdxIDs)
            report(
                .licenseUnknown, at: "/license/id", "\"\(license)\" is not a licence that is known here",
                hint: spdx.map { "did you mean \"\($0)\"?" } ?? "write \"LicenseRef-\" and a name")
        }
        if model.hasOpenWeights, license.lowercased().contains("proprietary") {
            report(
                .licenseContradiction, at: "/license/id",
                "open weights under the proprietary licence \"\(license)\"",
                hint: "name the licence that the weights come with, or set \"open_weights\" to false")
        }
        if !model.hasOpenWeights, isListed {
            report(
                .licenseContradiction, at: "/open_weights",
                "no open weights, but the open licence \"\(license)\"",
                hint: "set \"open_weights\" to true, or name the terms of use")
        }
    }

    private mutating func checkAbilities(of model: Model) {
        let input = model.modalities.input
        if let place = model.capabilities.firstIndex(of: .vision), !input.contains(.image) {
            report(
                .capabilityVision, at: "/capabilities/\(place)",
                "\"vision\" without \"image\" among the input",
                hint: "add \"image\" to the input, or remove \"vision\"")
        }
        guard let mode = model.reasoning?.mode, !model.capabilities.isEmpty else { return }
        let place = model.capabilities.firstIndex(of: .reasoning)
        if mode == .none, let place {
            report(
                .capabilityReasoning, at: "/capabilities/\(place)",
                "\"reasoning\" is a capability, but its mode is \"none\"",
                hint: "remove one of the two")
        } else if mode != .none, place == nil {
            report(
                .capabilityReasoning, at: "/reasoning/mode",
                "the reasoning mode is \"\(mode.rawValue)\", but \"reasoning\" is not a capability",
                hint: "add \"reasoning\" to the capabilities")
        }
    }

    private mutating func check(_ reasoning: Reasoning) {
        if reasoning.mode == .none, !reasoning.controls.isEmpty {
            report(.reasoningControls, at: "/reasoning/controls", "controls for a reasoning mode of \"none\"")
        }
        if !reasoning.efforts.isEmpty, !reasoning.controls.contains(.effort) {
            report(
                .reasoningControls, at: "/reasoning/efforts", "effort levels, but no control by \"effort\"",
                hint: "add \"effort\" to the controls")
        }
        let budget = reasoning.maximumBudgetTokens ?? reasoning.minimumBudgetTokens
        if budget != nil, !reasoning.controls.contains(.budget) {
            let field = reasoning.maximumBudgetTokens == nil ? "budget_min" : "budget_max"
            report(
                .reasoningControls, at: "/reasoning/\(field)", "a budget, but no control by \"budget\"",
                hint: "add \"budget\" to the controls")
        }
        if let least = reasoning.minimumBudgetTokens, let most = reasoning.maximumBudgetTokens, least > most {
            report(
                .reasoningControls, at: "/reasoning/budget_min",
                "\"budget_min\" \(least) is above \"budget_max\" \(most)")
        }
    }

    private mutating func checkVocabulary(of model: Model, _ architecture: Architecture) {
        guard let words = model.tokenizer?.vocabularySize, words > architecture.vocabularySize else { return }
        report(
            .architectureVocabulary, at: "/architecture/vocab_size",
            "\(architecture.vocabularySize) rows of embedding for a tokenizer of \(words) words")
    }
}
