import Diagnostics
import Text

extension Review {
    /// The rules that need a provider's file alone.
    mutating func check(_ provider: Provider) {
        check(provider.status, at: "/status")
        if provider.api?.baseURL?.hasSuffix("/") == true {
            report(
                .urlTrailingSlash, at: "/api/base_url", "the address ends with a slash",
                hint: "remove the slash")
        }
        for (index, offer) in provider.acceleratorOffers.enumerated() {
            check(offer, of: provider, at: "/accelerator_offers/\(index)")
        }
        checkPeriods(of: provider.acceleratorOffers)
    }

    private mutating func check(_ offer: AcceleratorOffer, of provider: Provider, at pointer: String) {
        checkOrder(of: offer.effective, at: pointer)
        if let region = offer.region { check(region, of: provider, at: pointer + "/region") }
        if offer.pricePerAcceleratorHour == .zero {
            report(
                .priceFreeReason, at: pointer + "/price_per_accelerator_hour",
                "an hour of an accelerator for 0",
                hint: "leave an offer out whose price is not known")
        }
    }

    /// A region that an offer names stands in the provider's list, if there is one.
    mutating func check(_ region: String, of provider: Provider, at pointer: String) {
        let regions = provider.regions.map(\.id)
        guard !regions.isEmpty, !regions.contains(region) else { return }
        report(
            .offerRegion, at: pointer, "\"\(region)\" is not a region of \"\(provider.id)\"",
            hint: Spelling.nearest(to: region, in: regions).map { "did you mean \"\($0)\"?" }
                ?? "add it to the provider's regions")
    }

    private mutating func checkPeriods(of offers: [AcceleratorOffer]) {
        for (index, offer) in offers.enumerated() {
            guard let earlier = offers[..<index].firstIndex(where: { $0.collides(with: offer) }) else {
                continue
            }
            report(
                .pricePeriods, at: "/accelerator_offers/\(index)/effective_from",
                "two prices hold at once for \"\(offer.accelerator)\"",
                hint: "end the older one with \"effective_to\"",
                related: [
                    Remark.Related(
                        pointer: "/accelerator_offers/\(earlier)/effective_from", label: "the other one")
                ])
        }
    }
}

extension AcceleratorOffer {
    /// True when both price the same thing on some day.
    fileprivate func collides(with other: AcceleratorOffer) -> Bool {
        accelerator == other.accelerator && sku == other.sku && countOptions == other.countOptions
            && commitment == other.commitment && region == other.region && currency == other.currency
            && effective.overlaps(other.effective)
    }
}
