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
    package init(
        of model: ServedModel, workload: Workload, engine: EngineProfile.Engine, generation: String?
    ) {
        let (profile, isExact) = FittedProfile.best(engine, on: generation)
        let times = SpeedEstimate.times(of: model, workload: workload, profile: profile.speed)
        step = times.step
        let confidence: Estimate.Confidence = isExact ? .medium : .low
        let first = SpeedEstimate.widened(profile.firstSpread, isExact)
        let output = SpeedEstimate.widened(profile.outputSpread, isExact)
        firstToken = Estimate(
            low: times.first * first.low, point: times.first, high: times.first * first.high,
            confidence: confidence)
        outputToken = Estimate(
            low: times.output * output.low, point: times.output, high: times.output * output.high,
            confidence: confidence)
        let batch = Double(workload.concurrency)
        tokensPerSecond = Estimate(
            low: batch / outputToken.high, point: batch / outputToken.point, high: batch / outputToken.low,
            confidence: confidence)
    }

    /// What was not fitted on the like may be half as far off again.
    private static func widened(_ spread: (low: Double, high: Double), _ isExact: Bool) -> (
        low: Double, high: Double
    ) {
        isExact ? spread : (spread.low / 1.5, spread.high * 1.5)
    }

    /// Seconds to the first token and from token to token: a step of the whole batch, and the prefills of other
    /// requests that come in between.
    package static func times(
        of model: ServedModel, workload: Workload, profile: SpeedProfile
    ) -> (first: Double, output: Double, step: DecodeStep) {
        let batch = Double(workload.concurrency)
        let meanContext = Double(workload.promptTokens) + Double(workload.outputTokens) / 2
        let step = DecodeStep(of: model, batch: batch, meanContext: meanContext, profile: profile)
        let prefill = model.prefillSeconds(tokens: Double(workload.promptTokens), profile: profile)
        let output = step.seconds + (batch - 1) / Double(max(1, workload.outputTokens)) * prefill
        let first =
            profile.firstTokenSeconds + profile.prefillWaits * prefill
            + profile.queueShare * batch * prefill + step.seconds
        return (first, output, step)
    }
}
