import Documents
import Text

/// Decoders whose layers attend in different ways: chunks, windows, picked blocks, or a form of each layer's own.
enum MixedFamilies {
    /// Every fourth layer attends to everything and has no positions; the others attend inside a chunk.
    static func llama4(_ config: inout ConfigReader) throws(ConfigFault) -> NetworkForm {
        let fields = try DecoderFields(&config)
        try config.expect("attention_bias", false)
        let chunk = try config.integer("attention_chunk_size")
        let full = fields.attention.record
        var attention = fields.attention
        if try config.flag("use_qk_norm", default: true) { attention.queryKeyNorm = "unweighted" }
        var chunked = attention.record
        chunked["kind"] = "chunked"
        chunked["chunk"] = Value(chunk)
        let size = try config.integer("intermediate_size")
        let experts = ExpertForm(
            expertCount: try config.integer("num_local_experts"),
            activeCount: try config.integer("num_experts_per_tok"), expertSize: size, sharedCount: 1,
            sharedSize: size, router: "sigmoid", activation: fields.activation)
        let dense = LayerParts.feedForward(try config.integer("intermediate_size_mlp"), fields.activation)
        let step = try config.integer("interleave_moe_layer_step")
        let positions = try config.integers("no_rope_layers", count: fields.layerCount)
        let layers = (0..<fields.layerCount).map { place in
            let isChunked = positions.map { $0[place] == 1 } ?? !(place + 1).isMultiple(of: 4)
            let parts = (place + 1).isMultiple(of: step) ? experts.record : dense
            return LayerForm(isChunked ? chunked : full, parts)
        }
        return fields.network(layers, rope: try config.rope(head: fields.headDimension))
    }

    static func miMoV2(_ config: inout ConfigReader) throws(ConfigFault) -> NetworkForm {
        let fields = try DecoderFields(&config)
        try config.expect("attention_bias", false)
        _ = config.value("sliding_window_size", "attention_chunk_size")
        var full = fields.attention
        full.valueHeadDimension = try config.integer("v_head_dim")
        full.hasSinks = try config.flag("add_full_attention_sink_bias")
        var local = AttentionForm(
            headCount: try config.integer("swa_num_attention_heads"),
            keyValueHeadCount: try config.integer("swa_num_key_value_heads"),
            headDimension: try config.integer("swa_head_dim"))
        local.valueHeadDimension = try config.integer("swa_v_head_dim")
        local.hasSinks = try config.flag("add_swa_attention_sink_bias")
        local.rope = Record(known: ["theta": config.value("swa_rope_theta")])
        let sliding = LayerParts.sliding(
            local.record, window: try config.integer("sliding_window"), of: fields.maximumPosition)
        try config.expect("n_shared_experts")
        let experts = ExpertForm(
            expertCount: try config.integer("n_routed_experts"),
            activeCount: try config.integer("num_experts_per_tok"),
            expertSize: try config.integer("moe_intermediate_size"),
            router: config.text("scoring_func") ?? "sigmoid", hasRouterBias: true,
            activation: fields.activation)
        let inner = try config.integer("intermediate_size")
        let dense = LayerParts.feedForward(inner, fields.activation)
        let isSparse = try config.expertLayers(fields.layerCount)
        guard let slides = try config.integers("hybrid_layer_pattern", count: fields.layerCount) else {
            throw ConfigFault("hybrid_layer_pattern", "is missing")
        }
        let layers = zip(slides, isSparse).map { slides, isSparse in
            LayerForm(slides == 1 ? sliding : full.record, isSparse ? experts.record : dense)
        }
        return fields.network(layers, rope: try config.rope(head: fields.headDimension))
    }

