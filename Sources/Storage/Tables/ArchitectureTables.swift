import Entities
import Text

/// The tables of networks: one row for what holds throughout, one for each kind of layer.
enum ArchitectureTables {
    static let architectures = Layout<Architecture>(
        .architectures, named: "architectures", owner: ModelTables.models.schema, of: .models, ownKey: 0,
        [
            [
                .word("family") { $0.family },
                .text("hugging_face_class") { $0.huggingFaceClass },
                .text("hugging_face_model_type") { $0.huggingFaceModelType },
                .integer("layer_count") { $0.layerCount },
                .integer("hidden_size") { $0.hiddenSize },
                .integer("vocabulary_size") { $0.vocabularySize },
                .flag("ties_embeddings") { $0.tiesEmbeddings },
                .flag("has_head_bias") { $0.hasHeadBias },
                .integer("maximum_position") { $0.maximumPosition },
                .word("norm") { $0.norm },
                .integer("mtp_layer_count") { $0.multiTokenPrediction?.layerCount },
                .texts("mtp_layer_kinds") { $0.multiTokenPrediction?.kinds ?? [] },
            ],
            tower("vision") { $0.vision }, tower("audio") { $0.audio }, rope { $0.rope },
            [
                .word("native_precision") { $0.nativePrecision?.weights },
                .word("attention_precision") { $0.nativePrecision?.attention },
                .word("expert_precision") { $0.nativePrecision?.experts },
                .word("embedding_precision") { $0.nativePrecision?.embeddings },
                .source { $0.source },
            ],
        ])

    static let layers = Layout<Numbered<LayerKind>>(
        .architectureLayers, named: "architecture_layers", owner: ModelTables.models.schema, of: .models,
        ownKey: 1,
        [
            [
                .number(),
                .text("name") { $0.part.name },
                .integer("norm_count") { $0.part.layer.normCount },
            ], mixer, attention, latent, indexer, recurrent, feedForward, experts,
        ])

    static let runs = Layout<Numbered<LayerRun>>(
        .architectureRuns, named: "architecture_runs", owner: ModelTables.models.schema, of: .models,
        ownKey: 1,
        [
            [
                .number(),
                .integer("repeat_count") { $0.part.repeatCount },
                .texts("layer_names") { $0.part.kinds },
            ]
        ])

    static let extras = Layout<Numbered<ExtraParameters>>(
        .architectureExtras, named: "architecture_extras", owner: ModelTables.models.schema, of: .models,
        ownKey: 1,
        [
            [
                .number(),
                .text("name") { $0.part.name },
                .integer("parameter_count") { $0.part.parameterCount },
            ]
        ])

    private typealias LayerColumn = Column<Numbered<LayerKind>>

    private static func tower(
        _ name: String, _ tower: @escaping @Sendable (Architecture) -> Tower?
    ) -> [Column<Architecture>] {
        [
            .flag("has_\(name)_tower") { tower($0) != nil },
            .integer("\(name)_parameter_count") { tower($0)?.parameterCount },
            .integer("\(name)_layer_count") { tower($0)?.layerCount },
            .integer("\(name)_hidden_size") { tower($0)?.hiddenSize },
        ]
    }

    private static func rope<Record>(
        _ rope: @escaping @Sendable (Record) -> RotaryPositions?
    ) -> [Column<Record>] {
        [
            .number("rope_theta") { rope($0)?.theta },
            .word("rope_scaling") { rope($0)?.scaling },
            .number("rope_factor") { rope($0)?.factor },
            .integer("rope_original_tokens") { rope($0)?.originalTokens },
            .integer("rope_rotary_dimension") { rope($0)?.rotaryDimension },
        ]
    }

    private static let mixer: [LayerColumn] = [
        .text("mixer") { $0.part.layer.mixer.word },
        .integer("window_tokens") { $0.part.layer.mixer.reachTokens },
    ]

