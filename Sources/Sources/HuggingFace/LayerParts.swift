import Documents
import Text

/// The parts that layers are put together from, as the registry's records.
enum LayerParts {
    static let noMixer: Record = Record([("kind", "none")])
    static let noFeedForward: Record = Record([("kind", "none")])

    static func feedForward(
        gated: Bool = true, _ size: Int, _ activation: String?, bias: Bool = false
    ) -> Record {
        Record(known: [
            "kind": gated ? "gated" : "plain", "intermediate_size": Value(size),
            "activation": activation.map(Value.text), "bias": bias ? true : nil,
        ])
    }

    /// The registry's word for an activation function.
    static func activation(_ word: String?) throws(ConfigFault) -> String? {
        switch word {
        case nil: nil
        case "silu", "swish": "silu"
        case "gelu": "gelu"
        case "gelu_pytorch_tanh", "gelu_new", "gelu_fast", "gelu_tanh": "gelu_tanh"
        case "relu": "relu"
        case "relu2": "relu2"
        case "swigluoai": "swiglu_oai"
        case let word?: throw ConfigFault("hidden_act", "\"\(word)\" is not understood")
        }
    }

    static func sliding(_ attention: Record, window: Int?, of positions: Int?) -> Record {
        // A window that holds every position never acts.
        guard let window, window < positions ?? .max else { return attention }
        var sliding = attention
        sliding["kind"] = "sliding"
        sliding["window"] = Value(window)
        return sliding
    }
}

/// Grouped attention as a configuration gives it.
struct AttentionForm {
    var headCount: Int
    var keyValueHeadCount: Int
    var headDimension: Int
    var valueHeadDimension: Int?
    var queryKeyNorm: String?
    var hasProjectionBias = false
    var hasOutputBias = false
    var outputGate: String?
    var hasSinks = false
    var keysAreValues = false
    var rope: Record?

    var record: Record {
        Record(known: [
            "kind": "full", "heads": Value(headCount), "kv_heads": Value(keyValueHeadCount),
            "head_dim": Value(headDimension),
            "v_head_dim": valueHeadDimension == headDimension ? nil : valueHeadDimension.map { Value($0) },
            "qk_norm": queryKeyNorm.map(Value.text), "qkv_bias": hasProjectionBias ? true : nil,
            "output_bias": hasOutputBias ? true : nil, "output_gate": outputGate.map(Value.text),
            "sinks": hasSinks ? true : nil, "keys_are_values": keysAreValues ? true : nil,
            "rope": rope.map(Value.record),
        ])
    }
}

/// A mixture of experts as a configuration gives it.
struct ExpertForm {
    var expertCount: Int
    var activeCount: Int
    var isGated = true
    var expertSize: Int
    var sharedCount: Int?
    var sharedSize: Int?
    var hasSharedGate = false
    var latentSize: Int?
    var router = "softmax"
    var hasRouterBias = false
    var hasExpertBias = false
    var activation: String?

    var record: Record {
        Record(known: [
            "kind": "moe", "experts": Value(expertCount), "active": Value(activeCount),
            "expert_form": isGated ? "gated" : "plain", "expert_size": Value(expertSize),
            "shared_experts": sharedCount.map { Value($0) }, "shared_size": sharedSize.map { Value($0) },
            "shared_gate": hasSharedGate ? true : nil, "latent_size": latentSize.map { Value($0) },
            "router": .text(router), "router_bias": hasRouterBias ? true : nil,
            "expert_bias": hasExpertBias ? true : nil, "activation": activation.map(Value.text),
        ])
    }
}
