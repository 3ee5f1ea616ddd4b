package import Entities

/// The class of machine that a model asks for, by its memory at eight bits under the reference load.
package enum Tier: String, Sendable, CaseIterable {
    case consumer, workstation, infrastructure

    /// Bounds in gigabytes (10⁹ bytes): below the first consumer, up to and with the second workstation.
    package struct Bounds: Sendable {
        package var consumer: Double
        package var workstation: Double

        package init(consumer: Double = 24, workstation: Double = 80) {
            self.consumer = consumer
            self.workstation = workstation
        }
    }

    package init(gigabytes: Double, bounds: Bounds = Bounds()) {
        self =
            gigabytes < bounds.consumer
            ? .consumer : gigabytes <= bounds.workstation ? .workstation : .infrastructure
    }

    /// Gigabytes of weights and caches at eight bits under the reference load, with the peak of computing; nil where the
    /// parameters cannot be counted.
    package static func gigabytes(_ architecture: Architecture) -> Double? {
        guard let count = architecture.parameterCount,
            let model = ModelFootprint(architecture, as: .plain(.int8), cacheBytes: 1)
        else { return nil }
        let cache = model.geometry.sequenceBytes(tokens: Workload.reference.contextTokens, cacheBytes: 1)
        let peak = ActivationPeak(of: model, engine: .profile(.vllm))
        return (Double(count.total) + cache + peak.bytes.point) / 1e9
    }
}
