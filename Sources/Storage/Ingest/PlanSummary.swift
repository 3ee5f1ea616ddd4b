import Postgres
import Text

/// A plan in words: what happens to how many of each kind, and the first of them by name.
package struct PlanSummary: Sendable {
    /// What happens to some rows of a table.
    package struct Line: Sendable {
        package let verb: String
        package let count: Int
        /// The first ones, in the order of their keys.
        package let first: [String]
    }

    /// By table; an entity's name is told in full, of what belongs to one only the number.
    package let kinds: [(table: String, isEntity: Bool, lines: [Line])]
    package let totals: IngestPlan.Totals
    let commit: RegistryCommit
    let basis: RegistryState

    private static let nameLimit = 3

    /// Sums up a plan with the rows that it was made from.
    package init(_ plan: IngestPlan, _ rows: CatalogRows) {
        totals = plan.totals
        commit = plan.commit
        basis = plan.basis
        kinds = plan.changes.map { change in
            let table = change.table.schema
            func line(_ verb: String, _ numbers: [Int]) -> Line {
                let names = numbers.prefix(PlanSummary.nameLimit).map {
                    PlanSummary.name(rows[change.table].rows.fields(of: $0, first: table.keyCount), table)
                }
                return Line(verb: verb, count: numbers.count, first: names)
            }
            let ended = Line(
                verb: table.ending == .deleted
                    ? "removed" : table.ending == .retired ? "retired" : "superseded",
                count: change.ended.count,
                first: change.ended.prefix(PlanSummary.nameLimit).map { PlanSummary.name($0, table) })
            let lines = [
                line("added", change.added), line("changed", change.changed),
                line("returned", change.returned), ended,
            ]
            return (table.name, table.ending == .retired, lines.filter { $0.count > 0 })
        }
    }

    /// A key as a person reads it: its texts with blanks between them.
    static func name(_ key: EncodedFields, _ table: TableSchema) -> String {
        key.words(table.types).joined(separator: " ")
    }
}

extension PlanSummary {
    /// One line a table, then the totals.
    package var text: String {
        var text = ""
        for (table, isEntity, lines) in kinds {
            let parts = lines.map { line in
                let names = line.first.joined(separator: ", ") + (line.count > line.first.count ? ", …" : "")
                return "\(line.count) \(line.verb)" + (isEntity ? " (\(TerminalText.visible(names)))" : "")
            }
            text += "\(table): \(parts.joined(separator: "; "))\n"
        }
        if kinds.isEmpty { return "nothing changes\n" }
        return text
            + "in all \(totals.added) added, \(totals.changed) changed, \(totals.returned) returned, "
            + "\(totals.retired) retired; \(totals.rowsWritten) rows written, \(totals.rowsRemoved) ended\n"
    }

    /// One object.
    package var json: String {
        var writer = JSONObject()
        writer.member("commit", commit.id)
        writer.member("tree", commit.tree)
        writer.member("database_commit", basis.commit)
        writer.member("generation", basis.generation)
        writer.member("added", totals.added)
        writer.member("changed", totals.changed)
        writer.member("returned", totals.returned)
        writer.member("retired", totals.retired)
        writer.member("rows_written", totals.rowsWritten)
        writer.member("rows_ended", totals.rowsRemoved)
        writer.member("tables") { tables in
            for (table, _, lines) in kinds {
                tables.member(table) { object in
                    for line in lines {
                        object.member(line.verb) { object in
                            object.member("count", line.count)
                            object.member("first", line.first)
                        }
                    }
                }
            }
        }
        return writer.text + "\n"
    }
}

/// A JSON object on one line, its members in the order of the calls.
private struct JSONObject {
    private var bytes: [UInt8] = []

    var text: String { "{" + String(decoding: bytes, as: UTF8.self) + "}" }

    mutating func member(_ key: String, _ value: String?) {
        begin(key)
        if let value { JSONText.append(value.utf8, to: &bytes) } else { bytes += "null".utf8 }
    }

    mutating func member(_ key: String, _ value: Int) {
        begin(key)
        bytes += String(value).utf8
    }

    mutating func member(_ key: String, _ values: [String]) {
        begin(key)
        bytes.append(UInt8(ascii: "["))
        for (index, value) in values.enumerated() {
            if index > 0 { bytes += ", ".utf8 }
            JSONText.append(value.utf8, to: &bytes)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    mutating func member(_ key: String, _ members: (inout JSONObject) -> Void) {
        begin(key)
        var object = JSONObject()
        members(&object)
        bytes += object.text.utf8
    }

    private mutating func begin(_ key: String) {
        if !bytes.isEmpty { bytes += ", ".utf8 }
        JSONText.append(key.utf8, to: &bytes)
        bytes += ": ".utf8
    }
}
