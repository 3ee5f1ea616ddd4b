package import Text

/// What a GPU, TPU or NPU is: memory, bandwidth, arithmetic rates, links and power.
package struct Accelerator: Sendable, Hashable {
    /// Its id in the registry: `h100-sxm`.
    package typealias ID = Identifier<Accelerator>

    /// Who makes it.
    package enum Vendor: String, Sendable, CaseIterable {
        case nvidia, amd, intel, google, amazon, apple, huawei, qualcomm, cerebras, groq, sambanova,
            tenstorrent
        case other
    }

    /// What sort of accelerator it is.
    package enum Kind: String, Sendable, CaseIterable {
        case gpu, tpu, npu, soc
    }

    /// How it is built in.
    package enum FormFactor: String, Sendable, CaseIterable {
        case sxm, pcie, oam, superchip, soc, board
    }

    package var id: ID
    package var name: String
    package var vendor: Vendor
    package var kind: Kind
    package var aliases: [Alias]
    /// The chip generation.
    package var architecture: String?
    /// Of CUDA: `9.0`.
    package var computeCapability: String?
    package var formFactor: FormFactor?
    package var memory: Memory
    /// Peak memory bandwidth.
    package var bandwidthBytesPerSecond: Int
    package var rates: PeakRates
    package var interconnect: Interconnect?
    package var pcie: PCIeLink?
    /// Rated power.
    package var powerWatts: Int?
    /// Accelerators in the usual machine.
    package var maximumPerNode: Int?
    package var released: CalendarDate?
    package var status: Status
    package var source: Source
}

extension Accelerator: FieldsReadable {
    init?(_ fields: Fields) {
        guard let id = fields.text("id"), let name = fields.text("name"),
            let vendor: Vendor = fields.word("vendor"), let kind: Kind = fields.word("kind"),
            let memory: Memory = fields.part("memory"),
            let bandwidth = fields.integer("bandwidth_bytes_per_s"),
            let status: Status = fields.part("status"), let source: Source = fields.part("source")
        else { return nil }
        self.id = ID(id)
        self.name = name
        self.vendor = vendor
        self.kind = kind
        aliases = fields.parts("aliases")
        architecture = fields.text("architecture")
        computeCapability = fields.text("compute_capability")
        formFactor = fields.word("form_factor")
        self.memory = memory
        bandwidthBytesPerSecond = bandwidth
        rates = fields.part("flops") ?? PeakRates()
        interconnect = fields.part("interconnect")
        pcie = fields.part("pcie")
        powerWatts = fields.integer("power_w")
        maximumPerNode = fields.integer("max_per_node")
        released = fields.date("released")
        self.status = status
        self.source = source
    }
}

/// The memory on a device.
package struct Memory: Sendable, Hashable, FieldsReadable {
    /// The memory technology.
    package enum Technology: String, Sendable, CaseIterable {
        case hbm2, hbm2e, hbm3, hbm3e, hbm4, gddr5, gddr6, gddr6x, gddr7, lpddr4x, lpddr5, lpddr5x, ddr5, sram
    }

    package var bytes: Int
    /// The number on the label.
    package var marketingGB: Number?
    /// What the driver reports as usable.
    package var usableBytes: Int?
    package var technology: Technology?
    /// The memory is the host's own and shared with it.
    package var isUnified: Bool
    package var note: String?

    init?(_ fields: Fields) {
        guard let bytes = fields.integer("bytes") else { return nil }
        self.bytes = bytes
        marketingGB = fields.number("marketing_gb")
        usableBytes = fields.integer("usable_bytes")
        technology = fields.word("type")
        isUnified = fields.flag("unified")
        note = fields.text("note")
    }
}

/// Peak operations a second by number format.
package struct PeakRates: Sendable, Hashable, FieldsReadable {
    /// A number format.
    package enum Format: String, Sendable, CaseIterable {
        case fp64, fp32, tf32, bf16, fp16, fp8, int8, fp6, fp4, int4
    }

    package var fp64, fp32, tf32, bf16, fp16, fp8, int8, fp6, fp4, int4: PeakRate?

    /// No rate is known.
    init() {}

    init?(_ fields: Fields) {
        fp64 = fields.part("fp64")
        fp32 = fields.part("fp32")
        tf32 = fields.part("tf32")
        bf16 = fields.part("bf16")
        fp16 = fields.part("fp16")
        fp8 = fields.part("fp8")
        int8 = fields.part("int8")
        fp6 = fields.part("fp6")
        fp4 = fields.part("fp4")
        int4 = fields.part("int4")
    }

    package subscript(format: Format) -> PeakRate? {
        switch format {
        case .fp64: fp64
        case .fp32: fp32
        case .tf32: tf32
        case .bf16: bf16
        case .fp16: fp16
        case .fp8: fp8
        case .int8: int8
        case .fp6: fp6
        case .fp4: fp4
        case .int4: int4
        }
    }
}

/// Peak operations a second of one number format.
package struct PeakRate: Sendable, Hashable, FieldsReadable {
    package var denseOperationsPerSecond: Int
    /// With structured sparsity; nil when unknown or not offered.
    package var sparseOperationsPerSecond: Int?
    package var source: Source?

    init?(_ fields: Fields) {
        guard let dense = fields.integer("dense") else { return nil }
        denseOperationsPerSecond = dense
        sparseOperationsPerSecond = fields.integer("sparse")
        source = fields.part("source")
    }
}

/// The link between the accelerators of one machine.
package struct Interconnect: Sendable, Hashable, FieldsReadable {
    /// What the link is made with.
    package enum Kind: String, Sendable, CaseIterable {
        case nvlink
        case nvlinkBridge = "nvlink_bridge"
        case infinityFabric = "infinity_fabric"
        case ici, neuronlink, roce
        case xeLink = "xe_link"
        case pcie
    }

    /// What a bandwidth counts.
    package enum Direction: String, Sendable, CaseIterable {
        case unidirectional
        /// Both directions together.
        case bidirectional
    }

    package var kind: Kind
    package var generation: String?
    /// Of one accelerator over all its links, in the direction stated.
    package var bytesPerSecond: Int?
    package var direction: Direction?
    /// Accelerators that the link joins at full speed.
    package var domainSize: Int?

    init?(_ fields: Fields) {
        guard let kind: Kind = fields.word("kind") else { return nil }
        self.kind = kind
        generation = fields.text("generation")
        bytesPerSecond = fields.integer("bytes_per_s")
        direction = fields.word("direction")
        domainSize = fields.integer("domain")
    }
}

/// The link to the host.
package struct PCIeLink: Sendable, Hashable, FieldsReadable {
    package var generation: Int?
    package var laneCount: Int?
    /// Of one direction.
    package var bytesPerSecond: Int?

    init?(_ fields: Fields) {
        generation = fields.integer("generation")
        laneCount = fields.integer("lanes")
        bytesPerSecond = fields.integer("bytes_per_s")
    }
}
