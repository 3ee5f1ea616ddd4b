import Entities
import Text

/// A fact of which the two sides say different things; neither is chosen.
package struct Disagreement: Sendable, Hashable {
    /// What one side says, and since when it is known to.
    package struct Word: Sendable, Hashable {
        package let value: String
        package let origin: Origin
    }

    package let provider: String
    package let hereName: String
    package let thereName: String
    package let tie: NameTie
    /// `price input_text` (of a million units), `context`, `quantization`.
    package let field: String
    package let here: Word
    package let there: Word
    /// The larger by the smaller; nil where one is free, or they are no amounts.
    package let ratio: Double?
}

/// A field of a listing that one side may have and the other not.
package enum ListedField: String, Sendable, CaseIterable {
    case price, context
    case maximumInput = "max_input"
    case maximumOutput = "max_output"
    case quantization
    case inputModalities = "input_modalities"
    case outputModalities = "output_modalities"
    case samplingParameters = "sampling_parameters"

    /// True when the listing says something of it.
    func isKnown(in listing: Listing) -> Bool {
        switch self {
        case .price: listing.priceState != .unknown
        case .context: listing.contextTokens != nil
        case .maximumInput: listing.maximumInputTokens != nil
        case .maximumOutput: listing.maximumOutputTokens != nil
        case .quantization: listing.precision != nil
        case .inputModalities: !listing.inputModalities.isEmpty
        case .outputModalities: !listing.outputModalities.isEmpty
        case .samplingParameters: !listing.samplingParameters.isEmpty
        }
    }
}

/// How far the price of an offer is known: nothing said is not the same as nothing charged.
package enum PriceState: String, Sendable, CaseIterable {
    case known, free, unknown
}

extension Listing {
    /// Free only where every rate is nothing, with a reason.
    var priceState: PriceState {
        guard let rates = periods.last?.rates, !rates.isEmpty else { return .unknown }
        return rates.allSatisfy { $0.price == .zero } ? .free : .known
    }
}

/// Compares two statements about the same offer, field by field.
struct StatementComparison {
    let provider: String
    let tie: NameTie
    let here: Statement
    let there: Statement

    /// Everything that both know and say differently, in a fixed order.
    var disagreements: [Disagreement] { prices + limits + words }

    /// Meters whose price both know. A price that one does not know is no disagreement.
    private var prices: [Disagreement] {
        let rates = here.listing.periods.last?.rates ?? []
        var seen: Set<Meter> = []
        return rates.map(\.meter).filter { seen.insert($0).inserted }.compactMap { meter in
            let (own, other) = (here.listing.price(of: meter), there.listing.price(of: meter))
            guard let ownWords = own.words, let otherWords = other.words, own != other else { return nil }
            return disagreement(
                "price \(meter.rawValue)", ownWords, otherWords, ratio: Price.ratio(own, other),
                of: .price)
        }
    }

    private var limits: [Disagreement] {
        let fields: [(ListedField, KeyPath<Listing, Int?>)] = [
            (.context, \.contextTokens), (.maximumInput, \.maximumInputTokens),
            (.maximumOutput, \.maximumOutputTokens),
        ]
        return fields.compactMap { field, path in
            guard let own = here.listing[keyPath: path], let other = there.listing[keyPath: path],
                own != other
            else { return nil }
            return disagreement(
                field.rawValue, String(own), String(other),
                ratio: Double(max(own, other)) / Double(min(own, other)),
                of: field)
        }
    }

    private var words: [Disagreement] {
        let fields: [(ListedField, (Listing) -> [String])] = [
            (.quantization, { [$0.precision?.rawValue].compactMap { $0 } }),
            (.inputModalities, { $0.inputModalities.map(\.rawValue).sorted() }),
            (.outputModalities, { $0.outputModalities.map(\.rawValue).sorted() }),
        ]
        return fields.compactMap { field, words in
            let (own, other) = (words(here.listing), words(there.listing))
            guard !own.isEmpty, !other.isEmpty, own != other else { return nil }
            return disagreement(
                field.rawValue, own.joined(separator: " "), other.joined(separator: " "), ratio: nil,
                of: field)
        }
    }

    private func disagreement(
        _ field: String, _ own: String, _ other: String, ratio: Double?, of listed: ListedField
    ) -> Disagreement {
        Disagreement(
            provider: provider, hereName: here.listing.name, thereName: there.listing.name, tie: tie,
            field: field, here: Disagreement.Word(value: own, origin: here.origin(of: listed)),
            there: Disagreement.Word(value: other, origin: there.origin(of: listed)), ratio: ratio)
    }
}

extension Price {
    /// The amount, or `free`; nil when it is not known.
    fileprivate var words: String? {
        switch self {
        case .unknown: nil
        case .free: "free"
        case .known(let price): price.description
        }
    }

    fileprivate static func ratio(_ left: Price, _ right: Price) -> Double? {
        guard case .known(let left) = left, case .known(let right) = right, min(left, right) > .zero else {
            return nil
        }
        return Double(max(left, right).trillionths) / Double(min(left, right).trillionths)
    }
}
