import Git
import Text

/// A name in a folder of a registry and what stands under it, on the disk or in a commit.
struct FolderEntry: Sendable {
    /// What stands under a name.
    enum Kind: Sendable {
        case file, folder, link, submodule, other
    }

    let name: String
    let kind: Kind
    /// The object of a commit that holds it; nil on the disk.
    var object: ObjectID?
    /// What is wrong with the name beyond its characters; only a commit has such names.
    var fault: NameFault?
    /// True when the tree that this one is compared with has the same here.
    var isShared = false

    /// The order of paths: by bytes, where a folder's name has a slash behind it.
    func precedes(_ other: FolderEntry) -> Bool {
        let (left, right) = (name.utf8.span, other.name.utf8.span)
        let shared = min(left.count, right.count)
        var offset = 0
        while offset < shared, left[offset] == right[offset] { offset += 1 }
        let next = offset < left.count ? left[offset] : ending
        let otherNext = offset < right.count ? right[offset] : other.ending
        return next < otherNext
    }

    /// What follows the name in a path.
    private var ending: UInt8 { kind == .folder ? UInt8(ascii: "/") : 0 }
}

/// Why one file or folder could not be read.
enum ReadFailure: Error {
    /// The file or folder is at fault, for this reason: a finding.
    case entry(reason: String)
    /// The source itself is: nothing can be said of the registry.
    case source(TreeError)

    /// What to throw where a finding is no answer.
    func failure(_ path: String) -> TreeError {
        switch self {
        case .entry(let reason): TreeError("\"\(path)\" cannot be read: \(reason)")
        case .source(let failure): failure
        }
    }
}
