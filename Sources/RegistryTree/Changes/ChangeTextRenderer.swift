import Text

/// A change for people: a line for an entity, below it what moved and who is affected; the outcome last.
///
/// Every line begins with a word or sign of ours or with blanks before one, never with what a file holds: systems
/// that run checks take commands (`::stop-commands::`) from the start of log lines.
struct ChangeTextRenderer {
    let report: ChangeReport

    private let wording = ChangeWording(quote: TerminalText.visible)

    init(report: ChangeReport) {
        self.report = report
    }

    func render() -> String {
        var text = ""
        for entity in report.change.entities { text += lines(of: entity) }
        for path in report.change.changedRules { text += "rules changed: \(wording.text(path))\n" }
        for file in report.change.uncompared { text += "not compared: \(wording.fault(of: file))\n" }
        if !text.isEmpty { text += "\n" }
        text += report.summary + "\n"
        if let errors { text += errors }
        text += "outcome: \(report.outcome)\n"
        for concern in report.concerns {
            text += "  - \(wording.reason(concern, largestPercent: report.largestPriceMovePercent))\n"
        }
        return text
    }

    private func lines(of entity: EntityChange) -> String {
        var text = "\(entity.event.word.rawValue) \(wording.title(of: entity))\n"
        for move in entity.prices {
            text += "    price of \(wording.text(move.offer)), \(wording.subject(of: move)): "
            text += wording.prices(of: move) + "\n"
        }
        for field in entity.fields {
            text += "    field \(wording.text(field.name)): \(wording.values(of: field))\n"
        }
        for effect in wording.effects(of: entity) { text += "    effect: \(effect)\n" }
        return text
    }

    private var errors: String? {
        let change = report.change
        guard change.baseErrorCount + change.headErrorCount > 0 else { return nil }
        return "errors that registry validate finds: \(change.baseErrorCount) before, "
            + "\(change.headErrorCount) after\n"
    }
}
