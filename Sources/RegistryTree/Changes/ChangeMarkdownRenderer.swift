import Text

/// A change as one comment on a pull request, of at most 60,000 UTF-16 units: GitHub takes 65,536.
///
/// Its first line is a mark that no reader sees, by which the comment is found again and replaced. All foreign text
/// stands in code spans, where nothing is a mention, a link, HTML or a reference.
struct ChangeMarkdownRenderer {
    let report: ChangeReport

    private let wording = ChangeWording(quote: MarkdownText.code)

    private static let mark = "<!-- model-atlas: registry diff -->\n"
    private static let lengthLimit = 60_000
    /// Kept for the line that says what is left out.
    private static let closingLength = 200
    /// Reasons have this much room, so that a long list of them leaves some to the changes.
    private static let reasonsLength = 20_000

    init(report: ChangeReport) {
        self.report = report
    }

    func render() -> String {
        var text = ChangeMarkdownRenderer.mark + "**\(report.summary)**\n\n"
        text +=
            report.needsMaintainer ? "This change needs a maintainer:\n\n" : "Within the policy's limits.\n"
        let reasons = report.concerns.map { concern in
            "- \(wording.reason(concern, largestPercent: report.largestPriceMovePercent))\n"
        }
        text += fitting(reasons, in: ChangeMarkdownRenderer.reasonsLength, noun: "reason")
        let room =
            ChangeMarkdownRenderer.lengthLimit - ChangeMarkdownRenderer.closingLength - text.utf16.count
        return text + fitting(blocks, in: room, noun: "change")
    }

    /// Whole blocks as long as there is room, and a line about those that are left out.
    private func fitting(_ blocks: [String], in room: Int, noun: String) -> String {
        var text = ""
        var length = 0
        for (index, block) in blocks.enumerated() {
            length += block.utf16.count
            guard length <= room else {
                let rest = ChangeReport.counted(blocks.count - index, "more \(noun)")
                return text + "\n\(rest) left out here; `registry diff` shows all of them.\n"
            }
            text += block
        }
        return text
    }

    /// What may be left out, the gravest first.
    private var blocks: [String] {
        let change = report.change
        var blocks: [String] = []
        for file in change.uncompared { blocks.append("\n**not compared** \(wording.fault(of: file))\n") }
        for path in change.changedRules { blocks.append("\n**rules changed** \(wording.text(path))\n") }
        if change.baseErrorCount + change.headErrorCount > 0 {
            blocks.append(
                "\nErrors that `registry validate` finds: \(change.baseErrorCount) before, "
                    + "\(change.headErrorCount) after.\n")
        }
        return blocks + change.entities.map(block)
    }

    private func block(of entity: EntityChange) -> String {
        var text = ""
        for move in entity.prices {
            text += "- price of \(wording.text(move.offer)), \(wording.subject(of: move)): "
            text += wording.prices(of: move) + "\n"
        }
        for field in entity.fields {
            text += "- \(wording.text(field.name)): \(wording.values(of: field))\n"
        }
        for effect in wording.effects(of: entity) { text += "- effect: \(effect)\n" }
        let title = "\n**\(entity.event.word.rawValue)** \(wording.title(of: entity))\n"
        return text.isEmpty ? title : title + "\n" + text
    }
}
