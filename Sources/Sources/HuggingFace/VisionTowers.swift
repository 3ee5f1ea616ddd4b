import Documents

/// The parameters of image encoders with their projectors, by the form of the configuration.
///
/// A tower of a form that is not known here keeps its layers and width and has no count.
enum VisionTowers {
    /// No tower is wider; sums of products of widths stay far from what an Int holds.
    private static let widest = 65_536

    /// The tower of a configuration with a language model inside.
    static func tower(_ config: inout ConfigReader, hidden: Int, modelType: String) throws(ConfigFault)
        -> Record?
    {
        guard var vision = config.part("vision_config") else { return nil }
        guard hidden <= widest else { throw ConfigFault("hidden_size", "\(hidden) is more than \(widest)") }
        switch modelType {
        case "qwen2_5_vl": return try qwen25(&vision)
        case "qwen3_vl", "qwen3_vl_moe", "qwen3_5", "qwen3_5_moe": return try qwen3(&vision)
        case "gemma3": return try sigLIP(&vision, hidden: hidden)
        case "gemma4": return try gemma4(&vision, hidden: hidden)
        case "kimi_k25": return try moonViT(&vision, hidden: hidden)
        case "minimax_m3_vl":
            let projector = try config.integer("projector_hidden_size", atMost: widest)
            try config.expect("multimodal_projector_bias", true)
            return try miniMax(&vision, hidden: hidden, projector: projector)
        default:
            return Record(known: [
                "layers": try vision.integerIfAny("num_hidden_layers", "depth").map { Value($0) },
                "hidden_size": try vision.integerIfAny("hidden_size").map { Value($0) },
            ])
        }
    }

    private static func record(_ parameters: Int, layers: Int, width: Int) -> Record {
        Record([
            ("parameters", Value(parameters)), ("layers", Value(layers)), ("hidden_size", Value(width)),
        ])
    }

    /// A transformer layer with biases and two layer norms.
    private static func plainLayer(_ width: Int, _ inner: Int) -> Int {
        4 * (width * width + width) + 2 * width * inner + inner + width + 4 * width
    }

    /// Two matrices with biases.
    private static func projector(_ input: Int, _ inner: Int, _ output: Int) -> Int {
        input * inner + inner + inner * output + output
    }

    private static func qwen25(_ vision: inout ConfigReader) throws(ConfigFault) -> Record {
        let width = try vision.integer("hidden_size", atMost: widest)
        let inner = try vision.integer("intermediate_size", atMost: widest)
        let layers = try vision.integer("depth", atMost: widest)
        let patch = try vision.integer("patch_size", atMost: 64)
        let frames = try vision.integer("temporal_patch_size", atMost: 64)
        let merged = width * square(try vision.integer("spatial_merge_size", atMost: 64))
        let output = try vision.integer("out_hidden_size", atMost: widest)
        try vision.expect("in_chans", 3)
        let layer = 4 * (width * width + width) + 3 * width * inner + 2 * inner + width + 2 * width
        let count =
            3 * frames * patch * patch * width + layers * layer + width + projector(merged, merged, output)
        return record(count, layers: layers, width: width)
    }

    private static func qwen3(_ vision: inout ConfigReader) throws(ConfigFault) -> Record {
        let width = try vision.integer("hidden_size", atMost: widest)
        let inner = try vision.integer("intermediate_size", atMost: widest)
        let layers = try vision.integer("depth", atMost: widest)
        let patch = try vision.integer("patch_size", atMost: 64)
        let frames = try vision.integer("temporal_patch_size", atMost: 64)
        let merged = width * square(try vision.integer("spatial_merge_size", atMost: 64))
        let output = try vision.integer("out_hidden_size", atMost: widest)
        let positions = try vision.integer("num_position_embeddings", atMost: widest)
        try vision.expect("in_channels", 3)
        let deep = vision.value("deepstack_visual_indexes")?.list?.count ?? 0
        guard deep <= 64 else { throw ConfigFault("deepstack_visual_indexes", "\(deep) are too many") }
        let merger = projector(merged, merged, output)
        let embedding = 3 * frames * patch * patch * width + width + positions * width
        let mergers = merger + 2 * width + deep * (merger + 2 * merged)
        return record(embedding + layers * plainLayer(width, inner) + mergers, layers: layers, width: width)
    }

