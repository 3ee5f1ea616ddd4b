import Entities
import Text

/// A change with what a policy says of it: the value that every output format is a view of.
package struct ChangeReport: Sendable {
    /// The forms in which it can be put out.
    package enum Format: String, Sendable, CaseIterable {
        /// For people.
        case text
        /// One object with everything, for programs.
        case json
        /// One comment on a pull request.
        case markdown
    }

    package let change: RegistryChange
    package let concerns: [Concern]
    /// The policy's limit, to say what was too far.
    let largestPriceMovePercent: Int

    package init(_ change: RegistryChange, policy: ChangePolicy) {
        self.change = change
        concerns = policy.concerns(about: change)
        largestPriceMovePercent = policy.largestPriceMovePercent
    }

    package var needsMaintainer: Bool { !concerns.isEmpty }

    /// `ok`, or `needs maintainer`.
    package var outcome: String { needsMaintainer ? "needs maintainer" : "ok" }

    /// One line: `2 models altered, 1 provider added`, or `no changes`.
    package var summary: String {
        var parts: [String] = []
        for kind in EntityKind.allCases {
            for event in EntityChange.Event.Word.allCases {
                let count = change.count(of: event, kind: kind)
                if count > 0 {
                    parts.append("\(ChangeReport.counted(count, kind.rawValue)) \(event.rawValue)")
                }
            }
        }
        if !change.changedRules.isEmpty {
            parts.append("\(ChangeReport.counted(change.changedRules.count, "file")) of rules changed")
        }
        if !change.uncompared.isEmpty {
            parts.append("\(ChangeReport.counted(change.uncompared.count, "file")) not compared")
        }
        return parts.isEmpty ? "no changes" : parts.joined(separator: ", ")
    }

    /// The report in one of the formats, ending with a line end. A function of its arguments alone.
    package func rendered(as format: Format) -> String {
        switch format {
        case .text: ChangeTextRenderer(report: self).render()
        case .json: ChangeJSONRenderer(report: self).render()
        case .markdown: ChangeMarkdownRenderer(report: self).render()
        }
    }

    /// `1 file`, `2 files`.
    static func counted(_ count: Int, _ noun: String) -> String {
        "\(count) \(noun)\(count == 1 ? "" : "s")"
    }
}
