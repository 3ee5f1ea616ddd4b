package import Entities

/// The bytes that weights take, in all and on the fullest rank.
package struct WeightBytes: Sendable, Hashable {
    /// The whole model, each weight once.
    package var total: Double
    /// What one rank of a tensor-parallel group holds; the experts cut by `expertRanks`.
    package var perRank: Double
    /// The routed experts among `perRank`.
    package var routedPerRank: Double
    /// What stands outside of the layers among `perRank`: embedding, output matrix, towers; and the largest of them.
    package var outsidePerRank: Double
    private var largestOutside: Double

    /// Bytes of every group in a format; `tensorRanks` cut the matrices, `expertRanks` the routed experts.
    ///
    /// Linear in the groups.
    package init(
        _ groups: [TensorGroup], as format: WeightFormat, of architecture: Architecture, tensorRanks: Int = 1,
        expertRanks: Int? = nil, fixed: [TensorRole: WeightFormat] = [:]
    ) {
        total = 0
        perRank = 0
        routedPerRank = 0
        outsidePerRank = 0
        largestOutside = 0
        let experts = expertRanks ?? tensorRanks
        for group in groups {
            let used = fixed[group.role] ?? format
            let bits = used.bits(
                of: group.role, layer: group.layer, of: architecture.layerCount, in: architecture)
            let bytes = Double(group.parameterCount) * bits / 8
            if group.layer == nil {
                let held = group.role.isCutByTensorParallelism ? bytes / Double(tensorRanks) : bytes
                outsidePerRank += held
                largestOutside = max(largestOutside, held)
            }
            total += bytes
            if group.role.isRoutedExpert {
                perRank += bytes / Double(experts)
                routedPerRank += bytes / Double(experts)
            } else if group.role.isCutByTensorParallelism {
                perRank += bytes / Double(tensorRanks)
            } else {
                perRank += bytes
            }
        }
    }

    /// The bytes of the fullest of so many stages of whole layers: the embedding stands on the first, the output on the last.
    package func fullestStage(of stages: Int, layers: Int) -> Double {
        guard stages > 1 else { return perRank }
        let share = Double((layers + stages - 1) / stages) / Double(max(1, layers))
        return (perRank - outsidePerRank) * share + largestOutside
    }
}
