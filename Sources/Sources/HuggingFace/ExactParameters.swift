import Diagnostics
package import Documents
package import Entities
import Text

/// Parameters counted over an architecture, each group by itself.
package struct ExactParameters: Sendable, Hashable {
    /// The main model with its towers, without extra layers; nil when a tower is of unknown size.
    package var total: Int?
    /// The main model without its towers.
    package var languageModel: Int
    package var active: Int
    package var embedding: Int
    /// The vision tower with its projector; nil when there is none.
    package var vision: Int?
    /// The extra prediction layers as checkpoints store them; nil when there are none or their form is unknown.
    package var multiTokenPrediction: Int?
    /// What the count of extra layers takes for granted.
    package var multiTokenPredictionNote: String?

    init?(_ architecture: Architecture, extraLayers: ExtraLayers?) {
        var languageModel = architecture
        languageModel.vision = nil
        languageModel.audio = nil
        guard let count = languageModel.parameterCount else { return nil }
        total = architecture.parameterCount?.total
        self.languageModel = count.total
        active = count.active
        embedding = count.embedding
        vision = architecture.vision?.parameterCount
        guard let extraLayers, let kinds = architecture.multiTokenPrediction?.kinds, !kinds.isEmpty else {
            return
        }
        let hidden = Int128(architecture.hiddenSize)
        let layers = kinds.compactMap { architecture.parameterCount(ofKind: $0) }
        guard layers.count == kinds.count else { return }
        // A projection of two hidden states to one, a norm for either and one behind the layer.
        let layer = layers.reduce(2 * hidden * hidden + 3 * hidden) { $0 + Int128($1) }
        let times = Int128(extraLayers.count)
        switch extraLayers.frame {
        case .sharedEmbedding:
            multiTokenPrediction = Int(exactly: times * layer)
            multiTokenPredictionNote =
                "Layer with its projection and norms; embedding and output matrix are shared"
        case .ownEmbedding:
            let copies = 2 * Int128(architecture.vocabularySize) * hidden
            multiTokenPrediction = Int(exactly: times * (layer + copies))
            multiTokenPredictionNote =
                "Layer with its projection and norms and its own copies of embedding and output matrix"
        case .unknown: break
        }
    }
}

extension Architecture {
    /// The architecture of a record without a source.
    package init?(record: Record) {
        var record = record
        // The source has no say in the shape and is the caller's to add.
        if record["source"] == nil { record["source"] = ["kind": "config_json", "checked_on": "2000-01-01"] }
        var reader = JSONReader()
        var document = Document()
        var keys = Interner()
        var findings: [Diagnostic] = []
        let bytes = Array(Value.record(record).json.utf8)
        guard reader.read(bytes, path: "", into: &document, keys: &keys, findings: &findings) else {
            return nil
        }
        self.init(document)
    }
}
