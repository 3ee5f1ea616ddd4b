import Documents
package import Entities

extension Architecture {
    /// The layers one by one; nil when the pattern names a kind that is not there.
    private func expanded(_ names: [String]) -> [Layer]? {
        let layers = names.compactMap { layerKind($0)?.layer }
        return layers.count == names.count ? layers : nil
    }

    private var names: [String] {
        pattern.flatMap { run in Array(repeating: run.kinds, count: run.repeatCount).flatMap(\.self) }
    }

    /// True when the other is the same network layer by layer, whatever its kinds of layer are called.
    package func isSameNetwork(as other: Architecture) -> Bool {
        layerCount == other.layerCount && hiddenSize == other.hiddenSize
            && vocabularySize == other.vocabularySize && tiesEmbeddings == other.tiesEmbeddings
            && hasHeadBias == other.hasHeadBias && norm == other.norm && extras == other.extras
            && expanded(names) == other.expanded(other.names)
    }
}

extension Record {
    /// The architecture's record with the names and runs of a known one that means the same, so that an import
    /// of an unchanged network changes nothing.
    func keepingNames(of known: Architecture) -> Record {
        guard let own = Architecture(record: self), own.isSameNetwork(as: known) else { return self }
        var record = self
        var kinds: [(String, Value)] = []
        for kind in known.layerKinds {
            let name = own.layerKinds.first { $0.layer == kind.layer }?.name
            guard let value = name.flatMap({ self["layer_kinds"]?[$0] }) else { return self }
            kinds.append((kind.name, value))
        }
        if let extra = own.multiTokenPrediction, !extra.kinds.isEmpty {
            let places = extra.kinds.compactMap { name in
                own.layerKind(name).flatMap { kind in known.layerKinds.first { $0.layer == kind.layer }?.name
                }
            }
            guard places.count == extra.kinds.count else { return self }
            record["mtp"] = [
                "layers": Value(extra.layerCount), "of": .list(places.map(Value.text)),
            ]
        }
        record["layer_kinds"] = .record(Record(kinds))
        record["layer_pattern"] = .list(
            known.pattern.map { ["repeat": Value($0.repeatCount), "of": .list($0.kinds.map(Value.text))] })
        return record
    }
}
