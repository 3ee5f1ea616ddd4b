package import Entities
package import Text

/// What is wanted of a price list.
package struct PriceQuestion: Sendable {
    package var workload: WorkloadKind
    /// The unit in which prices are wanted; its dimension decides what is comparable. Nil for the workload's own.
    package var unit: BillingUnit?
    /// What is used in a month; asks for a unit.
    package var monthlyUsage: Quantity?
    /// US dollars a month.
    package var budget: Money?
    /// Nil for all.
    package var providers: Set<String>?
    package var models: Set<String>?
    package var regions: Set<String>?
    /// Whether a doubtful price counts as dearer than it says.
    package var weighsConfidence = false
    /// Whether replicas are counted where the throughput of one is known.
    package var countsReplicas = false
    /// Whether rows without a known throughput are left out.
    package var requiresThroughput = false
    package var includesFree = false
    /// Whether batches, reserved capacity and other classes of service take part.
    package var includesOtherTerms = false
    package var isRelaxed = true
    package var load = PriceLoad.balanced

    package init(_ workload: WorkloadKind) { self.workload = workload }
}

/// How uneven a load is, how full a machine may run, and how much risk counts.
package struct PriceLoad: Sendable, Hashable {
    /// The peak over the average, above zero.
    package var peakToAverage: Double
    /// The share of the capacity that is used at the peak, above zero, at most one.
    package var utilization: Double
    /// How much dearer a risk of one makes a cost.
    package var alpha: Double

    package init(peakToAverage: Double, utilization: Double, alpha: Double) {
        self.peakToAverage = peakToAverage
        self.utilization = utilization
        self.alpha = alpha
    }

    package static let balanced = PriceLoad(peakToAverage: 2.5, utilization: 0.75, alpha: 1)

    /// How careful a reckoning is.
    package enum Preset: String, Sendable, CaseIterable {
        case conservative, balanced, aggressive
    }

    /// The load of a preset, which differs by workload (InferenceAtlas, docs/architecture.md).
    package init(_ preset: Preset, for workload: WorkloadKind) {
        self =
            switch (workload, preset) {
            case (.speechToText, .conservative): PriceLoad(peakToAverage: 3.5, utilization: 0.65, alpha: 1.5)
            case (.speechToText, .balanced): PriceLoad(peakToAverage: 2.8, utilization: 0.75, alpha: 1)
            case (.videoGeneration, .conservative):
                PriceLoad(peakToAverage: 2.5, utilization: 0.60, alpha: 1.6)
            case (.videoGeneration, .balanced): PriceLoad(peakToAverage: 2, utilization: 0.70, alpha: 1.2)
            case (.videoGeneration, .aggressive): PriceLoad(peakToAverage: 1.6, utilization: 0.80, alpha: 0.8)
            case (_, .conservative): PriceLoad(peakToAverage: 3, utilization: 0.65, alpha: 1.4)
            case (_, .balanced): .balanced
            case (_, .aggressive): PriceLoad(peakToAverage: 2, utilization: 0.85, alpha: 0.7)
            }
    }
}

extension WorkloadKind {
    /// What tokens are, where this workload is sold by them; nil for a mix.
    fileprivate var tokenMeter: Meter? {
        switch self {
        case .llm: nil
        case .imageGeneration: .outputImage
        case .videoGeneration: .outputVideo
        case .textToSpeech: .outputAudio
        case .speechToText: .inputAudio
        default: .inputText
        }
    }
}

extension PriceQuestion {
    /// Why a row takes no part.
    package enum Exclusion: String, Sendable, CaseIterable {
        case otherModel = "model_filtered_out"
        case otherRegion = "region_filtered_out"
        case otherTerms = "other_terms"
        case free
        case otherProvider = "provider_filtered_out"
        case unitMismatch = "unit_mismatch"
        case notComparable = "non_comparable_normalization"
        case missingThroughput = "missing_throughput"
        case overBudget = "budget"
    }

    /// The unit that prices are compared in.
    package var comparisonUnit: BillingUnit {
        guard let unit, unit.dimension != workload.comparableUnit.dimension else {
            return workload.comparableUnit
        }
        return unit
    }

    /// Why a row of the workload takes no part, whatever it costs; nil where it does.
    func exclusion(of row: CatalogRow) -> Exclusion? {
        if let models, !models.contains(row.modelKey) { return .otherModel }
        if let regions, let region = row.region, !regions.contains(region.lowercased()) {
            return .otherRegion
        }
        if !includesOtherTerms, !row.isOrdinary { return .otherTerms }
        if !includesFree, row.price.amount == .zero { return .free }
        if let providers, !providers.contains(row.provider) { return .otherProvider }
        if row.price.unit.dimension != comparisonUnit.dimension {
            return unit == nil ? .notComparable : .unitMismatch
        }
        if row.price.unit.dimension == .token, row.meter != workload.tokenMeter,
            row.meter != nil || workload != .llm
        {
            return .notComparable
        }
        return requiresThroughput && row.unitsPerHour == nil ? .missingThroughput : nil
    }
}