    /// An indexer picks blocks of tokens in all but the first layers.
    static func miniMaxM3(_ config: inout ConfigReader) throws(ConfigFault) -> NetworkForm {
        let fields = try DecoderFields(&config)
        try config.expect("attention_output_gate", false)
        try config.expect("qk_norm_type", "per_head")
        try config.expect("use_qk_norm", true)
        try config.expect("use_routing_bias", true)
        // Which extra layers are published is not said: two fields name different numbers.
        _ = config.value("num_mtp_modules", "num_nextn_predict_layers")
        guard var sparse = config.part("sparse_attention_config") else {
            throw ConfigFault("sparse_attention_config", "is missing")
        }
        var attention = fields.attention
        attention.queryKeyNorm = "per_head"
        let mixer = try blockSparse(&sparse, over: attention.record)
        guard let isPicked = try sparse.integers("sparse_attention_freq", count: fields.layerCount),
            try sparse.integers("sparse_disable_index_value", count: fields.layerCount) == isPicked
        else {
            throw ConfigFault("sparse_attention_config", "index values are not understood")
        }
        try sparse.finish(prefix: "sparse_attention_config.")
        let size = try config.integer("moe_intermediate_size", "intermediate_size")
        let shared = try config.integer("n_shared_experts")
        let experts = ExpertForm(
            expertCount: try config.integer("num_local_experts"),
            activeCount: try config.integer("num_experts_per_tok"), expertSize: size, sharedCount: shared,
            sharedSize: try config.integer("shared_intermediate_size"),
            router: config.text("scoring_func") ?? "sigmoid", hasRouterBias: true,
            activation: fields.activation)
        let inner = try config.integer("dense_intermediate_size")
        let dense = LayerParts.feedForward(inner, fields.activation)
        let layers = zip(isPicked, try config.expertLayers(fields.layerCount)).map { isPicked, isSparse in
            LayerForm(isPicked == 1 ? mixer : attention.record, isSparse ? experts.record : dense)
        }
        var network = fields.network(layers, rope: try config.rope(head: fields.headDimension))
        // The index queries have a norm of their own, which the registry's form of an indexer does not count.
        let width = mixer["indexer"]?["head_dim"]?.integer ?? 0
        network.extras = [("norms of the index queries", isPicked.reduce(0, +) * width)]
        return network
    }

    private static func blockSparse(
        _ config: inout ConfigReader, over attention: Record
    ) throws(ConfigFault) -> Record {
        try config.expect("use_sparse_attention", true)
        try config.expect("sparse_score_type", "max")
        _ = config.value("sparse_init_block", "sparse_local_block")
        let indexer = Record([
            ("heads", Value(try config.integer("sparse_num_index_heads"))),
            ("head_dim", Value(try config.integer("sparse_index_dim"))),
            ("top_k", Value(try config.integer("sparse_topk_blocks"))),
            ("block", Value(try config.integer("sparse_block_size"))), ("key_norm", "rms"),
        ])
        return Record([
            ("kind", "sparse_indexed"), ("indexer", .record(indexer)), ("over", .record(attention)),
        ])
    }

    /// Pruned block by block: every layer has its own groups and width, or lacks a part.
    static func nemotronNAS(_ config: inout ConfigReader) throws(ConfigFault) -> NetworkForm {
        let fields = try DecoderFields(&config)
        try config.expect("attention_bias", false)
        try config.expect("mlp_bias", false)
        guard let blocks = config.value("block_configs")?.list, blocks.count == fields.layerCount else {
            throw ConfigFault("block_configs", "does not have one entry for each layer")
        }
        var layers: [LayerForm] = []
        for block in blocks {
            var attention = try part(of: block, "attention")
            var matrices = try part(of: block, "ffn")
            let hasNoMixer = try attention.flag("no_op")
            let hasNoMatrices = try matrices.flag("no_op")
            var mixer = fields.attention
            if !hasNoMixer {
                mixer.keyValueHeadCount = fields.headCount / (try attention.integer("n_heads_in_group"))
            }
            let inner = try hasNoMatrices ? 0 : innerSize(&matrices, hidden: fields.hiddenSize)
            layers.append(
                LayerForm(
                    hasNoMixer ? LayerParts.noMixer : mixer.record,
                    hasNoMatrices
                        ? LayerParts.noFeedForward : LayerParts.feedForward(inner, fields.activation),
                    norms: (hasNoMixer ? 0 : 1) + (hasNoMatrices ? 0 : 1)))
            try attention.finish(prefix: "block_configs.attention.")
            try matrices.finish(prefix: "block_configs.ffn.")
        }
        return fields.network(layers, rope: try config.rope(head: fields.headDimension))
    }

    private static func part(of block: Value, _ name: String) throws(ConfigFault) -> ConfigReader {
        guard let record = block[name]?.record else { throw ConfigFault("block_configs", "lacks \(name)") }
        return ConfigReader(record)
    }

    /// Two thirds of the factor times the hidden size, rounded up to a multiple of 256.
    private static func innerSize(_ config: inout ConfigReader, hidden: Int) throws(ConfigFault) -> Int {
        guard let factor = config.number("ffn_mult")?.approximate, factor > 0, factor < 1000 else {
            throw ConfigFault("ffn_mult", "is no factor of a width")
        }
        let width = Int(2 * factor * Double(hidden) / 3)
        return (width + 255) / 256 * 256
    }
}
