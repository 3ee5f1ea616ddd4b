/// How a model is laid out over cards.
package struct Layout: Sendable, Hashable {
    /// Cards that share each matrix.
    package var tensorRanks: Int
    /// Groups of such cards that each hold everything but the routed experts, and serve a part of the sequences; the
    /// experts are spread whole over all of them (attention in parallel over data, experts in parallel).
    package var dataRanks: Int
    /// Groups of layers one behind the other.
    package var pipelineStages: Int
    package var replicas: Int

    package init(tensorRanks: Int = 1, dataRanks: Int = 1, pipelineStages: Int = 1, replicas: Int = 1) {
        self.tensorRanks = tensorRanks
        self.dataRanks = dataRanks
        self.pipelineStages = pipelineStages
        self.replicas = replicas
    }

    package var cardCount: Int { expertRanks * pipelineStages * replicas }

    /// Cards over which the routed experts of a layer are cut or spread.
    package var expertRanks: Int { tensorRanks * dataRanks }

    /// The sequences that the fullest of the groups serves of so many.
    func sequencesPerGroup(of sequences: Int) -> Int { (sequences + dataRanks - 1) / dataRanks }

    /// The share of so many layers that the fullest stage holds.
    func stageShare(of layers: Int) -> Double {
        guard pipelineStages > 1 else { return 1 }
        return Double((layers + pipelineStages - 1) / pipelineStages) / Double(max(1, layers))
    }
}

/// Why a model cannot be laid out over cards in a way.
package struct PlacementFault: Error, Sendable, Hashable {
    package let reason: String

    package init(_ reason: String) { self.reason = reason }
}

extension Layout {
    /// What keeps a model from being cut so; nil when nothing does.
    ///
    /// Heads are cut into equal parts; where there are fewer key and value heads than ranks they are held several times,
    /// which must come out even. Experts that are spread whole divide too; engines pad vocabularies and widths. Stages
    /// hold whole layers.
    package func fault(for model: ModelFootprint) -> PlacementFault? {
        guard tensorRanks > 0, dataRanks > 0, pipelineStages > 0, replicas > 0 else {
            return PlacementFault("every number of a layout is at least 1")
        }
        if pipelineStages > model.layerCount {
            return PlacementFault("\(pipelineStages) stages for \(model.layerCount) layers")
        }
        if dataRanks > 1 {
            guard model.expertCount > 0 else {
                return PlacementFault("the model has no experts to spread; serve it in replicas instead")
            }
            if model.expertCount % expertRanks != 0 {
                return PlacementFault("\(model.expertCount) experts do not divide by \(expertRanks)")
            }
        }
        guard tensorRanks > 1 else { return nil }
        for heads in model.heads {
            if heads.queries % tensorRanks != 0 {
                return PlacementFault("\(heads.queries) heads do not divide by \(tensorRanks)")
            }
            if heads.keys % tensorRanks != 0, tensorRanks % heads.keys != 0 {
                return PlacementFault(
                    "\(heads.keys) key and value heads neither divide by \(tensorRanks) nor into it")
            }
        }
        return nil
    }

    /// The layouts of so many cards for one replica that a model can be cut into, most tensor ranks first.
    ///
    /// Ranks that exchange in every layer stand in one machine; stages reach over machines. llama.cpp does not spread
    /// experts.
    package static func all(of cards: Int, for model: ModelFootprint, on card: ServingCard) -> [Layout] {
        var layouts: [Layout] = []
        let mostGroups = card.engine.engine == .llamaCPP || model.expertCount == 0 ? 1 : card.perNode
        for ranks in stride(from: min(cards, card.perNode), through: 1, by: -1) where cards % ranks == 0 {
            for groups in 1...max(1, mostGroups / ranks) where cards / ranks % groups == 0 {
                let layout = Layout(
                    tensorRanks: ranks, dataRanks: groups, pipelineStages: cards / ranks / groups)
                if layout.fault(for: model) == nil { layouts.append(layout) }
            }
        }
        return layouts
    }

    /// The number of cards nearest to one that a model can be cut over; ties go to the smaller.
    package static func nearestCount(
        to cards: Int, for model: ModelFootprint, on card: ServingCard
    ) -> Int {
        for distance in 0...max(cards, 64) {
            for count in [cards - distance, cards + distance] where count >= 1 {
                if !all(of: count, for: model, on: card).isEmpty { return count }
            }
        }
        return 1
    }
}
