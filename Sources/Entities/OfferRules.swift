import Diagnostics
import Text

extension Review {
    /// The rules that need a mapping's file alone.
    mutating func check(_ mapping: Mapping) {
        for (index, offer) in mapping.offers.enumerated() { check(offer, at: "/offers/\(index)") }
    }

    private mutating func check(_ offer: Offer, at pointer: String) {
        check(offer.status, at: pointer + "/status")
        if let context = offer.limits.contextTokens {
            check(offer.limits, context: context, at: pointer + "/limits")
        }
        if let performance = offer.performance, performance.measuredOn > performance.source.checkedOn {
            report(
                .dateOrder, at: pointer + "/performance/measured_on",
                "measured on \(performance.measuredOn), after its source was checked on \(performance.source.checkedOn)"
            )
        }
        checkPeriods(offer.prices, at: pointer + "/prices")
        for (index, period) in offer.prices.enumerated() {
            check(period, of: offer, at: pointer + "/prices/\(index)")
        }
    }

    /// Periods follow one another in time; they do not overlap, so at most one is open.
    private mutating func checkPeriods(_ periods: [PricePeriod], at pointer: String) {
        let valid = periods.enumerated().filter { !$0.element.isCancelled }
        for ((before, earlier), (after, later)) in zip(valid, valid.dropFirst()) {
            let fault: String
            if later.effective.from < earlier.effective.from {
                fault = "this period begins before the one above it"
            } else if earlier.effective.overlaps(later.effective) {
                fault =
                    earlier.effective.until == nil ? "the period before is still open" : "two periods overlap"
            } else {
                continue
            }
            report(
                .pricePeriods, at: "\(pointer)/\(after)/effective_from", fault,
                hint: "write the periods in order of time and end each where the next begins",
                related: [
                    Remark.Related(pointer: "\(pointer)/\(before)/effective_from", label: "the period before")
                ])
        }
    }

    private mutating func check(_ period: PricePeriod, of offer: Offer, at pointer: String) {
        checkOrder(of: period.effective, at: pointer)
        let currency = Currency(period.currency)
        check(period.rates, in: currency, at: pointer + "/rates")
        check(period.tiers, over: period.rates, in: currency, of: offer, at: pointer + "/tiers")
        for (index, schedule) in period.schedules.enumerated() {
            check(schedule.rates, in: currency, at: "\(pointer)/schedules/\(index)/rates")
        }
        guard !period.variants.isEmpty else { return }
        var priced: Set<Terms> = [offer.terms]
        for (index, variant) in period.variants.enumerated() {
            let pointer = "\(pointer)/variants/\(index)"
            check(variant.rates, in: currency, at: pointer + "/rates")
            check(variant.tiers, over: variant.rates, in: currency, of: offer, at: pointer + "/tiers")
            if !priced.insert(variant.terms(of: offer)).inserted {
                report(
                    .priceDuplicateRate, at: pointer, "the same mode, tier and region are priced twice",
                    hint: "keep one of the two")
            }
        }
    }

    mutating func checkOrder(of period: EffectivePeriod, at pointer: String) {
        guard let until = period.until, until <= period.from else { return }
        report(
            .dateOrder, at: pointer + "/effective_to",
            "\"effective_to\" \(until) is not after \"effective_from\" \(period.from)",
            hint: "\"effective_to\" is the first day on which the prices no longer hold")
    }
}

/// Under what terms a price holds.
private struct Terms: Hashable {
    var mode: Offer.Mode
    var tier: Offer.ServiceTier
    var region: String?
}

extension Offer {
    fileprivate var terms: Terms { Terms(mode: mode, tier: tier, region: region) }
}

extension PriceVariant {
    fileprivate func terms(of offer: Offer) -> Terms {
        Terms(mode: mode ?? offer.mode, tier: tier ?? offer.tier, region: region ?? offer.region)
    }
}
