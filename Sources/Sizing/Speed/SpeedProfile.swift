/// How near an engine comes to what a generation of cards could do, and what each step costs besides.
///
/// The constants trade off against one another: they are fitted together and stay together.
package struct SpeedProfile: Sendable, Hashable {
    /// Share of the memory bandwidth that is reached.
    package var bandwidthShare: Double
    /// Share of the peak arithmetic that decoding reaches.
    package var decodeShare: Double
    /// Share of the peak arithmetic that prefill reaches.
    package var prefillShare: Double
    /// Seconds that a layer costs whatever it computes.
    package var layerSeconds: Double
    /// Seconds that a step costs.
    package var stepSeconds: Double
    /// Seconds that ranks take to meet for one exchange.
    package var exchangeSeconds: Double
    /// Times that the distinct experts of a batch are read.
    package var expertReads: Double
    /// Seconds before the first token whatever the prompt.
    package var firstTokenSeconds: Double
    /// How many prefills a new request waits for, its own among them.
    package var prefillWaits: Double
    /// The share of the other sequences' prefills that a new request waits for.
    package var queueShare: Double

    package init(
        bandwidthShare: Double, decodeShare: Double, prefillShare: Double, layerSeconds: Double,
        stepSeconds: Double, exchangeSeconds: Double, expertReads: Double, firstTokenSeconds: Double,
        prefillWaits: Double, queueShare: Double
    ) {
        self.bandwidthShare = bandwidthShare
        self.decodeShare = decodeShare
        self.prefillShare = prefillShare
        self.layerSeconds = layerSeconds
        self.stepSeconds = stepSeconds
        self.exchangeSeconds = exchangeSeconds
        self.expertReads = expertReads
        self.firstTokenSeconds = firstTokenSeconds
        self.prefillWaits = prefillWaits
        self.queueShare = queueShare
    }

    /// The constants in the order of the initialiser.
    package var constants: [Double] {
        [
            bandwidthShare, decodeShare, prefillShare, layerSeconds, stepSeconds, exchangeSeconds,
            expertReads,
            firstTokenSeconds, prefillWaits, queueShare,
        ]
    }

    /// A profile of constants in that order.
    package init(constants: [Double]) {
        self.init(
            bandwidthShare: constants[0], decodeShare: constants[1], prefillShare: constants[2],
            layerSeconds: constants[3], stepSeconds: constants[4], exchangeSeconds: constants[5],
            expertReads: constants[6], firstTokenSeconds: constants[7], prefillWaits: constants[8],
            queueShare: constants[9])
    }
}

/// A profile with the spread that was left when it was fitted.
package struct FittedProfile: Sendable, Hashable {
    package var engine: EngineProfile.Engine?
    /// The generation of the cards as their facts name it, in lower case; nil for any.
    package var generation: String?
    package var speed: SpeedProfile
    /// Measured over modelled time of one output token, at the tenth and the ninetieth of a hundred rows.
    package var outputSpread: (low: Double, high: Double)
    /// The same of the time to the first token.
    package var firstSpread: (low: Double, high: Double)
    package var rowCount: Int

    package static func == (left: FittedProfile, right: FittedProfile) -> Bool {
        left.engine == right.engine && left.generation == right.generation && left.speed == right.speed
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(engine)
        hasher.combine(generation)
        hasher.combine(speed)
    }

    /// The profile that fits an engine on a generation of cards best, and whether it was fitted on the like.
    package static func best(_ engine: EngineProfile.Engine, on generation: String?) -> (
        FittedProfile, isExact: Bool
    ) {
        let generation = generation?.lowercased().split(separator: " ").first.map(String.init)
        if let own = fitted.first(where: { $0.engine == engine && $0.generation == generation }) {
            return (own, true)
        }
        return (fitted.first { $0.engine == nil } ?? fitted[0], false)
    }
}
