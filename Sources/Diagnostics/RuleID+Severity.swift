extension RuleID {
    /// The severity a finding of this rule has unless it says otherwise: an error, for all but those named here.
    package var severity: Severity {
        switch self {
        case .suppressionUnused, .suppressionExpired, .dateCheckedTooEarly, .statusStage, .replacementRetired,
            .limitsNativeContext, .licenseUnknown, .reasoningControls, .architectureUnusedKind,
            .architectureType, .architectureWindow, .architectureVocabulary, .parametersDeviation,
            .weightsSize, .offerAboveModel, .offerOverride, .urlTrailingSlash, .acceleratorSparsity,
            .acceleratorFlopsOrder, .priceUnit, .priceCacheRead, .priceCacheWrite, .priceOutput,
            .priceUnitSlip, .tierRates:
            .warning
        default: .error
        }
    }
}
