package import Entities
package import Text

extension Catalog {
    /// What an hour of one accelerator costs where it is rented for least on a day, in US dollars and without a commitment;
    /// nil where no price is known. Spot machines can be taken away, and do not count. Linear in the rented cards.
    package func lowestHourlyPrice(of accelerator: Accelerator.ID, on day: CalendarDate) -> Money? {
        providers.flatMap(\.acceleratorOffers).filter { offer in
            offer.accelerator == accelerator && offer.currency == "USD" && offer.effective.contains(day)
                && (offer.commitment == .onDemand || offer.commitment == .autoscale)
        }.map(\.pricePerAcceleratorHour).min()
    }
}