    private static let attention: [LayerColumn] =
        [
            .integer("head_count") { $0.part.layer.mixer.headCount },
            .integer("key_value_head_count") { $0.part.layer.mixer.attention?.keyValueHeadCount },
            .integer("head_dimension") { $0.part.layer.mixer.headDimension },
            .integer("value_head_dimension") { $0.part.layer.mixer.attention?.valueHeadDimension },
            .word("query_key_norm") { $0.part.layer.mixer.attention?.queryKeyNorm },
            .flag("has_projection_bias") { $0.part.layer.mixer.hasProjectionBias },
            .flag("has_output_bias") { $0.part.layer.mixer.attention?.hasOutputBias },
            .text("output_gate") { $0.part.layer.mixer.outputGate },
            .flag("has_sinks") { $0.part.layer.mixer.attention?.hasSinks },
            .flag("keys_are_values") { $0.part.layer.mixer.attention?.keysAreValues },
            .flag("shares_key_values") { $0.part.layer.mixer.attention?.sharesKeyValues },
        ] + rope { $0.part.layer.mixer.attention?.rope }

    private static let latent: [LayerColumn] = [
        .integer("query_rank") { $0.part.layer.mixer.latent?.queryRank },
        .integer("key_value_rank") { $0.part.layer.mixer.latent?.keyValueRank },
        .integer("plain_dimension") { $0.part.layer.mixer.latent?.plainDimension },
        .integer("rope_dimension") { $0.part.layer.mixer.latent?.ropeDimension },
        .integer("value_dimension") { $0.part.layer.mixer.valueDimension },
    ]

    private static let indexer: [LayerColumn] = [
        .integer("indexer_head_count") { $0.part.layer.mixer.indexer?.headCount },
        .integer("indexer_head_dimension") { $0.part.layer.mixer.indexer?.headDimension },
        .integer("indexer_picked_count") { $0.part.layer.mixer.indexer?.pickedCount },
        .integer("indexer_block_tokens") { $0.part.layer.mixer.indexer?.blockTokens },
        .integer("indexer_query_rank") { $0.part.layer.mixer.indexer?.queryRank },
        .word("indexer_key_norm") { $0.part.layer.mixer.indexer?.keyNorm },
        .flag("indexer_has_head_weights") { $0.part.layer.mixer.indexer?.hasHeadWeights },
    ]

    private static let recurrent: [LayerColumn] = [
        .word("linear_form") { $0.part.layer.mixer.linear?.form },
        .integer("key_head_count") { $0.part.layer.mixer.linear?.keyHeadCount },
        .integer("value_head_count") { $0.part.layer.mixer.linear?.valueHeadCount },
        .integer("key_dimension") { $0.part.layer.mixer.linear?.keyDimension },
        .integer("convolution_width") { $0.part.layer.mixer.convolutionWidth },
        .integer("state_size") { $0.part.layer.mixer.mamba2?.stateSize },
        .integer("group_count") { $0.part.layer.mixer.mamba2?.groupCount },
        .flag("has_convolution_bias") { $0.part.layer.mixer.mamba2?.hasConvolutionBias },
        .word("state_precision") { $0.part.layer.mixer.statePrecision },
    ]

    private static let feedForward: [LayerColumn] = [
        .text("feed_forward") { $0.part.layer.feedForward.word },
        .integer("inner_size") { $0.part.layer.feedForward.matrices?.innerSize },
        .word("activation") { $0.part.layer.feedForward.activation },
        .flag("has_feed_forward_bias") { $0.part.layer.feedForward.matrices?.hasBias },
    ]

    private static let experts: [LayerColumn] = [
        .integer("expert_count") { $0.part.layer.feedForward.experts?.expertCount },
        .integer("active_expert_count") { $0.part.layer.feedForward.experts?.activeCount },
        .word("expert_form") { $0.part.layer.feedForward.experts?.form },
        .integer("expert_size") { $0.part.layer.feedForward.experts?.expertSize },
        .integer("shared_expert_count") { $0.part.layer.feedForward.experts?.sharedCount },
        .integer("shared_expert_size") { $0.part.layer.feedForward.experts?.sharedSize },
        .flag("has_shared_gate") { $0.part.layer.feedForward.experts?.hasSharedGate },
        .integer("latent_size") { $0.part.layer.feedForward.experts?.latentSize },
        .word("router") { $0.part.layer.feedForward.experts?.router },
        .flag("has_router_bias") { $0.part.layer.feedForward.experts?.hasRouterBias },
        .flag("has_expert_bias") { $0.part.layer.feedForward.experts?.hasExpertBias },
    ]
}
