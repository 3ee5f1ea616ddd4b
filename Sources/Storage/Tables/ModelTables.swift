import Entities

/// The tables of models, without their architecture.
enum ModelTables {
    static let models = Layout<Model>(
        .models, named: "models", ownKey: 1, ending: .retired,
        [
            [
                .text("model_id") { $0.id.text },
                .text("name") { $0.name },
                .text("vendor") { $0.vendor },
                .text("family") { $0.family },
                .text("version") { $0.version },
                .word("variant") { $0.variant },
                .text("hugging_face_repo") { $0.huggingFace?.repo },
                .text("hugging_face_revision") { $0.huggingFace?.revision },
                .flag("hugging_face_is_gated") { $0.huggingFace?.isGated },
                .flag("has_open_weights") { $0.hasOpenWeights },
                .text("license_id") { $0.license?.id },
                .text("license_url") { $0.license?.url },
                .partialDate("announced") { $0.announced },
                .partialDate("released") { $0.released },
                .partialDate("knowledge_cutoff") { $0.knowledgeCutoff },
            ], Column.status { $0.status }, abilities, limits, [.source { $0.source }],
        ])

    private static let abilities: [Column<Model>] = [
        .words("input_modalities") { $0.modalities.input },
        .words("output_modalities") { $0.modalities.output },
        .words("capabilities") { $0.capabilities },
        .word("reasoning_mode") { $0.reasoning?.mode },
        .words("reasoning_controls") { $0.reasoning?.controls ?? [] },
        .words("reasoning_efforts") { $0.reasoning?.efforts ?? [] },
        .integer("reasoning_minimum_tokens") { $0.reasoning?.minimumBudgetTokens },
        .integer("reasoning_maximum_tokens") { $0.reasoning?.maximumBudgetTokens },
        .text("reasoning_field") { $0.reasoning?.field },
    ]

    private static let limits: [Column<Model>] = [
        .integer("context_tokens") { $0.limits?.contextTokens },
        .integer("maximum_input_tokens") { $0.limits?.maximumInputTokens },
        .integer("maximum_output_tokens") { $0.limits?.maximumOutputTokens },
        .integer("native_context_tokens") { $0.limits?.nativeContextTokens },
        .word("context_extended_by") { $0.limits?.extendedBy },
        .source("context_source_id") { $0.limits?.source },
        .word("tokenizer_kind") { $0.tokenizer?.kind },
        .integer("tokenizer_vocabulary_size") { $0.tokenizer?.vocabularySize },
    ]

    static let names = Layout<LookupName>(
        .modelNames, named: "model_names", owner: models.schema, of: .models, ownKey: 1,
        [LookupName.columns])

    static let parameters = Layout<ParameterStatement>(
        .modelParameters, named: "model_parameters", owner: models.schema, of: .models, ownKey: 1,
        [
            [
                .text("part") { $0.part },
                .integer("parameter_count") { $0.count.value },
                .word("provenance") { $0.count.provenance },
                .date("checked_on") { $0.count.checkedOn },
                .text("url") { $0.count.url },
                .text("note") { $0.count.note },
            ]
        ])

    static let weights = Layout<Numbered<WeightFiles>>(
        .modelWeights, named: "model_weights", owner: models.schema, of: .models, ownKey: 1,
        [
            [
                .number(),
                .word("format") { $0.part.format },
                .word("weight_precision") { $0.part.precision },
                .text("quantization") { $0.part.quantization },
                .integer("bytes") { $0.part.bytes },
                .integer("shard_count") { $0.part.shardCount },
                .text("url") { $0.part.url },
                .source { $0.part.source },
            ]
        ])

    static let benchmarks = Layout<Numbered<Benchmark>>(
        .modelBenchmarks, named: "model_benchmarks", owner: models.schema, of: .models, ownKey: 1,
        [
            [
                .number(),
                .text("name") { $0.part.name },
                .text("variant") { $0.part.variant },
                .number("score") { $0.part.score },
                .text("metric") { $0.part.metric },
                .text("harness") { $0.part.harness },
                .source { $0.part.source },
            ]
        ])
}

/// A number of parameters of one part of a model.
struct ParameterStatement {
    let part: String
    let count: StatedCount

    /// What is stated, in the order of the parts' names.
    static func all(_ parameters: Parameters?) -> [ParameterStatement] {
        guard let parameters else { return [] }
        let parts = [
            ("active", parameters.active), ("embedding", parameters.embedding),
            ("mtp", parameters.multiTokenPrediction), ("total", parameters.total),
            ("vision", parameters.vision),
        ]
        return parts.compactMap { part, count in count.map { ParameterStatement(part: part, count: $0) } }
    }
}
