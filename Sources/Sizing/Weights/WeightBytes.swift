package import Entities

/// The bytes that the weights of a network take in a format, summed up by how layouts treat them.
///
/// Worked out once for a network and a format; what a rank of any layout holds is then a matter of a few divisions.
package struct WeightBytes: Sendable, Hashable {
    /// Bytes that tensor parallelism cuts, and bytes that every rank holds whole.
    private struct Split: Sendable, Hashable {
        var cut = 0.0
        var whole = 0.0

        mutating func add(_ bytes: Double, of role: TensorRole) {
            if role.isCutByTensorParallelism { cut += bytes } else { whole += bytes }
        }

        func perRank(_ layout: Layout) -> Double { cut / Double(layout.tensorRanks) + whole }
    }

    /// The whole model, each weight once.
    package private(set) var total = 0.0
    private var routed = 0.0
    /// The parameters of all routed experts.
    package private(set) var routedParameters = 0.0
    /// What stands in the layers, without the routed experts.
    private var inLayers = Split()
    /// What stands outside of the layers: embedding, output matrix, towers; and the largest of them.
    private var outside = Split()
    private var largestOutside = Split()
    /// What no decoding step reads: an embedding that is looked up in, and towers.
    private var unread = Split()

    /// The bytes of an architecture's weights in a format; nil where its parameters cannot be counted.
    ///
    /// `fixed` are roles that are stored otherwise. Linear in the layers.
    package init?(
        of architecture: Architecture, as format: WeightFormat, fixed: [TensorRole: WeightFormat] = [:]
    ) {
        guard let groups = architecture.tensorGroups else { return nil }
        for group in groups {
            // llama.cpp keeps encoders of images and sound in a file of their own.
            if case .gguf = format, group.role == .tower { continue }
            let used = fixed[group.role] ?? format
            let bits = used.bits(
                of: group.role, layer: group.layer, of: architecture.layerCount, in: architecture)
            let bytes = Double(group.parameterCount) * bits / 8
            total += bytes
            if group.role.isRoutedExpert {
                routed += bytes
                routedParameters += Double(group.parameterCount)
            } else if group.layer != nil {
                inLayers.add(bytes, of: group.role)
            } else {
                outside.add(bytes, of: group.role)
                if group.role.isCutByTensorParallelism {
                    largestOutside.cut = max(largestOutside.cut, bytes)
                } else {
                    largestOutside.whole = max(largestOutside.whole, bytes)
                }
            }
            if group.role == .tower || group.role == .embedding && !architecture.tiesEmbeddings {
                unread.add(bytes, of: group.role)
            }
        }
    }

    /// What one rank of a layout without stages holds.
    package func perRank(_ layout: Layout) -> Double {
        inLayers.perRank(layout) + outside.perRank(layout) + routedPerRank(layout)
    }

    /// The routed experts on one rank: cut like other matrices, or spread whole over all groups of ranks.
    package func routedPerRank(_ layout: Layout) -> Double { routed / Double(layout.expertRanks) }

    /// What a rank reads in every decoding step: all but the routed experts and what no step reads.
    package func steadyPerRank(_ layout: Layout) -> Double {
        inLayers.perRank(layout) + outside.perRank(layout) - unread.perRank(layout)
    }

    /// What the fullest rank of a layout holds: the embedding stands on the first stage, the output matrix on the last.
    ///
    /// `looksUpOnHost` is true for engines that keep an embedding in the host's memory when no step multiplies with it.
    package func fullestRank(_ layout: Layout, layers: Int, looksUpOnHost: Bool = false) -> Double {
        let away = looksUpOnHost ? unread.perRank(layout) : 0
        guard layout.pipelineStages > 1 else { return perRank(layout) - away }
        let ends = max(largestOutside.cut / Double(layout.tensorRanks), largestOutside.whole)
        return (inLayers.perRank(layout) + routedPerRank(layout)) * layout.stageShare(of: layers) + ends
    }
}
