package import Entities

/// A card with an engine on it: what sizing needs of both, taken from their facts once.
///
/// A class so that the many answers of a search share one.
package final class ServingCard: Sendable {
    package let accelerator: Accelerator
    package let engine: EngineProfile
    /// Bytes of the card that programs can use.
    package let usableBytes: Double
    /// Cards that share one machine's fast links.
    package let perNode: Int
    /// The engine's speed on this generation of cards, and whether it was fitted on the like.
    let speed: FittedProfile
    let isFitted: Bool
    /// Bytes a second from memory, and one way between cards.
    let bandwidth: Double
    let linkRate: Double
    /// Operations a second in sixteen bits; 0 where the card has none.
    let plainRate: Double
    private let eightBitRates: (float: Double?, integer: Double?)
    private let fourBitRate: Double?

    package init(_ accelerator: Accelerator, running engine: EngineProfile = .profile(.vllm)) {
        self.accelerator = accelerator
        self.engine = engine
        usableBytes = Double(accelerator.usableBytes)
        perNode = accelerator.maximumPerNode ?? 8
        (speed, isFitted) = FittedProfile.best(engine.engine, on: accelerator.architecture)
        bandwidth = Double(accelerator.bandwidthBytesPerSecond)
        let link =
            accelerator.interconnect?.bytesPerSecond ?? accelerator.pcie?.bytesPerSecond ?? 32_000_000_000
        linkRate = Double(link) / (accelerator.interconnect?.direction == .bidirectional ? 2 : 1)
        func rate(_ format: PeakRates.Format) -> Double? {
            accelerator.rates[format].map { Double($0.denseOperationsPerSecond) }
        }
        plainRate = rate(.bf16) ?? rate(.fp16) ?? 0
        eightBitRates = (rate(.fp8), rate(.int8))
        fourBitRate = rate(.fp4)
    }

    /// Whether its arithmetic is known, and so its speed.
    package var isRated: Bool { plainRate > 0 }

    /// Whether engines take the batches that they take on the cards of data centres.
    var isLarge: Bool { accelerator.memory.bytes >= 70 << 30 }

    /// Operations a second that a format multiplies at. Weight-only formats multiply in sixteen bits, and so does what a
    /// card has no units for: four-bit weights are widened before they are used.
    func rate(of format: WeightFormat) -> Double {
        switch format {
        case .plain(.fp8), .blockFP8: eightBitRates.float ?? plainRate
        case .plain(.int8): eightBitRates.integer ?? plainRate
        case .plain(.nvfp4), .plain(.mxfp4), .plain(.fp4): fourBitRate ?? plainRate
        default: plainRate
        }
    }

    /// What the engine takes of the card when it starts, whatever the load: it lays its cache out beforehand.
    package var reservedBytes: Double { usableBytes * engine.utilization }
}

extension Accelerator {
    /// What programs can use: as measured, else a little less than the label, as drivers and error correction leave it.
    ///
    /// Error correction takes a sixteenth of GDDR, which has none of its own; cards for players do without it.
    package var usableBytes: Int {
        if let measured = memory.usableBytes { return measured }
        if memory.isUnified { return memory.bytes * 3 / 4 }
        let lines = ["GeForce", "Radeon RX", "Arc A", "Arc B", "RTX 30", "RTX 40", "RTX 50"]
        let isForPlayers = lines.contains { name.contains($0) } && !name.contains("Ada")
        switch memory.technology {
        case .gddr5, .gddr6, .gddr6x, .gddr7: return Int(Double(memory.bytes) * (isForPlayers ? 0.98 : 0.925))
        case nil where isForPlayers: return Int(Double(memory.bytes) * 0.98)
        default: return Int(Double(memory.bytes) * 0.985)
        }
    }
}
