import Entities
import Text

/// The sentences about a change that formats for people share; `quote` makes foreign text fit for the format.
struct ChangeWording {
    let quote: (String) -> String

    /// Foreign text is cut to so many code points.
    private static let phraseLength = 120
    /// Of a longer list of files only so many are named.
    private static let namesShown = 5

    /// Foreign text, cut and made fit.
    func text(_ foreign: String) -> String {
        let scalars = foreign.unicodeScalars
        guard scalars.count > ChangeWording.phraseLength else { return quote(foreign) }
        return quote(String(scalars.prefix(ChangeWording.phraseLength - 1)) + "…")
    }

    /// `model acme/rocket-1`, with the old id where it has a new one.
    func title(of change: EntityChange) -> String {
        guard case .renamed(let old) = change.event else {
            return "\(change.kind.rawValue) \(text(change.id))"
        }
        return "\(change.kind.rawValue) \(text(old)) → \(text(change.id))"
    }

    /// `0.5 → 0.4 USD per million (-20.0 %)`.
    func prices(of move: PriceMove) -> String {
        var words: String
        if let old = move.old, let new = move.new {
            words = move.isComparable ? old.amount.description : priced(old)
            words += " → " + priced(new)
        } else if let new = move.new {
            return "new: " + priced(new)
        } else {
            words = "dropped: " + (move.old.map(priced) ?? "")
        }
        if let percent = percent(of: move) { words += " (\(percent))" }
        return words
    }

    /// `-20.0 %`; nil where there is no saying.
    func percent(of move: PriceMove) -> String? {
        guard let permille = move.permille else { return nil }
        let magnitude = permille.magnitude
        let sign = move.isFall ? "-" : "+"
        return "\(sign)\(magnitude / 10).\(magnitude % 10) %"
    }

    /// `0.4 USD per million`.
    func priced(_ price: PriceMove.Price) -> String {
        let amount = "\(price.amount) \(text(price.currency))"
        switch price.unitCount {
        case 1: return amount + " each"
        case 1_000_000: return amount + " per million"
        default: return amount + " per \(price.unitCount)"
        }
    }

    /// The meter with the terms: `input_text, batch`.
    func subject(of move: PriceMove) -> String {
        text(move.terms.isEmpty ? move.meter : "\(move.meter), \(move.terms)")
    }

    /// `131072 → 65536`, `added 16384`, `removed`.
    func values(of field: FieldChange) -> String {
        switch (field.old, field.new) {
        case (let old?, let new?): return "\(text(old)) → \(text(new))"
        case (nil, let new?): return field.steps.last?.item == new ? "added" : "added \(text(new))"
        case (let old?, nil): return field.steps.last?.item == old ? "removed" : "removed \(text(old))"
        case (nil, nil): return "unchanged"
        }
    }

    /// One sentence for each way in which others build on an entity.
    func effects(of change: EntityChange) -> [String] {
        let stays = change.event == .altered
        return Dependant.Link.allCases.compactMap { link in
            let all = change.dependants.filter { $0.link == link }
            guard !all.isEmpty else { return nil }
            let files = ChangeReport.counted(all.count, "file")
            if stays { return "\(link.words) in \(files): \(named(all))" }
            let remaining = all.filter(\.remains)
            guard !remaining.isEmpty else { return "\(link.words) in \(files), all moved on: \(named(all))" }
            return "\(link.words) in \(files), \(remaining.count) of them still: \(named(remaining))"
        }
    }

    /// Why a maintainer should look.
    func reason(_ concern: Concern, largestPercent: Int) -> String {
        let subject = text(concern.subject)
        switch concern.kind {
        case .rules: return "what decides about right and wrong changes: \(subject)"
        case .unreadable: return "a file cannot be compared: \(subject)"
        case .removal: return "others build on what goes: \(subject) (\(text(concern.path)))"
        case .pastPrices: return "a price on record is rewritten: \(subject) (\(text(concern.path)))"
        case .newProvider: return "a new provider: \(subject)"
        case .priceMove:
            guard let move = concern.move else { return subject }
            return "a price moves by more than \(largestPercent) %: \(subject) \(self.subject(of: move)) "
                + "\(prices(of: move)) (\(text(concern.path)))"
        }
    }

    /// What is the matter with a file that was not compared.
    func fault(of file: UncomparedFile) -> String {
        let side = file.side == .base ? "the old side" : "the new side"
        guard file.errorCount > 0 else { return "\(text(file.path)): not readable on \(side)" }
        return "\(text(file.path)): \(ChangeReport.counted(file.errorCount, "error")) on \(side)"
    }

    private func named(_ dependants: [Dependant]) -> String {
        let names = dependants.prefix(ChangeWording.namesShown).map { text($0.path) }.joined(separator: ", ")
        let rest = dependants.count - ChangeWording.namesShown
        return rest > 0 ? "\(names) and \(rest) more" : names
    }
}

extension PriceMove {
    fileprivate var isFall: Bool {
        guard let old, let new else { return false }
        return new.amount < old.amount
    }
}

extension Dependant.Link {
    fileprivate var words: String {
        switch self {
        case .offer: "offers"
        case .replacement: "named as replacement"
        case .rental: "rented out"
        }
    }
}
