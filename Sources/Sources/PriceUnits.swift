import Entities

/// What the units of price lists count, and how many.
enum PriceUnits {
    /// The meter and the number of units of a unit's name; nil for what no meter counts.
    static func meter(of unit: String, workload: String) -> (meter: Meter, per: Int)? {
        guard let unit = BillingUnit(named: unit, countsMedia: true) else { return nil }
        switch (unit.dimension, unit.size) {
        case (.token, let size): return (tokenMeter(workload), size)
        case (.mediaSecond, 1): return (.second, 1)
        case (.mediaSecond, 60): return (.minute, 1)
        case (.mediaSecond, 3_600): return (.hour, 1)
        case (.mediaSecond, _), (.acceleratorSecond, _): return nil
        case (let dimension, let size): return Meter(of: dimension).map { ($0, size) }
        }
    }

    private static func tokenMeter(_ workload: String) -> Meter {
        workload == "image_generation" || workload == "video_generation" ? .outputImage : .inputText
    }
}
