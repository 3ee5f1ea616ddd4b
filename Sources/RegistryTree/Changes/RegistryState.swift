import Diagnostics
import Documents
package import Entities
import Text
import YAML

/// One of the two states of a registry that are compared: what its files say, and the files themselves.
package struct RegistryState: Sendable {
    package let catalog: Catalog
    /// Findings of error severity by path.
    let errorCounts: [String: Int]
    /// Findings of error severity, those that were left out counted.
    let errorCount: Int
    /// The files that decide what is right, by path: the schemas and the suppression list.
    let rules: [String: [UInt8]]
    /// The bytes of a file; nil where there is none that could be read.
    private let bytes: @Sendable (_ path: String) -> [UInt8]?

    /// A state from its parts.
    package init(
        catalog: Catalog, errorCounts: [String: Int] = [:], errorCount: Int? = nil,
        rules: [String: [UInt8]] = [:], bytes: @escaping @Sendable (_ path: String) -> [UInt8]?
    ) {
        self.catalog = catalog
        self.errorCounts = errorCounts
        self.errorCount = errorCount ?? errorCounts.values.reduce(0, +)
        self.rules = rules
        self.bytes = bytes
    }

    /// True when something that can be read stands at a path.
    func hasFile(_ path: String) -> Bool { bytes(path) != nil }

    /// What a file of the state holds; nil when it cannot be read. Linear in the file.
    func document(of path: String) -> Document? {
        guard let bytes = bytes(path) else { return nil }
        var reader = YAMLReader()
        var keys = Interner()
        var document = Document()
        var findings: [Diagnostic] = []
        let isRead = reader.read(bytes, path: path, into: &document, keys: &keys, findings: &findings)
        return isRead && !document.nodes.isEmpty ? document : nil
    }
}
