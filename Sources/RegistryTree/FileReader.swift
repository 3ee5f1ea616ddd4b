import Diagnostics
import Documents
import Text
import YAML

/// Reads one file after the other into the same document, with all the buffers it reuses.
struct FileReader: ~Copyable {
    private let disk: DiskFolder
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
    init(disk: DiskFolder, limits: Limits, keys: Interner = Interner()) {
        self.disk = disk
        self.limits = limits
        self.keys = keys
        ownKeyCount = keys.count
        yaml = YAMLReader(limits: limits)
    }

    /// Reads a file into `document`; false, with a finding, when nothing can be said of what it holds.
    mutating func read(_ path: String, findings: inout [Diagnostic]) -> Bool {
        if keys.count > ownKeyCount + FileReader.foreignKeys { keys.truncate(to: ownKeyCount) }
        guard disk.read(path, limits: limits, into: &bytes, findings: &findings) else { return false }
        return yaml.read(bytes, path: path, into: &document, keys: &keys, findings: &findings)
    }
}
