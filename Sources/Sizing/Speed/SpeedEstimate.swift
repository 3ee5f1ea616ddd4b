import Entities

/// What a user sees of a deployment: seconds, and tokens a second.
package struct SpeedEstimate: Sendable, Hashable {
    /// From the request to the first token.
    package var firstToken: Estimate
    /// From one token to the next.
    package var outputToken: Estimate
    /// Of all sequences together, on one replica.
    package var tokensPerSecond: Estimate
    /// Where the time of a step goes.
    package var step: DecodeStep

    /// The speed of a model under a workload.
    package init(of model: ServedModel, workload: Workload) {
        let (profile, isFitted) = (model.card.speed, model.card.isFitted)
        let times = SpeedEstimate.times(of: model, workload: workload, profile: profile.speed)
        step = times.step
        firstToken = SpeedEstimate.estimate(times.first, profile.firstSpread, isFitted)
        outputToken = SpeedEstimate.estimate(times.output, profile.outputSpread, isFitted)
        let batch = Double(workload.concurrency)
        tokensPerSecond = Estimate(
            low: batch / outputToken.high, point: batch / outputToken.point, high: batch / outputToken.low,
            confidence: outputToken.confidence)
    }

    /// What was not fitted on the like may be half as far off again.
    private static func estimate(
        _ seconds: Double, _ spread: (low: Double, high: Double), _ isFitted: Bool
    ) -> Estimate {
        let wider = isFitted ? 1 : 1.5
        return Estimate(
            low: seconds * spread.low / wider, point: seconds, high: seconds * spread.high * wider,
            confidence: isFitted ? .medium : .low)
    }

    /// Seconds to the first token and from token to token: a step of the whole batch, and the prefills of other
    /// requests that come in between.
    package static func times(
        of model: ServedModel, workload: Workload, profile: SpeedProfile
    ) -> (first: Double, output: Double, step: DecodeStep) {
        let batch = Double(max(1, model.layout.sequencesPerGroup(of: workload.concurrency)))
        let meanContext = Double(workload.promptTokens) + Double(workload.outputTokens) / 2
        let step = DecodeStep(of: model, batch: batch, meanContext: meanContext, profile: profile)
        let prefill = model.prefillSeconds(tokens: Double(workload.promptTokens), profile: profile)
        let output = step.seconds + (batch - 1) / Double(max(1, workload.outputTokens)) * prefill
        // A request alone waits for its own prompt only.
        let others = profile.prefillWaits * (1 - 1 / batch) + profile.queueShare * (batch - 1)
        let first = profile.firstTokenSeconds + (1 + others) * prefill + step.seconds
        return (first, output, step)
    }
}
