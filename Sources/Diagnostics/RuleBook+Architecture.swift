extension RuleBook {
    /// The network and what follows from it.
    static let architectureRules: [Rule] = [
        Rule(
            .architectureLayers, title: "Layers that do not add up",
            why: "Parameters and memory are counted over the pattern; a layer more or less shifts them all.",
            bad: architecture(layers: 9), good: architecture()),
        Rule(
            .architectureLayerKind, title: "An unknown layer kind",
            why: "The pattern names kinds of layer by their name; one that is not there cannot be counted.",
            bad: architecture(pattern: "[dense, dens]"), good: architecture(pattern: "[dense, dense]")),
        Rule(
            .architectureUnusedKind, title: "A layer kind that no layer is of",
            why: "Mostly the pattern is wrong; else it is clutter that readers try to understand.",
            bad: architecture(
                kinds: """
                    idle:
                      mixer:
                        kind: none
                      ffn:
                        kind: gated
                        intermediate_size: 4096
                      norm_count: 1
                    """),
            good: architecture()),
        Rule(
            .architectureHeads, title: "Heads that cannot be grouped",
            why: "Every key and value head serves the same number of query heads.",
            bad: architecture(keyValueHeads: 3), good: architecture(keyValueHeads: 2)),
        Rule(
            .architectureExperts, title: "More active experts than experts",
            why: "A token cannot use more experts than there are; mostly the two numbers were swapped.",
            bad: architecture(type: "moe", activeExperts: 16),
            good: architecture(type: "moe", activeExperts: 2)),
        Rule(
            .architectureType, title: "A type that the layers contradict",
            why:
                "Lists of dense and of sparse models go by the type, sizes by the layers: they must tell the same.",
            bad: architecture(type: "moe"), good: architecture(type: "dense")),
        Rule(
            .architectureWindow, title: "A window as wide as the context",
            why:
                "A window that no text outgrows never acts: the layer is full attention, or the number is wrong.",
            bad: architecture(window: 131_072), good: architecture(window: 4096)),
        Rule(
            .architectureVocabulary, title: "Words without an embedding",
            why: "The embedding has a row for every word of the tokenizer, and often some to spare.",
            bad: .model(
                """
                tokenizer:
                  kind: bpe
                  vocab_size: 128000
                """),
            good: .model(
                """
                tokenizer:
                  kind: bpe
                  vocab_size: 31990
                """)),
    ]

    /// Parameter counts and weight files.
    static let parameterRules: [Rule] = [
        Rule(
            .parametersContradiction, title: "Parameters that the architecture contradicts",
            why:
                "The count follows from the architecture to the last parameter. An exact count that differs, or a "
                + "published one that is two per cent off, belongs to another model or another architecture.",
            bad: parameters("358215939", "config_exact"), good: parameters("358215936", "config_exact")),
        Rule(
            .parametersDeviation, title: "Parameters a little off the architecture",
            why:
                "Something small is missing from the architecture, or the number was not read but remembered.",
            bad: parameters("355000000", "stated"), good: parameters("358000000", "stated")),
        Rule(
            .parametersOrder, title: "A part larger than the whole",
            why: "Active parameters, embeddings and towers are parts of the total.",
            bad: parameters("358000000", "stated", active: "385000000"),
            good: parameters("358000000", "stated", active: "187000000")),
        Rule(
            .weightsSize, title: "Weight files of another size",
            why:
                "Files hold the parameters at the precision that is named, give or take a third. Else they are of "
                + "another model or another precision.",
            bad: weights("35822000"), good: weights("716440960")),
    ]

    private static func architecture(
        layers: Int = 4, type: String = "dense", keyValueHeads: Int = 2, window: Int = 4096,
        activeExperts: Int? = nil, pattern: String = "[dense, dense]", kinds: String = ""
    ) -> RuleExample {
        let feedForward =
            if let activeExperts {
                """
                        kind: moe
                        experts: 8
                        active: \(activeExperts)
                        expert_form: gated
                        expert_size: 2048
                        router: softmax
                """
            } else {
                """
                        kind: gated
                        intermediate_size: 4096
                """
            }
        let more = kinds.split(separator: "\n").map { "\n    " + $0 }.joined()
        let text = """
            architecture:
              type: \(type)
              layers: \(layers)
              hidden_size: 1024
              vocab_size: 32000
              tie_embeddings: false
              max_position: 131072
              layer_kinds:
                dense:
                  mixer:
                    kind: sliding
                    heads: 8
                    kv_heads: \(keyValueHeads)
                    head_dim: 128
                    window: \(window)
                  ffn:
            \(feedForward)
                  norm_count: 2\(more)
              layer_pattern:
                - repeat: 2
                  of: \(pattern)
              source:
                kind: config_json
                checked_on: 2026-02-01
            """
        return .model(text + "\n" + estimatedParameters)
    }

    /// A count that is held against nothing, so that an example is about its architecture only.
    private static let estimatedParameters = """
        parameters:
          total:
            value: 400000000
            param_source: manual_override
            checked_on: 2026-02-01
            note: Of the example before it was changed.
        weights:
          - format: safetensors
            precision: bf16
        """

    private static func parameters(_ total: String, _ source: String, active: String? = nil) -> RuleExample {
        let text = """
            parameters:
              total:
                value: \(total)
                param_source: \(source)
                checked_on: 2026-02-01
            """
        guard let active else { return .model(text) }
        return .model(
            text + "\n"
                + """
                  active:
                    value: \(active)
                    param_source: \(source)
                    checked_on: 2026-02-01
                """)
    }

    private static func weights(_ bytes: String) -> RuleExample {
        .model(
            """
            weights:
              - format: safetensors
                precision: bf16
                bytes: \(bytes)
            """)
    }
}
