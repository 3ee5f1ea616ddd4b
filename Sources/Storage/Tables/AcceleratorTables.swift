import Entities

/// The tables of accelerators.
enum AcceleratorTables {
    static let accelerators = Layout<Accelerator>(
        .accelerators, named: "accelerators", ownKey: 1, ending: .retired,
        [
            [
                .text("accelerator_id") { $0.id.text },
                .text("name") { $0.name },
                .word("vendor") { $0.vendor },
                .word("kind") { $0.kind },
                .text("architecture") { $0.architecture },
                .text("compute_capability") { $0.computeCapability },
                .word("form_factor") { $0.formFactor },
            ], memory, links,
            [
                .integer("bandwidth_bytes_per_second") { $0.bandwidthBytesPerSecond },
                .integer("power_watts") { $0.powerWatts },
                .integer("maximum_per_node") { $0.maximumPerNode },
                .partialDate("released") { $0.released },
            ], Column.status { $0.status }, [.source { $0.source }],
        ])

    private static let memory: [Column<Accelerator>] = [
        .integer("memory_bytes") { $0.memory.bytes },
        .number("memory_marketing_gb") { $0.memory.marketingGB },
        .integer("memory_usable_bytes") { $0.memory.usableBytes },
        .word("memory_type") { $0.memory.technology },
        .flag("memory_is_unified") { $0.memory.isUnified },
        .text("memory_note") { $0.memory.note },
    ]

    private static let links: [Column<Accelerator>] = [
        .word("interconnect_kind") { $0.interconnect?.kind },
        .text("interconnect_generation") { $0.interconnect?.generation },
        .integer("interconnect_bytes_per_second") { $0.interconnect?.bytesPerSecond },
        .word("interconnect_direction") { $0.interconnect?.direction },
        .integer("interconnect_domain_size") { $0.interconnect?.domainSize },
        .integer("pcie_generation") { $0.pcie?.generation },
        .integer("pcie_lanes") { $0.pcie?.laneCount },
        .integer("pcie_bytes_per_second") { $0.pcie?.bytesPerSecond },
    ]

    static let names = Layout<LookupName>(
        .acceleratorNames, named: "accelerator_names", owner: accelerators.schema, of: .accelerators,
        ownKey: 1, [LookupName.columns])

    static let rates = Layout<AcceleratorRate>(
        .acceleratorRates, named: "accelerator_rates", owner: accelerators.schema, of: .accelerators,
        ownKey: 1,
        [
            [
                .word("format") { $0.format },
                .integer("dense_operations_per_second") { $0.rate.denseOperationsPerSecond },
                .integer("sparse_operations_per_second") { $0.rate.sparseOperationsPerSecond },
                .source { $0.rate.source },
            ]
        ])
}

/// What an accelerator computes in one number format.
struct AcceleratorRate {
    let format: PeakRates.Format
    let rate: PeakRate

    /// The formats that are stated, in the order of their names.
    static func all(_ rates: PeakRates) -> [AcceleratorRate] {
        PeakRates.Format.allCases.compactMap { format in
            rates[format].map { AcceleratorRate(format: format, rate: $0) }
        }.sorted { $0.format.rawValue < $1.format.rawValue }
    }
}
