import Diagnostics
import Documents
import Text

/// The registry's list of warnings that a person has looked at and accepted: `suppressions.yaml` at the root.
///
/// Each names a rule, a file, the place and the value it accepts, a reason, and the day by which to look again. A
/// suppression that no longer fits is itself a finding, so the list never outlives its reasons.
struct Suppressions: Sendable {
    /// The list's path below the root.
    static let path = "suppressions.yaml"

    private struct Entry {
        let rule: RuleID
        let path: String
        let pointer: String
        let value: String?
        let reviewBy: CalendarDate?
        let location: Location
    }

    private var entries: [Entry] = []
    /// What is wrong with the list itself.
    private(set) var findings: [Diagnostic] = []
    /// False of another revision's list: what of it is no longer needed is not this registry's to tidy.
    private var reportsOwnState = true

    /// Reads the registry's list, if it has one; what cannot be used becomes a finding.
    ///
    /// Throws when a commit's objects are missing.
    init(in tree: borrowing TreeReader, limits: Limits) throws(TreeError) {
        guard try tree.entry(at: Suppressions.path) != nil else { return }
        var reader = FileReader(limits: limits)
        guard try reader.read(Suppressions.path, from: tree, findings: &findings) else { return }
        let document = reader.document
        guard let list = document.member("suppressions", of: 0), document[list].kind == .sequence else {
            findings.append(
                Diagnostic(
                    .suppressionInvalid, at: Location(path: Suppressions.path, span: .start),
                    "the list \"suppressions\" is missing"))
            return
        }
        for child in document.children(of: list) { add(child.value, of: document) }
    }

    private mutating func add(_ node: Int, of document: Document) {
        func text(_ key: String) -> String? {
            document.member(key, of: node).map { document.string(at: $0) }.flatMap { $0.isEmpty ? nil : $0 }
        }
        let location = Location(path: Suppressions.path, span: document.span(of: node))
        func refuse(_ key: String, _ message: String, hint: String? = nil) -> Diagnostic {
            let place = document.member(key, of: node).map { document.span(of: $0) } ?? location.span
            return Diagnostic(
                .suppressionInvalid, at: Location(path: Suppressions.path, span: place), message, hint: hint,
                pointer: document.pointer(to: node))
        }
        let missing = ["rule", "path", "reason", "review_by"].filter { text($0) == nil }
        guard missing.isEmpty, let name = text("rule"), let path = text("path") else {
            return findings.append(
                refuse("", "the suppression lacks " + missing.map { "\"\($0)\"" }.joined(separator: ", ")))
        }
        guard let rule = RuleID(rawValue: name) else {
            let near = Spelling.nearest(to: name, in: RuleID.allCases.map(\.rawValue))
            return findings.append(
                refuse("rule", "there is no rule \"\(name)\"", hint: near.map { "did you mean \"\($0)\"?" }))
        }
        guard rule.severity < .error else {
            return findings.append(
                refuse(
                    "rule", "\"\(name)\" is an error, and errors cannot be suppressed", hint: "mend the fault"
                ))
        }
        guard let reviewBy = text("review_by").flatMap({ CalendarDate($0) }) else {
            return findings.append(
                refuse("review_by", "\"review_by\" is not a day", hint: "like 2027-01-31"))
        }
        entries.append(
            Entry(
                rule: rule, path: path, pointer: text("pointer") ?? "", value: text("value"),
                reviewBy: reviewBy,
                location: location))
    }

    /// The files that it names.
    var paths: Set<String> { Set(entries.map(\.path)) }

    /// This list in the place of the registry's own, of which only the faults are told.
    func standingIn(for own: Suppressions) -> Suppressions {
        var list = self
        list.findings = own.findings
        list.reportsOwnState = false
        return list
    }

    /// Splits findings into those that stand and the number that the list accepts.
    ///
    /// `value` gives the text at a place of a file. With a `today`, suppressions past their day accept nothing.
    func apply(
        to all: [Diagnostic], today: CalendarDate?, value: (_ path: String, _ pointer: String) -> String?
    ) -> (findings: [Diagnostic], suppressedCount: Int) {
        guard !entries.isEmpty else { return (all + findings, 0) }
        var used = [Bool](repeating: false, count: entries.count)
        let byPath = Dictionary(grouping: entries.indices) { entries[$0].path }
        let standing = all.filter { finding in
            let accepting = byPath[finding.location.path, default: []].first { index in
                accepts(finding, entries[index], today: today, value: value)
            }
            if let accepting { used[accepting] = true }
            return accepting == nil
        }
        return (
            standing + findings
                + entries.indices.filter { _ in reportsOwnState }.compactMap { report($0, used[$0], today) },
            all.count - standing.count
        )
    }

    private func accepts(
        _ finding: Diagnostic, _ entry: Entry, today: CalendarDate?, value: (String, String) -> String?
    ) -> Bool {
        guard finding.rule == entry.rule, finding.severity < .error, !isExpired(entry, today),
            entry.pointer.isEmpty || entry.pointer == finding.pointer
        else { return false }
        return entry.value.map { $0 == value(finding.location.path, finding.pointer) } ?? true
    }

    private func isExpired(_ entry: Entry, _ today: CalendarDate?) -> Bool {
        guard let today, let reviewBy = entry.reviewBy else { return false }
        return today.isCertainlyAfter(reviewBy)
    }

    private func report(_ index: Int, _ isUsed: Bool, _ today: CalendarDate?) -> Diagnostic? {
        let entry = entries[index]
        if isExpired(entry, today) {
            return Diagnostic(
                .suppressionExpired, at: entry.location,
                "the suppression of \"\(entry.rule.rawValue)\" was to be looked at again by \(entry.reviewBy?.description ?? "")",
                hint: "look at the fact again; then move \"review_by\" or remove the suppression")
        }
        guard !isUsed else { return nil }
        return Diagnostic(
            .suppressionUnused, at: entry.location,
            "the suppression of \"\(entry.rule.rawValue)\" in \"\(entry.path)\" fits no finding",
            hint: "what it accepted is gone or has another value: remove it")
    }
}
