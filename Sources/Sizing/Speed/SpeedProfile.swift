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
    /// Share of that which the routed experts reach in prefill.
    package var expertPrefillShare: Double
    /// Seconds that a layer costs whatever it computes.
    package var layerSeconds: Double
    /// Seconds that a layer with experts costs besides: routing, and one small multiplication for each expert.
    package var expertLayerSeconds: Double
    /// Seconds that a step costs.
    package var stepSeconds: Double
    /// Seconds that each sequence adds to a step: scheduling it and choosing its token.
    package var sequenceSeconds: Double
    /// Seconds that ranks take to meet for one exchange.
    package var exchangeSeconds: Double
    /// Times that the distinct experts of a batch are read.
    package var expertReads: Double
    /// Seconds before the first token whatever the prompt.
    package var firstTokenSeconds: Double
    /// How many prefills of others a new request waits for where there are some, however many.
    package var prefillWaits: Double
    /// The share of all other sequences' prefills that it waits for besides.
    package var queueShare: Double

    /// The constants in the order in which the properties stand.
    package var constants: [Double] {
        [
            bandwidthShare, decodeShare, prefillShare, expertPrefillShare, layerSeconds, expertLayerSeconds,
            stepSeconds,
            sequenceSeconds, exchangeSeconds, expertReads, firstTokenSeconds, prefillWaits, queueShare,
        ]
    }

    /// A profile of constants in that order.
    package init(constants: [Double]) {
        bandwidthShare = constants[0]
        decodeShare = constants[1]
        prefillShare = constants[2]
        expertPrefillShare = constants[3]
        layerSeconds = constants[4]
        expertLayerSeconds = constants[5]
        stepSeconds = constants[6]
        sequenceSeconds = constants[7]
        exchangeSeconds = constants[8]
        expertReads = constants[9]
        firstTokenSeconds = constants[10]
        prefillWaits = constants[11]
        queueShare = constants[12]
    }
}

/// A profile with the spread that was left when it was fitted.
package struct FittedProfile: Sendable, Hashable {
    package var engine: EngineProfile.Engine?
    /// The generation of the cards as their facts name it, in lower case; nil for any of them.
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
        let own = fitted.filter { $0.engine == engine }
        if let profile = own.first(where: { $0.generation == generation || $0.generation == nil }) {
            return (profile, true)
        }
        return (fitted.first { $0.engine == nil } ?? fitted[0], false)
    }
}