    private static func sigLIP(_ vision: inout ConfigReader, hidden: Int) throws(ConfigFault) -> Record {
        try vision.expect("vision_use_head", false)
        try vision.expect("num_channels", 3)
        let width = try vision.integer("hidden_size", atMost: widest)
        let inner = try vision.integer("intermediate_size", atMost: widest)
        let layers = try vision.integer("num_hidden_layers", atMost: widest)
        let patch = try vision.integer("patch_size", atMost: 64)
        let positions = square(try vision.integer("image_size", atMost: widest) / patch)
        let embedding = 3 * patch * patch * width + width + positions * width
        let count =
            embedding + layers * plainLayer(width, inner) + 2 * width + width * hidden + width
        return record(count, layers: layers, width: width)
    }

    private static func gemma4(_ vision: inout ConfigReader, hidden: Int) throws(ConfigFault) -> Record {
        try vision.expect("use_clipped_linears", false)
        let width = try vision.integer("hidden_size", atMost: widest)
        let inner = try vision.integer("intermediate_size", atMost: widest)
        let layers = try vision.integer("num_hidden_layers", atMost: widest)
        let head = try vision.integer("head_dim", atMost: widest)
        let heads = try vision.integer("num_attention_heads", atMost: widest)
        try vision.expect("num_key_value_heads", Value(heads))
        let patch = try vision.integer("patch_size", atMost: 64)
        let positions = try vision.integer("position_embedding_size", atMost: widest)
        let layer = 4 * width * heads * head + 2 * head + 3 * width * inner + 4 * width
        let standard = try vision.flag("standardize") ? 2 * width : 0
        let embedding = 3 * patch * patch * width + 2 * positions * width
        return record(
            embedding + layers * layer + standard + width * hidden, layers: layers, width: width)
    }

    private static func moonViT(_ vision: inout ConfigReader, hidden: Int) throws(ConfigFault) -> Record {
        try vision.expect("mm_projector_type", "patchmerger")
        try vision.expect("pos_emb_type", "divided_fixed")
        let width = try vision.integer("vt_hidden_size", atMost: widest)
        let inner = try vision.integer("vt_intermediate_size", atMost: widest)
        let layers = try vision.integer("vt_num_hidden_layers", atMost: widest)
        let patch = try vision.integer("patch_size", atMost: 64)
        let positions =
            try vision.integer("init_pos_emb_height", atMost: widest)
            * vision.integer("init_pos_emb_width", atMost: widest)
        guard vision.value("merge_kernel_size") == [2, 2], try vision.integer("text_hidden_size") == hidden
        else { throw ConfigFault("vision_config.merge_kernel_size", "is not understood") }
        let merged = 4 * width
        let embedding = 3 * patch * patch * width + width + positions * width
        let projector = 2 * width + projector(merged, merged, hidden)
        let count = embedding + layers * plainLayer(width, inner) + 2 * width + projector
        return record(count, layers: layers, width: width)
    }

    private static func miniMax(
        _ vision: inout ConfigReader, hidden: Int, projector inner: Int
    ) throws(ConfigFault) -> Record {
        try vision.expect("num_channels", 3)
        try vision.expect("position_embedding_type", "rope")
        guard var merge = vision.part("img_token_compression_config") else {
            throw ConfigFault("vision_config.img_token_compression_config", "is missing")
        }
        let width = try vision.integer("hidden_size", atMost: widest)
        let layers = try vision.integer("num_hidden_layers", atMost: widest)
        let patch = try vision.integer("patch_size", atMost: 64)
        let frames = try merge.integer("temporal_patch_size", atMost: 64)
        let merged = hidden * square(try merge.integer("spatial_merge_size", atMost: 64))
        let layer = plainLayer(width, try vision.integer("intermediate_size", atMost: widest))
        let count =
            3 * frames * patch * patch * width + 2 * width + layers * layer
            + projector(width, inner, hidden) + projector(merged, inner, hidden)
        return record(count, layers: layers, width: width)
    }

    /// CLIP's large model for 336 pixels, known by its name, with the projector of the mlp form.
    static func phi3(_ config: inout ConfigReader, hidden: Int) throws(ConfigFault) -> Record {
        guard var tower = config.part("img_processor"), var projection = config.part("embd_layer") else {
            throw ConfigFault("img_processor", "or embd_layer is missing")
        }
        try tower.expect("model_name", "openai/clip-vit-large-patch14-336")
        try tower.expect("image_dim_out", 1024)
        try projection.expect("projection_cls", "mlp")
        try projection.expect("use_hd_transform", true)
        try projection.expect("with_learnable_separator", true)
        let width = 1024
        let embedding = width + 3 * 14 * 14 * width + 577 * width
        let tensors = embedding + 4 * width + 24 * plainLayer(width, 4 * width)
        let merged = 4 * width
        let projector = projector(merged, hidden, hidden) + 2 * merged
        return record(tensors + projector, layers: 24, width: width)
    }

    private static func square(_ number: Int) -> Int { number * number }
}
