import Diagnostics
import Documents
import Git
import Text
import YAML

/// Reads one file after the other into the same document, with all the buffers it reuses.
struct FileReader: ~Copyable {
    private let limits: Limits
    private var yaml: YAMLReader
    private var keys: Interner
    private let ownKeyCount: Int
    /// The last file that was read.
    private(set) var document = Document()
    private(set) var bytes: [UInt8] = []

    /// Keys of people's own that are kept between files; hostile files could bring any number.
    private static let foreignKeys = 20_000

    /// Documents are read with keys that begin with these.
    init(limits: Limits, keys: Interner = Interner()) {
        self.limits = limits
        self.keys = keys
        ownKeyCount = keys.count
        yaml = YAMLReader(limits: limits)
    }

    /// Reads a file into `document`; false, with a finding, when nothing can be said of what it holds.
    ///
    /// `object` is its blob where that is known. Throws when a commit's objects are missing.
    mutating func read(
        _ path: String, _ object: ObjectID? = nil, from tree: borrowing TreeReader,
        findings: inout [Diagnostic]
    ) throws(TreeError) -> Bool {
        if keys.count > ownKeyCount + FileReader.foreignKeys { keys.truncate(to: ownKeyCount) }
        guard try tree.read(path, object, limits: limits, into: &bytes, findings: &findings) else {
            return false
        }
        return yaml.read(bytes, path: path, into: &document, keys: &keys, findings: &findings)
    }
}
