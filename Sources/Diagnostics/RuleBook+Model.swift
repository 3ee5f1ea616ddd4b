extension RuleBook {
    /// What a model is called, allows and can do.
    static let modelRules: [Rule] = [
        Rule(
            .aliasShadowsID, title: "An alias that is another's id",
            why: "A name has to mean one thing: an invoice line would be priced as the wrong model.",
            bad: .model(
                """
                aliases:
                  - value: Acme/Glider
                """),
            good: .model(
                """
                aliases:
                  - value: Acme/Rocket-One
                """)),
        Rule(
            .limitsAboveContext, title: "More input or output than context",
            why:
                "The context holds input and output together, so neither can be larger: mostly a digit slipped.",
            bad: .model(
                """
                limits:
                  context: 131072
                  max_output: 163840
                """),
            good: .model(
                """
                limits:
                  context: 131072
                  max_output: 16384
                """)),
        Rule(
            .limitsNativeContext, title: "A native context above the context",
            why:
                "The native context is what a scaling method extends to the context, so it is the smaller of the two.",
            bad: .model(
                """
                limits:
                  context: 131072
                  native_context: 327680
                  extended_by: yarn
                """),
            good: .model(
                """
                limits:
                  context: 131072
                  native_context: 32768
                  extended_by: yarn
                """)),
        Rule(
            .licenseUnknown, title: "An unknown licence",
            why: "Licences are compared by SPDX identifier; a spelling of one's own is found by nobody.",
            bad: .model(
                """
                license:
                  id: apache-2
                """),
            good: .model(
                """
                license:
                  id: Apache-2.0
                """)),
        Rule(
            .licenseContradiction, title: "A licence that contradicts the weights",
            why:
                "Who looks for models to run himself trusts \"open_weights\" and the licence; they must agree.",
            bad: .model(
                """
                license:
                  id: LicenseRef-proprietary
                """),
            good: .model(
                """
                license:
                  id: LicenseRef-acme-community
                """)),
        Rule(
            .capabilityVision, title: "Vision without image input",
            why: "A model that sees takes images; one of the two lists was not kept.",
            bad: .model(
                """
                modalities:
                  input: [text]
                  output: [text]
                """),
            good: .model(
                """
                modalities:
                  input: [text, image]
                  output: [text]
                """)),
        Rule(
            .capabilityReasoning, title: "Reasoning here, none there",
            why: "The list of capabilities and the block about reasoning say the same thing and must agree.",
            bad: .model("capabilities: [tools, vision]"),
            good: .model("capabilities: [tools, vision, reasoning]")),
        Rule(
            .reasoningControls, title: "Reasoning without its control",
            why: "Effort levels and budgets only mean something where callers can set them.",
            bad: .model(
                """
                reasoning:
                  mode: optional
                  controls: [toggle]
                  efforts: [low, high]
                """),
            good: .model(
                """
                reasoning:
                  mode: optional
                  controls: [toggle, effort]
                  efforts: [low, high]
                """)),
    ]
}
