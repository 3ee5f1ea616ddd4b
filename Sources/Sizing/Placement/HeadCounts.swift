import Entities

/// Query heads, and heads of keys and values, of layers that tensor parallelism cuts.
struct HeadCounts: Sendable, Hashable {
    let queries: Int
    let keys: Int

    /// The heads of an architecture's layer kinds, each pair once.
    static func all(of architecture: Architecture) -> [HeadCounts] {
        var found: [HeadCounts] = []
        for kind in architecture.layerKinds {
            guard let heads = kind.layer.mixer.heads, !found.contains(heads) else { continue }
            found.append(heads)
        }
        return found
    }
}

extension Mixer {
    /// Nil where there are none.
    fileprivate var heads: HeadCounts? {
        switch self {
        case .full(let attention), .sliding(let attention, _), .chunked(let attention, _),
            .sparseIndexed(_, .full(let attention)):
            HeadCounts(queries: attention.headCount, keys: attention.keyValueHeadCount)
        case .latent(let attention), .sparseIndexed(_, .latent(let attention)):
            HeadCounts(queries: attention.headCount, keys: attention.headCount)
        case .linear(let attention):
            HeadCounts(queries: attention.valueHeadCount, keys: attention.keyHeadCount)
        case .mamba2(let mamba): HeadCounts(queries: mamba.headCount, keys: mamba.groupCount)
        case .none: nil
        }
    }
}
