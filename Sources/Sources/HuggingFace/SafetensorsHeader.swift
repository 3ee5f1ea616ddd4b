package import Documents

/// The header of one safetensors file: every tensor with its type and shape.
package struct SafetensorsHeader: Sendable {
    /// One tensor of the file.
    package struct Tensor: Sendable, Hashable {
        package let name: String
        /// The type as the format spells it: `BF16`.
        package let type: String
        package let shape: [Int]

        /// Values in it; nil when there are more than a machine can hold.
        package var valueCount: Int? {
            var count = 1
            for side in shape {
                let (product, isTooLarge) = count.multipliedReportingOverflow(by: side)
                guard !isTooLarge, side >= 0 else { return nil }
                count = product
            }
            return count
        }
    }

    package let tensors: [Tensor]

    /// Nil when the value is no such header.
    package init?(_ value: Value) {
        guard let record = value.record else { return nil }
        var tensors: [Tensor] = []
        for member in record.members where member.name != "__metadata__" {
            guard let type = member.value["dtype"]?.text, let sides = member.value["shape"]?.list else {
                return nil
            }
            let shape = sides.compactMap(\.integer)
            guard shape.count == sides.count else { return nil }
            tensors.append(Tensor(name: member.name, type: type, shape: shape))
        }
        guard !tensors.isEmpty else { return nil }
        self.tensors = tensors
    }
}

/// Parameters counted over the tensors of a checkpoint.
package struct TensorCount: Sendable, Hashable {
    /// Values of the weights; packed words count as what is packed into them.
    package private(set) var parameters = 0
    /// Values by type, as stored.
    package private(set) var stored: [String: Int] = [:]
    /// Scales, zero points and rotary buffers: not parameters.
    package private(set) var besides: [String: Int] = [:]
    /// Words that each hold several weights.
    package private(set) var packedWords = 0
    /// Tensors that nothing was made of, because their size is beyond counting.
    package private(set) var uncounted: [String] = []

    /// Counts the tensors of one or more headers. Linear in the tensors.
    package init(_ headers: [SafetensorsHeader]) {
        let tensors = headers.flatMap(\.tensors)
        let names = Set(tensors.map(\.name))
        var sum = 0
        for tensor in tensors {
            // Far below what an Int holds, so that eight weights to a value still fit.
            guard let count = tensor.valueCount, sum < .max / 64, count < .max / 64 else {
                uncounted.append(tensor.name)
                continue
            }
            sum += count
            stored[tensor.type, default: 0] += count
            if let name = tensor.nameBesides(names) {
                besides[name, default: 0] += count
            } else if let each = tensor.weightsPerWord(names) {
                packedWords += count
                parameters += count * each
            } else {
                parameters += count
            }
        }
    }
}

extension SafetensorsHeader.Tensor {
    private var stem: Substring { name.prefix(upTo: name.lastIndex(of: ".") ?? name.endIndex) }

    /// What the tensor is when it holds no weights: a scale, a zero point, a rotary buffer.
    fileprivate func nameBesides(_ names: Set<String>) -> String? {
        let last = name.split(separator: ".").last ?? ""
        switch last {
        case "inv_freq", "rotary_emb", "cos_cached", "sin_cached": return "rotary buffers"
        case "weight_scale", "weight_scale_inv", "weight_scale_2", "input_scale", "scales", "k_scale",
            "v_scale",
            "weight_global_scale", "input_global_scale", "SCB", "absmax", "quant_map":
            return "scales"
        case "qzeros", "weight_zero_point": return "zero points"
        case "biases" where names.contains(stem + ".scales"): return "zero points"
        case "g_idx", "weight_shape", "weight_format": return "quantization layout"
        default:
            return last.hasSuffix("_scales") || last.hasSuffix("_scale_inv") ? "scales" : nil
        }
    }

    /// How many weights are packed into one stored value; nil when it is one.
    fileprivate func weightsPerWord(_ names: Set<String>) -> Int? {
        let last = name.split(separator: ".").last ?? ""
        let hasScales = [".scales", ".weight_scale", ".weight_scale_2"].contains { names.contains(stem + $0) }
        switch type {
        case "I32" where last == "qweight" || last == "weight_packed": return 8
        case "U32" where last == "weight" && hasScales: return 8
        case "U8" where last == "weight_packed" || (last == "weight" && hasScales): return 2
        // Expert blocks of MXFP4.
        case "U8" where last.hasSuffix("_blocks"): return 2
        default: return nil
        }
    }
}
