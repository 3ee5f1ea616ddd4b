package import Entities

/// Whether a workload fits a card, judged by the whole range of what it may need.
package enum FitVerdict: String, Sendable, Comparable, CaseIterable {
    /// Even the high end is below what programs can use.
    case fits
    /// The point is, the high end is not.
    case tight
    case no

    package init(_ needed: Estimate, usableBytes: Double) {
        self = needed.high < usableBytes ? .fits : needed.point < usableBytes ? .tight : .no
    }

    package static func < (left: FitVerdict, right: FitVerdict) -> Bool {
        allCases.firstIndex(of: left) ?? 0 < allCases.firstIndex(of: right) ?? 0
    }
}

/// Why a model cannot be laid out over cards in a way.
package struct PlacementFault: Error, Sendable, Hashable {
    package let reason: String

    package init(_ reason: String) { self.reason = reason }
}

extension Layout {
    /// What keeps an architecture from being cut so; nil when nothing does.
    ///
    /// Heads are cut into equal parts; where there are fewer key and value heads than ranks they are held several times,
    /// which must come out even. Experts that are spread whole divide too; engines pad vocabularies and widths. Stages
    /// hold whole layers.
    package func fault(for architecture: Architecture) -> PlacementFault? {
        guard tensorRanks > 0, pipelineStages > 0, expertRanks > 0, replicas > 0 else {
            return PlacementFault("every number of a layout is at least 1")
        }
        if pipelineStages > architecture.layerCount {
            return PlacementFault("\(pipelineStages) stages for \(architecture.layerCount) layers")
        }
        if expertRanks != tensorRanks, let mixture = architecture.widestMixture,
            mixture.expertCount % expertRanks != 0
        {
            return PlacementFault("\(mixture.expertCount) experts do not divide by \(expertRanks)")
        }
        guard tensorRanks > 1 else { return nil }
        for kind in architecture.layerKinds {
            guard let heads = kind.layer.mixer.heads else { continue }
            if heads.queries % tensorRanks != 0 {
                return PlacementFault("\(heads.queries) heads do not divide by \(tensorRanks)")
            }
            let keys = heads.keys
            if keys % tensorRanks != 0, tensorRanks % keys != 0 {
                return PlacementFault(
                    "\(keys) key and value heads neither divide by \(tensorRanks) nor into it")
            }
        }
        return nil
    }

    /// The layouts of so many cards for one replica that an architecture can be cut into, most tensor ranks first.
    package static func all(of cards: Int, for architecture: Architecture, perNode: Int = 8) -> [Layout] {
        (1...max(1, cards)).reversed().compactMap { ranks in
            guard cards % ranks == 0, ranks <= perNode else { return nil }
            let layout = Layout(tensorRanks: ranks, pipelineStages: cards / ranks)
            return layout.fault(for: architecture) == nil ? layout : nil
        }
    }

    /// The number of cards nearest to one that an architecture can be cut over; ties go to the smaller.
    package static func nearestCount(to cards: Int, for architecture: Architecture, perNode: Int = 8) -> Int {
        for distance in 0...max(cards, 64) {
            for count in [cards - distance, cards + distance] where count >= 1 {
                if !all(of: count, for: architecture, perNode: perNode).isEmpty { return count }
            }
        }
        return 1
    }
}

extension Mixer {
    /// Query heads, and heads of keys and values, where tensor parallelism cuts them.
    fileprivate var heads: (queries: Int, keys: Int)? {
        switch self {
        case .full(let attention), .sliding(let attention, _), .chunked(let attention, _),
            .sparseIndexed(_, .full(let attention)):
            (attention.headCount, attention.keyValueHeadCount)
        case .latent(let attention), .sparseIndexed(_, .latent(let attention)):
            (attention.headCount, attention.headCount)
        case .linear(let attention): (attention.valueHeadCount, attention.keyHeadCount)
        case .mamba2(let mamba): (mamba.headCount, mamba.groupCount)
        case .none: nil
        }
    }
}
