import Entities

/// A block layout of llama.cpp.
package enum GGUFBlock: String, Sendable, Hashable, CaseIterable {
    case f32 = "F32"
    case f16 = "F16"
    case bf16 = "BF16"
    case q4_0 = "Q4_0"
    case q4_1 = "Q4_1"
    case q5_0 = "Q5_0"
    case q5_1 = "Q5_1"
    case q8_0 = "Q8_0"
    case q2_k = "Q2_K"
    case q3_k = "Q3_K"
    case q4_k = "Q4_K"
    case q5_k = "Q5_K"
    case q6_k = "Q6_K"
    case iq1_s = "IQ1_S"
    case iq1_m = "IQ1_M"
    case iq2_xxs = "IQ2_XXS"
    case iq2_xs = "IQ2_XS"
    case iq2_s = "IQ2_S"
    case iq3_xxs = "IQ3_XXS"
    case iq3_s = "IQ3_S"
    case iq4_nl = "IQ4_NL"
    case iq4_xs = "IQ4_XS"
    case tq1_0 = "TQ1_0"
    case tq2_0 = "TQ2_0"
    case mxfp4 = "MXFP4"

    /// Weights in a block and the bytes that it takes.
    ///
    /// Source: the structures of ggml-common.h.
    package var layout: (weights: Int, bytes: Int) {
        switch self {
        case .f32: (1, 4)
        case .f16, .bf16: (1, 2)
        case .q4_0, .iq4_nl: (32, 18)
        case .q4_1: (32, 20)
        case .q5_0: (32, 22)
        case .q5_1: (32, 24)
        case .q8_0: (32, 34)
        case .q2_k: (256, 84)
        case .q3_k: (256, 110)
        case .q4_k: (256, 144)
        case .q5_k: (256, 176)
        case .q6_k: (256, 210)
        case .iq1_s: (256, 50)
        case .iq1_m: (256, 56)
        case .iq2_xxs: (256, 66)
        case .iq2_xs: (256, 74)
        case .iq2_s: (256, 82)
        case .iq3_xxs: (256, 98)
        case .iq3_s: (256, 110)
        case .iq4_xs: (256, 136)
        case .tq1_0: (256, 54)
        case .tq2_0: (256, 66)
        case .mxfp4: (32, 17)
        }
    }

    package var bitsPerWeight: Double { 8 * Double(layout.bytes) / Double(layout.weights) }
}

/// A file type of llama.cpp: which block each matrix of a model gets.
package enum GGUFMix: String, Sendable, Hashable, CaseIterable {
    case f32 = "F32"
    case f16 = "F16"
    case q4_0 = "Q4_0"
    /// Q4_0 with an importance matrix, which files are named after like any other.
    case q4_0_imatrix = "Q4_0_IMATRIX"
    case q4_1 = "Q4_1"
    case q5_0 = "Q5_0"
    case q5_1 = "Q5_1"
    case q8_0 = "Q8_0"
    case q2_k = "Q2_K"
    case q3_k_s = "Q3_K_S"
    case q3_k_m = "Q3_K_M"
    case q3_k_l = "Q3_K_L"
    case q4_k_s = "Q4_K_S"
    case q4_k_m = "Q4_K_M"
    case q5_k_s = "Q5_K_S"
    case q5_k_m = "Q5_K_M"
    case q6_k = "Q6_K"
    case iq1_s = "IQ1_S"
    case iq1_m = "IQ1_M"
    case iq2_xxs = "IQ2_XXS"
    case iq2_xs = "IQ2_XS"
    case iq2_s = "IQ2_S"
    case iq3_xxs = "IQ3_XXS"
    case iq3_s = "IQ3_S"
    case iq4_nl = "IQ4_NL"
    case iq4_xs = "IQ4_XS"
    case mxfp4 = "MXFP4"

    /// The block that most matrices get.
    var base: GGUFBlock {
        switch self {
        case .q4_0_imatrix: .q4_0
        case .q3_k_s, .q3_k_m, .q3_k_l: .q3_k
        case .q4_k_s, .q4_k_m: .q4_k
        case .q5_k_s, .q5_k_m: .q5_k
        default: GGUFBlock(rawValue: rawValue) ?? .f16
        }
    }

    package var nominalBits: Double { base.bitsPerWeight }

    /// The block of a matrix.
    ///
    /// Source: the selection of tensor types in llama-quant.cpp: the output matrix, or the embedding that stands for
    /// it, in six bits; more bits for values and the down projection of some layers in the mixed types.
    func blockType(of role: TensorRole, layer: Int?, of layers: Int, in architecture: Architecture)
        -> GGUFBlock
    {
        if self == .f16 || self == .f32 { return role == .vector ? .f32 : base }
        switch role {
        case .vector, .router: return .f32
        case .tower: return .f16
        case .outputHead: return base.bitsPerWeight < 6.5625 ? .q6_k : base
        case .embedding:
            return architecture.tiesEmbeddings && base.bitsPerWeight < 6.5625 ? .q6_k : embeddingBlock
        case .value, .down, .expertDown, .sharedDown, .stateOutput:
            guard let layer else { return base }
            if self == .q4_0_imatrix { return role == .down && layer < layers / 8 ? .q4_1 : base }
            return raised(role, gets: hasMoreBits(layer, of: layers), in: architecture)
        default: return base
        }
    }

    /// The embedding of the smallest types is kept a little larger.
    private var embeddingBlock: GGUFBlock {
        switch self {
        case .iq1_s, .iq1_m, .iq2_xxs, .iq2_xs: .q2_k
        case .iq2_s, .iq3_xxs: .iq3_s
        default: base
        }
    }

    /// The first eighth of the layers, the last eighth, and every third between.
    private func hasMoreBits(_ layer: Int, of layers: Int) -> Bool {
        layer < layers / 8 || layer >= 7 * layers / 8 || (layer - layers / 8) % 3 == 2
    }

    private func raised(_ role: TensorRole, gets more: Bool, in architecture: Architecture) -> GGUFBlock {
        let isValue = role == .value
        switch self {
        case .q4_k_m:
            if more { return .q6_k }
            // With eight query heads to a key and value head the values are small: they get five bits throughout.
            return isValue && architecture.isWideGrouped ? .q5_k : base
        case .q5_k_m: return more ? .q6_k : base
        case .q3_k_m: return isValue ? .q4_k : more ? .q4_k : base
        case .q3_k_l: return .q5_k
        case .q2_k: return isValue ? .q4_k : role == .down ? .q3_k : base
        default: return base
        }
    }
}

extension Architecture {
    /// The 80-layer models with eight query heads a group, which llama.cpp tells by these two numbers.
    fileprivate var isWideGrouped: Bool {
        guard layerCount == 80, case .full(let attention)? = layerKinds.first?.layer.mixer else {
            return false
        }
        return attention.headCount != attention.keyValueHeadCount
    }
}
