import Diagnostics
import Text

extension Review {
    mutating func check(_ architecture: Architecture) {
        checkPattern(of: architecture)
        checkType(of: architecture)
        for kind in architecture.layerKinds {
            let pointer = "/architecture/layer_kinds/\(kind.name)"
            check(kind.layer.mixer, of: architecture, at: pointer + "/mixer")
            if case .experts(let mixture) = kind.layer.feedForward, mixture.activeCount > mixture.expertCount
            {
                report(
                    .architectureExperts, at: pointer + "/ffn/active",
                    "\(mixture.activeCount) active experts of \(mixture.expertCount)")
            }
        }
    }

    private mutating func checkPattern(of architecture: Architecture) {
        let names = Set(architecture.layerKinds.map(\.name))
        var used: Set<String> = []
        var unknown = false
        let runs = architecture.pattern.enumerated().map { ($1.kinds, "layer_pattern/\($0)") }
        let extra = architecture.multiTokenPrediction.map { [($0.kinds, "mtp")] } ?? []
        for (kinds, field) in runs + extra {
            for (position, name) in kinds.enumerated() where !names.contains(name) {
                unknown = true
                report(
                    .architectureLayerKind, at: "/architecture/\(field)/of/\(position)",
                    "\"\(name)\" is not among the layer kinds",
                    hint: Spelling.nearest(to: name, in: names).map { "did you mean \"\($0)\"?" })
            }
            used.formUnion(kinds)
        }
        // A misspelt name leaves a kind unused; one finding says enough.
        for name in architecture.layerKinds.map(\.name) where !unknown && !used.contains(name) {
            report(
                .architectureUnusedKind, at: "/architecture/layer_kinds/\(name)",
                "the layer kind \"\(name)\" stands nowhere in the pattern")
        }
        let layers = architecture.pattern.reduce(0) { $0 + $1.repeatCount * $1.kinds.count }
        if layers != architecture.layerCount {
            report(
                .architectureLayers, at: "/architecture/layers",
                "\(architecture.layerCount) layers, but the pattern has \(layers)")
        }
    }

    private mutating func checkType(of architecture: Architecture) {
        let layers = architecture.layerKinds.map(\.layer)
        let hasExperts = layers.contains {
            if case .experts = $0.feedForward { true } else { false }
        }
        let hasState = layers.contains {
            switch $0.mixer {
            case .linear, .mamba2: true
            default: false
            }
        }
        let fault: String? =
            switch architecture.family {
            case .dense where hasExperts: "dense, but it has experts"
            case .moe where !hasExperts: "moe, but no layer has experts"
            case .hybrid where !hasState: "hybrid, but no layer has a linear or state-space mixer"
            case .dense where hasState, .moe where hasState:
                "\(architecture.family.rawValue), but it has a linear or state-space mixer"
            default: nil
            }
        if let fault {
            report(.architectureType, at: "/architecture/type", "the type is \(fault)")
        }
    }

    private mutating func check(_ mixer: Mixer, of architecture: Architecture, at pointer: String) {
        switch mixer {
        case .full(let attention): check(attention, at: pointer)
        case .sliding(let attention, let window):
            check(attention, at: pointer)
            checkWindow(window, "window", of: architecture, at: pointer)
        case .chunked(let attention, let chunk):
            check(attention, at: pointer)
            checkWindow(chunk, "chunk", of: architecture, at: pointer)
        case .sparseIndexed(_, .full(let attention)): check(attention, at: pointer + "/over")
        case .linear(let attention):
            guard !attention.valueHeadCount.isMultiple(of: attention.keyHeadCount) else { return }
            report(
                .architectureHeads, at: pointer + "/key_heads",
                "\(attention.keyHeadCount) key heads do not divide \(attention.valueHeadCount) value heads")
        case .latent, .sparseIndexed, .mamba2, .none: break
        }
    }

    private mutating func check(_ attention: Attention, at pointer: String) {
        guard !attention.headCount.isMultiple(of: attention.keyValueHeadCount) else { return }
        report(
            .architectureHeads, at: pointer + "/kv_heads",
            "\(attention.keyValueHeadCount) key and value heads do not divide \(attention.headCount) heads")
    }

    private mutating func checkWindow(
        _ tokens: Int, _ field: String, of architecture: Architecture, at pointer: String
    ) {
        guard let positions = architecture.maximumPosition, tokens >= positions else { return }
        report(
            .architectureWindow, at: pointer + "/" + field,
            "a \(field) of \(tokens) tokens never acts among \(positions) positions",
            hint: "such a layer is full attention")
    }
}
