import Diagnostics
import Documents
import Text

/// Holds what files say against each other: duplicates and references. Linear in the facts.
struct FactCheck {
    private let facts: FileFacts
    private let files: [ListedFile]
    private let collections: [Collection]
    private let limit: Int
    private let absentKeys: (Int) -> [String]
    private(set) var findings: [Diagnostic] = []
    /// Findings beyond the limit of a run.
    private(set) var omissions = Omissions()

    /// Checks the facts of the files; `absentKeys` gives further keys of a collection that a name may be meant for.
    init(
        _ facts: FileFacts, files: [ListedFile], collections: [Collection], presumed: [Int32], limits: Limits,
        absentKeys: @escaping (Int) -> [String]
    ) {
        limit = limits.findings
        self.absentKeys = absentKeys
        self.facts = facts
        self.files = files
        self.collections = collections
        let known = checkKeys(presumed: presumed)
        checkReferences(known)
        checkUniques()
    }

    /// The keys of each collection; reports those that two files share.
    ///
    /// The file whose path spells the key is the one it belongs to: a copy that kept its id is at fault, not the file
    /// it was made from.
    private mutating func checkKeys(presumed: [Int32]) -> [Interner] {
        var known = [Interner](repeating: Interner(), count: collections.count)
        var owners: [[FileFacts.Mention]] = Array(repeating: [], count: collections.count)
        var repetitions: [(group: Int, handle: Int, mention: FileFacts.Mention)] = []
        for entry in facts.keys {
            let group = Int(entry.group)
            let handle = Int(known[group].intern(facts.text.span.extracting(entry.mention.range)))
            guard handle < owners[group].count else {
                owners[group].append(entry.mention)
                continue
            }
            var loser = entry.mention
            if spellsPath(entry.mention, group), !spellsPath(owners[group][handle], group) {
                swap(&owners[group][handle], &loser)
            }
            repetitions.append((group, handle, loser))
        }
        for (group, handle, mention) in repetitions {
            report(
                Diagnostic(
                    .duplicateKey, at: location(mention),
                    "\"\(string(mention))\" is defined twice in \"\(collections[group].folder)/\"",
                    hint: "give this one another id, or remove it",
                    related: [RelatedLocation(location(owners[group][handle]), "also defined here")]))
        }
        // A file that could not be read surely meant to define what its path says: references to it are not at fault.
        for file in presumed {
            let listed = files[Int(file)]
            var stem = PathStem()
            stem.set(listed.path, in: collections[Int(listed.collection)])
            _ = known[Int(listed.collection)].intern(stem.bytes.span)
        }
        return known
    }

    /// True when a key is what its file's path says.
    private func spellsPath(_ mention: FileFacts.Mention, _ group: Int) -> Bool {
        var stem = PathStem()
        stem.set(files[Int(mention.file)].path, in: collections[group])
        return facts.text[mention.range].elementsEqual(stem.bytes)
    }

    private mutating func checkReferences(_ known: [Interner]) {
        var candidates: [Int: Spelling.Candidates] = [:]
        for entry in facts.references {
            let group = Int(entry.group)
            guard group < known.count else { continue }
            guard known[group].find(facts.text.span.extracting(entry.mention.range)) == nil else { continue }
            let name = string(entry.mention)
            if candidates[group] == nil {
                candidates[group] = Spelling.Candidates(
                    (0..<known[group].count).map { known[group].text(of: Int32($0)) } + absentKeys(group))
            }
            let folder = collections[group].folder
            report(
                Diagnostic(
                    .referenceUnknown, at: location(entry.mention), "\"\(name)\" is not in \"\(folder)/\"",
                    hint: candidates[group]?.nearest(to: name).map { "did you mean \"\($0)\"?" }
                        ?? "add it to \"\(folder)/\" first, or correct the name"))
        }
    }

    private mutating func checkUniques() {
        var seen = [Interner](repeating: Interner(), count: facts.scopes.count)
        var first: [[FileFacts.Mention]] = Array(repeating: [], count: facts.scopes.count)
        for entry in facts.uniques {
            let group = Int(entry.group)
            let folded = FactCheck.folded(facts.text[entry.mention.range])
            let handle = Int(seen[group].intern(folded.span))
            guard handle < first[group].count else {
                first[group].append(entry.mention)
                continue
            }
            let scope = facts.scopes.text(of: entry.group)
            report(
                Diagnostic(
                    .duplicateValue, at: location(entry.mention),
                    "\"\(string(entry.mention))\" is already in use as \(scope)",
                    hint: "each may occur once, whatever its case",
                    related: [RelatedLocation(location(first[group][handle]), "first used here")]))
        }
    }

    private mutating func report(_ finding: Diagnostic) {
        findings.append(finding)
        omissions.cut(&findings, to: limit)
    }

    /// The text with case taken out.
    static func folded(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        if bytes.contains(where: { $0 >= 0x80 }) {
            return Array(String(decoding: bytes, as: UTF8.self).lowercased().utf8)
        }
        return bytes.map { (65...90).contains($0) ? $0 | 0x20 : $0 }
    }

    private func string(_ mention: FileFacts.Mention) -> String {
        String(decoding: facts.text[mention.range], as: UTF8.self)
    }

    private func location(_ mention: FileFacts.Mention) -> Location {
        Location(path: files[Int(mention.file)].path, span: mention.span)
    }
}
