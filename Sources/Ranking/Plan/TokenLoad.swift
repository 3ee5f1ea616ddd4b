import Pricing
import Text

/// What a deployment has to give: so many tokens a day, unevenly.
package struct TokenLoad: Sendable, Hashable {
    /// Of prompts and answers together.
    package let tokensPerDay: Int
    /// The peak over the average.
    package var peakToAverage: Double
    /// The share of the capacity that is used at the peak.
    package var utilization: Double
    /// 720 for thirty days, 730 for a twelfth of a year.
    package let hoursPerMonth: Int

    /// Nil for less than one token, a peak that is not above zero, a utilization outside of 0 to 1, or no hours.
    package init?(
        tokensPerDay: Int, peakToAverage: Double = PriceLoad.balanced.peakToAverage,
        utilization: Double = PriceLoad.balanced.utilization, hoursPerMonth: Int = 730
    ) {
        guard tokensPerDay > 0, peakToAverage > 0, peakToAverage.isFinite, utilization > 0, utilization < 1,
            hoursPerMonth > 0
        else { return nil }
        self.tokensPerDay = tokensPerDay
        self.peakToAverage = peakToAverage
        self.utilization = utilization
        self.hoursPerMonth = hoursPerMonth
    }

    /// Tokens a second, the day over.
    package var average: Double { Double(tokensPerDay) / 86_400 }

    package var peak: Double { average * peakToAverage }

    /// The capacity that serves the peak at the wanted utilization.
    package var required: Double { peak / utilization }

    /// Exact but for one rounding where a month has no whole number of days.
    package var tokensPerMonth: Int {
        Int(Int128(tokensPerDay).scaled(by: Int128(hoursPerMonth), over: 24) ?? Int128(Int.max))
    }
}

/// How uneven people's traffic is: the peak over the average.
package enum TrafficPattern: String, Sendable, CaseIterable {
    case steady
    case businessHours = "business_hours"
    case bursty

    package var peakToAverage: Double {
        switch self {
        case .steady: 1.5
        case .businessHours: 2.5
        case .bursty: 3.5
        }
    }
}
