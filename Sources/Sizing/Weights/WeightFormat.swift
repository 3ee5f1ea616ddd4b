package import Entities

/// How the weights of a model are stored: the bits of a weight with its scales, by what the matrix does.
package enum WeightFormat: Sendable, Hashable {
    /// One width for all matrices.
    case plain(Precision)
    /// 128 by 128 blocks with a 32-bit scale each, as DeepSeek publishes.
    case blockFP8
    /// Groups of so many weights with a 16-bit scale and a 4-bit zero, as AWQ and GPTQ store them.
    case grouped4(size: Int)
    /// Four bits with double-quantized absolute maxima, bitsandbytes' NF4.
    case nf4
    /// Formats of llama.cpp: matrices of several block types in one file.
    case gguf(GGUFMix)

    /// The bits that a weight of a role takes, scales included.
    ///
    /// Sources: the block layouts of ggml-common.h; OCP Microscaling specification 1.0 for MXFP4; NVIDIA's NVFP4 with
    /// an FP8 scale for 16 weights; the DeepSeek-V3 report for blocks; AWQ and GPTQ store a scale and a zero a group.
    package func bits(of role: TensorRole, layer: Int?, of layers: Int, in architecture: Architecture)
        -> Double
    {
        if case .gguf(let mix) = self {
            return mix.blockType(of: role, layer: layer, of: layers, in: architecture).bitsPerWeight
        }
        guard WeightFormat.isQuantized(role) else { return plainBits }
        switch self {
        case .plain(let precision): return precision.bitsPerWeight ?? 16
        case .blockFP8: return 8 + 32.0 / 16_384
        case .grouped4(let size): return 4 + 20.0 / Double(size)
        case .nf4: return 4.127
        case .gguf: return 16
        }
    }

    /// What stays at sixteen bits in every quantized checkpoint: embeddings, the output matrix, routers and vectors.
    private static func isQuantized(_ role: TensorRole) -> Bool {
        switch role {
        case .embedding, .outputHead, .router, .vector, .tower: false
        default: true
        }
    }

    /// The bits of what is not quantized.
    private var plainBits: Double {
        if case .plain(.fp32) = self { return 32 }
        return 16
    }

    /// The bits of a quantized matrix: what sets the rate of arithmetic and the name of the format.
    package var nominalBits: Double {
        switch self {
        case .plain(let precision): precision.bitsPerWeight ?? 16
        case .blockFP8: 8
        case .grouped4, .nf4: 4
        case .gguf(let mix): mix.nominalBits
        }
    }
}

extension WeightFormat: LosslessStringConvertible {
    /// The format of a name as people write it: `bf16`, `fp8`, `awq`, `nf4`, `Q4_K_M`; nil for an unknown one.
    package init?(_ name: String) {
        if let mix = GGUFMix(rawValue: name.uppercased()) {
            self = .gguf(mix)
            return
        }
        switch name.lowercased() {
        case "fp8_block", "fp8-block", "block_fp8": self = .blockFP8
        case "awq", "gptq", "int4", "w4a16": self = .grouped4(size: 128)
        case "nf4", "bnb-4bit": self = .nf4
        case "bfloat16", "auto": self = .plain(.bf16)
        case "float16", "half": self = .plain(.fp16)
        case "w8a8": self = .plain(.int8)
        default:
            guard let precision = Precision(rawValue: name.lowercased()), precision.bitsPerWeight != nil
            else {
                return nil
            }
            self = .plain(precision)
        }
    }

    package var description: String {
        switch self {
        case .plain(let precision): precision.rawValue
        case .blockFP8: "fp8_block"
        case .grouped4: "int4"
        case .nf4: "nf4"
        case .gguf(let mix): mix.rawValue
        }
    }
}
