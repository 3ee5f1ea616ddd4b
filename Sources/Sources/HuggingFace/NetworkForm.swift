import Documents

/// One layer of a decoded network in the registry's words.
struct LayerForm: Hashable {
    var mixer: Record
    var feedForward: Record
    var normCount: Int

    init(_ mixer: Record, _ feedForward: Record, norms: Int = 2) {
        self.mixer = mixer
        self.feedForward = feedForward
        normCount = norms
    }

    fileprivate var mixerName: String {
        switch mixer["kind"]?.text ?? "" {
        case "mamba2": "mamba"
        case "mla": "latent"
        case "sparse_indexed": "sparse"
        case let kind: kind
        }
    }

    fileprivate var feedForwardName: String {
        feedForward["kind"] == "moe" ? "moe" : "dense"
    }

    fileprivate var hasMixer: Bool { mixer["kind"] != "none" }
    fileprivate var hasFeedForward: Bool { feedForward["kind"] != "none" }
}

/// What the extra layers that predict further tokens are made of.
struct ExtraLayers {
    /// Weights of a checkpoint's extra layers besides the layer itself.
    enum Frame {
        /// Projection of two hidden states to one and three norms; embedding and output matrix are the model's.
        case sharedEmbedding
        /// The same with copies of the embedding and the output matrix.
        case ownEmbedding
        /// Not known; nothing is counted.
        case unknown
    }

    var count: Int
    /// The layers of each extra layer in order; empty when unknown.
    var of: [LayerForm]
    var frame: Frame
}

/// A decoded network, layer by layer.
struct NetworkForm {
    var hiddenSize: Int
    var vocabularySize: Int
    var tiesEmbeddings: Bool
    var hasHeadBias = false
    var maximumPosition: Int?
    var norm: String?
    var layers: [LayerForm]
    var extraLayers: ExtraLayers?
    var vision: Record?
    var audio: Record?
    var extras: [(name: String, count: Int)] = []
    var rope: Record?

    /// The distinct layers in order of appearance, named for what tells them apart.
    private var kinds: [(name: String, layer: LayerForm)] {
        var distinct: [LayerForm] = []
        var seen: Set<LayerForm> = []
        for layer in layers + (extraLayers?.of ?? []) where seen.insert(layer).inserted {
            distinct.append(layer)
        }
        let complete = distinct.filter { $0.hasMixer && $0.hasFeedForward }
        let mixersDiffer = Set(complete.map(\.mixerName)).count > 1
        let feedForwardsDiffer = Set(complete.map(\.feedForwardName)).count > 1
        var uses: [String: Int] = [:]
        return distinct.map { layer in
            let name: String
            switch (layer.hasMixer, layer.hasFeedForward) {
            case (false, _): name = layer.feedForwardName == "moe" ? "moe" : "mlp"
            case (true, false): name = layer.mixerName == "full" ? "attention" : layer.mixerName
            case (true, true):
                name =
                    mixersDiffer && feedForwardsDiffer
                    ? layer.mixerName + "-" + layer.feedForwardName
                    : mixersDiffer ? layer.mixerName : layer.feedForwardName
            }
            uses[name, default: 0] += 1
            let use = uses[name, default: 1]
            return (use == 1 ? name : "\(name)-\(use)", layer)
        }
    }

    private var family: String {
        let mixers = Set(layers.map(\.mixerName))
        let hasState = mixers.contains("linear") || mixers.contains("mamba")
        if hasState { return mixers.isSubset(of: ["linear", "mamba", "none"]) ? "ssm" : "hybrid" }
        return layers.contains { $0.feedForward["kind"] == "moe" } ? "moe" : "dense"
    }

    /// The network as the registry's record, without its source.
    func record(huggingFaceClass: String?, modelType: String?, precision: Record?) throws(ConfigFault)
        -> Record
    {
        let kinds = kinds
        guard kinds.count <= 16 else {
            throw ConfigFault(nil, "\(kinds.count) kinds of layer; the registry's form has at most 16")
        }
        let names = Dictionary(uniqueKeysWithValues: kinds.map { ($0.layer, $0.name) })
        let pattern = LayerRuns.shortest(layers.map { names[$0] ?? "" })
        let kindRecords = kinds.map { kind in
            (
                kind.name,
                Value.record(
                    Record([
                        ("mixer", .record(kind.layer.mixer)), ("ffn", .record(kind.layer.feedForward)),
                        ("norm_count", Value(kind.layer.normCount)),
                    ]))
            )
        }
        let extra = extraLayers.map { extra in
            Record(known: [
                "layers": Value(extra.count),
                "of": extra.of.isEmpty ? nil : .list(extra.of.map { .text(names[$0] ?? "") }),
            ])
        }
        return Record(known: [
            "type": .text(family), "hf_architecture": huggingFaceClass.map(Value.text),
            "hf_model_type": modelType.map(Value.text), "layers": Value(layers.count),
            "hidden_size": Value(hiddenSize), "vocab_size": Value(vocabularySize),
            "tie_embeddings": .flag(tiesEmbeddings), "head_bias": hasHeadBias ? true : nil,
            "max_position": maximumPosition.map { Value($0) }, "norm": norm.map(Value.text),
            "layer_kinds": .record(Record(kindRecords)),
            "layer_pattern": .list(
                pattern.map { run in
                    ["repeat": Value(run.repeatCount), "of": .list(run.kinds.map(Value.text))]
                }),
            "mtp": extra.map(Value.record), "vision": vision.map(Value.record),
            "audio": audio.map(Value.record),
            "extras": extras.isEmpty
                ? nil : .list(extras.map { ["name": .text($0.name), "parameters": Value($0.count)] }),
            "rope": rope.map(Value.record), "native_precision": precision.map(Value.record),
        ])
    }
}

/// A sequence of names as runs of repeated sequences.
enum LayerRuns {
    /// Takes at each place the repetition that covers most, of those the shortest; what repeats nothing joins one run.
    static func shortest(_ names: [String]) -> [(repeatCount: Int, kinds: [String])] {
        var runs: [(repeatCount: Int, kinds: [String])] = []
        var isOpen = false
        var place = 0
        while place < names.count {
            var best = (covered: 0, width: 1)
            for width in 1...16 where place + width <= names.count {
                let sequence = names[place..<place + width]
                var end = place + width
                while end + width <= names.count, names[end..<end + width] == sequence { end += width }
                let covered = end - place
                if covered > width || width == 1, covered > best.covered { best = (covered, width) }
            }
            let kinds = Array(names[place..<place + best.width])
            if best.covered == 1, isOpen {
                runs[runs.count - 1].kinds += kinds
            } else {
                runs.append((best.covered / best.width, kinds))
            }
            isOpen = best.covered == 1
            place += best.covered
        }
        return runs
    }
}
