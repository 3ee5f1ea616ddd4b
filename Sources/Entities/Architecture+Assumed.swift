import Diagnostics
import Documents
import Text

extension Architecture {
    /// A plain network with about so many parameters, for sizing a model of which nothing else is known.
    ///
    /// Depth by size as today's models have it, width from 12·layers·width² parameters, an eighth as many heads for keys
    /// and values as for queries. Nil for numbers that no model has. What is reckoned from it is an assumption.
    package static func assumed(parameterCount: Int) -> Architecture? {
        guard (1_000_000...10_000_000_000_000).contains(parameterCount) else { return nil }
        let billions = Double(parameterCount) / 1e9
        let layers = billions >= 60 ? 80 : billions >= 30 ? 64 : billions >= 12 ? 48 : 32
        let width = (Double(parameterCount) / (12 * Double(layers))).squareRoot()
        let hidden = max(128, Int((width / 128).rounded()) * 128)
        let heads = hidden / 128
        let keys = (1...heads).first { heads % $0 == 0 && $0 * 8 >= heads } ?? heads
        let vocabulary = 128_000
        let attention = hidden * hidden * 2 + 2 * hidden * keys * 128
        let rest = parameterCount - 2 * vocabulary * hidden - layers * (attention + 2 * hidden)
        let inner = max(hidden, rest / (3 * hidden * layers))
        let text = """
            {"type": "dense", "layers": \(layers), "hidden_size": \(hidden), "vocab_size": \(vocabulary),
             "tie_embeddings": false, "layer_kinds": {"dense": {"norm_count": 2,
               "mixer": {"kind": "full", "heads": \(heads), "kv_heads": \(keys), "head_dim": 128},
               "ffn": {"kind": "gated", "intermediate_size": \(inner)}}},
             "layer_pattern": [{"repeat": \(layers), "of": ["dense"]}],
             "source": {"kind": "estimated", "checked_on": "2000-01-01"}}
            """
        var document = Document()
        var keysInterned = Interner()
        var findings: [Diagnostic] = []
        var reader = JSONReader()
        guard
            reader.read(Array(text.utf8), path: "", into: &document, keys: &keysInterned, findings: &findings)
        else {
            return nil
        }
        return Architecture(document)
    }
}
