import Diagnostics
import Documents
import Entities
import TestKit
import Text
import YAML

/// The example registry that rules are explained on, read file by file without its schemas.
struct ExampleRegistry {
    private(set) var files: [String: String] = [:]

    static let root: String = {
        let folder = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(2)
        return (folder + ["Fixtures", "example-registry"]).joined(separator: "/")
    }()

    init() {
        for path in Files.tree(below: ExampleRegistry.root) {
            files[path] = Files.text(at: ExampleRegistry.root + "/" + path)
        }
    }

    /// Replaces the top-level keys that `text` names in the file at `path`, and adds those that it lacks.
    mutating func replaceKeys(at path: String, with text: String) {
        files[path] = TopLevelKeys.replaced(in: files[path] ?? "", by: text)
    }

    /// Puts a whole file.
    mutating func put(_ text: String, at path: String) {
        files[path] = text
    }

    /// Every finding about the fields, and every other that reading the files gives, sorted.
    func findings() -> [Diagnostic] {
        var findings: [Diagnostic] = []
        let records = records(&findings)
        return (findings + Catalog(records.map(\.entity)).findings(records)).sorted()
    }

    func catalog() -> Catalog {
        var findings: [Diagnostic] = []
        return Catalog(records(&findings).map(\.entity))
    }

    private func records(_ findings: inout [Diagnostic]) -> [EntityRecord] {
        var records: [EntityRecord] = []
        for (path, text) in files.sorted(by: { $0.key < $1.key }) {
            guard let kind = ExampleRegistry.kind(of: path),
                let document = Document(yaml: text, path: path, &findings)
            else { continue }
            if let record = EntityRecord(document, kind: kind, path: path, findings: &findings) {
                records.append(record)
            }
        }
        return records
    }

    private static func kind(of path: String) -> EntityKind? {
        EntityKind.allCases.first { path.hasPrefix($0.rawValue + "s/") }
    }
}

extension Document {
    /// A document from YAML text; nil when it cannot be read.
    init?(yaml text: String, path: String = "file.yaml", _ findings: inout [Diagnostic]) {
        var reader = YAMLReader()
        var keys = Interner()
        self.init()
        guard reader.read(Array(text.utf8), path: path, into: &self, keys: &keys, findings: &findings) else {
            return nil
        }
    }

    /// A document from YAML text; nil when it cannot be read.
    init?(yaml text: String) {
        var findings: [Diagnostic] = []
        self.init(yaml: text, &findings)
    }
}
