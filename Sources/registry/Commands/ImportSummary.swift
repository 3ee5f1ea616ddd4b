import Diagnostics
import RegistryTree
import Sources
import Text

/// What an import did, and what of the source it left out, for people.
struct ImportSummary {
    let source: String
    let harvest: Harvest
    let bringing: Bringing
    let proposed: ProposedFiles
    let alarms: [Alarm]
    let isWritten: Bool
    /// Whether all of what was left out is listed.
    let hasDetails: Bool

    private static let shownCount = 5

    var text: String {
        var lines = [
            "",
            "\(source): \(ImportSummary.counted(bringing.newCount, "new file")), \(bringing.changedCount) changed, "
                + "\(bringing.unchangedCount) as they were",
        ]
        addRejections(to: &lines)
        addRefusals(to: &lines)
        add(
            "in conflict, where what stands in the file was kept", to: &lines,
            bringing.conflicts.map { "\($0.path): \($0.field): kept \($0.kept), not \($0.refused)" })
        add(
            "unknown but like a model's name; accept one by adding it to the aliases", to: &lines,
            harvest.nameProposals.map { "\($0.name) may be \($0.model) (\(Int($0.score * 100)) %)" })
        add(
            "to alarm, which stops an import; --accept KIND lets one pass", to: &lines,
            alarms.map { "\($0.kind.rawValue): \($0.subject): \($0.detail)" }, isComplete: true)
        lines.append(
            isWritten ? ImportSummary.counted(proposed.files.count, "file") + " written" : "nothing written")
        return lines.map { TerminalText.visible($0) + "\n" }.joined()
    }

    private func addRejections(to lines: inout [String]) {
        add(
            "at fault, which kept files from being written", to: &lines,
            proposed.rejections.map { "\($0.location.path): \($0.rule.rawValue): \($0.message)" })
        let warnings = proposed.warnings.filter { $0.severity == .warning }
        add(
            "to be looked at", to: &lines,
            warnings.map { "\($0.location.path): \($0.rule.rawValue): \($0.message)" })
    }

    private func addRefusals(to lines: inout [String]) {
        let groups = Dictionary(grouping: harvest.refusals, by: \.reason)
        for (reason, refusals) in groups.sorted(by: { $0.key < $1.key }) {
            add(
                "not taken, \(reason.rawValue)", to: &lines,
                refusals.map { "\($0.subject): \($0.detail)" })
        }
    }

    private static func counted(_ count: Int, _ noun: String) -> String {
        "\(count) \(noun)\(count == 1 ? "" : "s")"
    }

    private func add(_ title: String, to lines: inout [String], _ items: [String], isComplete: Bool = false) {
        guard !items.isEmpty else { return }
        lines.append("\(items.count) \(title):")
        let shown = hasDetails || isComplete ? items.count : min(items.count, ImportSummary.shownCount)
        lines += items.prefix(shown).map { "  " + $0 }
        if shown < items.count { lines.append("  and \(items.count - shown) more; --details lists them") }
    }
}
