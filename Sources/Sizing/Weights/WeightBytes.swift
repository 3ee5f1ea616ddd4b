package import Entities

/// The bytes that weights take, in all and on the fullest rank.
package struct WeightBytes: Sendable, Hashable {
    /// The whole model, each weight once.
    package var total: Double
    /// What one rank of a tensor-parallel group holds; the experts cut by `expertRanks`.
    package var perRank: Double
    /// The routed experts among `perRank`.
    package var routedPerRank: Double

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
        let experts = expertRanks ?? tensorRanks
        for group in groups {
            let used = fixed[group.role] ?? format
            let bits = used.bits(
                of: group.role, layer: group.layer, of: architecture.layerCount, in: architecture)
            let bytes = Double(group.parameterCount) * bits / 8
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
}
