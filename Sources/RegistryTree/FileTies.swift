import Diagnostics
import Entities
import Text

/// What ties one file to others.
struct FileTies: Sendable {
    var tokens: Set<TieToken> = []
    /// Replacements to be followed from file to file.
    var steps: [(target: TieToken, neighbours: TieToken?)] = []
    /// Its key, where that is not what its path says.
    var oddKey: [UInt8]?
    /// True when a finding about its path gives way to findings about its ties.
    var isMismatched = false

    /// The ties of all files of an inspection, in their order. Linear in what was noted.
    static func of(
        _ inspection: Inspection, files: [ListedFile], collections: [Collection]
    ) -> [FileTies] {
        var ties = [FileTies](repeating: FileTies(), count: files.count)
        for (index, file) in files.enumerated() {
            // A file stands for its path's key too: what names it by that is said to be in it.
            let stem = stem(of: file, collections)
            ties[index].tokens.insert(TieToken(key: stem, collection: file.collection, .given))
        }
        let facts = inspection.facts
        for entry in facts.keys {
            let index = Int(entry.mention.file)
            let key = Array(facts.text[entry.mention.range])
            ties[index].tokens.insert(TieToken(key: key, collection: entry.group, .given))
            if key != stem(of: files[index], collections) { ties[index].oddKey = key }
        }
        for entry in facts.references {
            let key = facts.text[entry.mention.range]
            ties[Int(entry.mention.file)].tokens.insert(TieToken(key: key, collection: entry.group, .taken))
        }
        for entry in facts.uniques {
            let value = FactCheck.folded(facts.text[entry.mention.range])
            let scope = Array(facts.scopes.text(of: entry.group).utf8)
            ties[Int(entry.mention.file)].tokens.insert(TieToken(unique: value, scope: scope))
        }
        for (file, record) in inspection.records { ties[Int(file)].add(record.entity.ties) }
        let mismatched = Set(
            inspection.findings.lazy.filter { $0.rule == .pathMismatch }.map(\.location.path))
        if !mismatched.isEmpty {
            for index in files.indices where mismatched.contains(files[index].path) {
                ties[index].isMismatched = true
            }
        }
        return ties
    }

    private mutating func add(_ ties: Ties) {
        for tie in ties.given { tokens.insert(TieToken(tie, .given)) }
        for tie in ties.taken { tokens.insert(TieToken(tie, .taken)) }
        steps += ties.steps.map { step in
            (TieToken(step.tie, .given), step.neighbours.map { TieToken($0, .taken) })
        }
    }

    private static func stem(of file: ListedFile, _ collections: [Collection]) -> [UInt8] {
        var stem = PathStem()
        stem.set(file.path, in: collections[Int(file.collection)])
        return stem.bytes
    }
}
