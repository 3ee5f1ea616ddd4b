import Entities

/// Operations of attention for one token over earlier ones: two for each product of a query with a key, and of a weight
/// with a value; by the layers that see equally far.
struct AttentionCost: Sendable, Hashable {
    /// Layers that look at no more than so many tokens.
    private struct Term: Sendable, Hashable {
        var operationsPerToken: Double
        var mostTokens: Double
    }

    private var terms: [Term] = []
    /// What does not depend on the context: linear attention and state spaces.
    private var constant = 0.0

    /// The cost of all layers; `uses` says how often each kind of layer occurs.
    init(of architecture: Architecture, uses: [Int]) {
        for (kind, count) in zip(architecture.layerKinds, uses) where count > 0 {
            add(kind.layer.mixer, times: Double(count))
        }
    }

    /// Operations for one token that comes after so many.
    func operations(context: Double) -> Double {
        terms.reduce(constant) { $0 + $1.operationsPerToken * min(context, $1.mostTokens) }
    }

    private mutating func add(_ mixer: Mixer, times count: Double) {
        switch mixer {
        case .full(let attention): add(count * attention.operationsPerToken)
        case .sliding(let attention, let window):
            add(count * attention.operationsPerToken, upTo: window)
        case .chunked(let attention, let chunk): add(count * attention.operationsPerToken, upTo: chunk)
        case .latent(let attention): add(count * attention.operationsPerToken)
        case .sparseIndexed(let indexer, let over):
            add(count * 2 * Double(indexer.headCount * indexer.headDimension))
            switch over {
            case .full(let attention): add(count * attention.operationsPerToken, upTo: indexer.pickedCount)
            case .latent(let attention): add(count * attention.operationsPerToken, upTo: indexer.pickedCount)
            }
        case .linear(let attention):
            constant +=
                count * 4
                * Double(attention.valueHeadCount * attention.keyDimension * attention.valueDimension)
        case .mamba2(let mamba):
            constant += count * 4 * Double(mamba.headCount * mamba.headDimension * mamba.stateSize)
        case .none: break
        }
    }

    private mutating func add(_ operations: Double, upTo tokens: Int? = nil) {
        let most = tokens.map(Double.init) ?? .infinity
        if let place = terms.firstIndex(where: { $0.mostTokens == most }) {
            terms[place].operationsPerToken += operations
        } else {
            terms.append(Term(operationsPerToken: operations, mostTokens: most))
        }
    }
}

extension Attention {
    fileprivate var operationsPerToken: Double {
        2 * Double(headCount * (headDimension + valueHeadDimension))
    }
}

extension LatentAttention {
    /// Queries meet the latent itself, which is key and value of all heads.
    fileprivate var operationsPerToken: Double {
        2 * Double(headCount * (2 * keyValueRank + ropeDimension))
    }
}
