package import Entities
package import Text

/// What an invoice is judged by: what may take the place of what was billed, and at which prices.
package struct InvoiceTerms: Sendable {
    /// Which models may take the place of the billed one, for the same workload and meter.
    package enum Floor: Sendable, Hashable {
        case sameModel
        /// The billed one, or one of these, which the user holds good enough.
        case models([Model.ID])
        case anyModel
    }

    /// The day of lines that state none.
    package var day: CalendarDate
    /// The currency of amounts whose column does not tell.
    package var currency = "USD"
    package var exchangeRates = ExchangeRates([])
    package var floor = Floor.sameModel
    /// The share of output in tokens of language models whose line names no meter; nil where it is not known.
    package var outputMillionths: Int?
    /// Offers of these providers only; nil for all.
    package var providers: Set<Provider.ID>?
    /// Whether an offer for another region than the line's may take its place.
    package var crossesRegions = true
    /// Whether what costs nothing, mostly with limits, may take the place of what does.
    package var includesFree = false
    /// How many suggestions are kept, those with the largest savings.
    package var suggestionLimit = 25
    /// How many lines without a match, and how many rejected ones, are kept.
    package var listLimit = 100

    package init(day: CalendarDate) { self.day = day }
}

/// Why an invoice cannot be read at all.
package struct InvoiceFault: Error, CustomStringConvertible {
    package let description: String

    init(_ description: String) { self.description = description }
}
