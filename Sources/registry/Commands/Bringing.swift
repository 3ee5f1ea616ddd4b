import Documents
import Glibc
import RegistryTree
import Sources

/// Brings proposals into the files that are there, one after the other.
struct Bringing {
    private let root: String
    /// A pattern that paths must match, as shells have them.
    private let only: String?
    private var merging = Merging()
    private(set) var newCount = 0
    private(set) var changedCount = 0
    private(set) var unchangedCount = 0

    init(root: String, only: String?) {
        self.root = root
        self.only = only
    }

    var conflicts: [Conflict] { merging.conflicts }

    /// The texts of the files that would change.
    ///
    /// Throws when a file that is there cannot be read.
    mutating func files(
        of proposals: [Proposal], progress: ((Int, Int) -> Void)?
    ) throws -> [String: [UInt8]] {
        var files = try RegistryFiles(root: root)
        var records: [String: (old: Record?, new: Record)] = [:]
        for (index, proposal) in proposals.enumerated() {
            progress?(index, proposals.count)
            if let only, fnmatch(only, proposal.path, 0) != 0 { continue }
            let old = try records[proposal.path]?.old ?? files.record(at: proposal.path)
            let merged = merging.merge(proposal, into: records[proposal.path]?.new ?? old)
            records[proposal.path] = (old, merged)
        }
        var texts: [String: [UInt8]] = [:]
        for (path, record) in records.sorted(by: { $0.key < $1.key }) {
            if record.old == record.new {
                unchangedCount += 1
                continue
            }
            if record.old == nil { newCount += 1 } else { changedCount += 1 }
            texts[path] = try files.text(of: record.new, at: path)
        }
        return texts
    }
}
