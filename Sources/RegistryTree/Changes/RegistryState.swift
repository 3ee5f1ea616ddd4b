import Diagnostics
import Documents
package import Entities
import Text
import YAML

/// One of the two states of a registry that are compared: what its files say, and the files themselves.
package struct RegistryState {
    package let catalog: Catalog
    /// Findings of error severity by path.
    let errorCounts: [String: Int]
    /// Findings of error severity, those that were left out counted.
    let errorCount: Int
    /// The files that decide what is right, by path: the schemas and the suppression list.
    let rules: [String: [UInt8]]
    /// The bytes of a file; nil where there is none that could be read.
    private let bytes: (_ path: String) -> [UInt8]?

    /// A state from its parts.
    package init(
        catalog: Catalog, errorCounts: [String: Int] = [:], errorCount: Int? = nil,
        rules: [String: [UInt8]] = [:], bytes: @escaping (_ path: String) -> [UInt8]?
    ) {
        self.catalog = catalog
        self.errorCounts = errorCounts
        self.errorCount = errorCount ?? errorCounts.values.reduce(0, +)
        self.rules = rules
        self.bytes = bytes
    }

    /// The state of a source, checked by its own schemas. Linear in the registry's bytes.
    ///
    /// Throws when the registry or its schemas cannot be read.
    package init(of source: RegistrySource, options: Validation.Options) throws(TreeError) {
        let validation = try Validation(of: source, options: options)
        let errors = validation.findings.filter { $0.severity == .error }
        let files = try SourceFiles(of: source)
        self.init(
            catalog: validation.catalog,
            errorCounts: errors.reduce(into: [:]) { $0[$1.location.path, default: 0] += 1 },
            errorCount: errors.count + validation.omissions.count(of: .error),
            rules: try RegistryState.rules(of: source, limits: options.limits),
            bytes: { files.bytes(of: $0) })
    }

    /// True when something that can be read stands at a path.
    func hasFile(_ path: String) -> Bool { bytes(path) != nil }

    /// What a file of the state holds; nil when it cannot be read. Linear in the file.
    func document(of path: String) -> Document? {
        bytes(path).flatMap { RegistryState.document(of: $0, path: path) }
    }

    /// What a file's bytes hold; nil when they cannot be read. Linear in the bytes.
    static func document(of bytes: [UInt8], path: String) -> Document? {
        var reader = YAMLReader()
        var keys = Interner()
        var document = Document()
        var findings: [Diagnostic] = []
        let isRead = reader.read(bytes, path: path, into: &document, keys: &keys, findings: &findings)
        return isRead && !document.nodes.isEmpty ? document : nil
    }

    private static func rules(of source: RegistrySource, limits: Limits) throws(TreeError) -> [String:
        [UInt8]]
    {
        let tree = try source.open()
        let folder = RegistrySchemas.folder
        var rules: [String: [UInt8]] = [:]
        var paths = [Suppressions.path]
        do throws(ReadFailure) {
            paths += try tree.entries(of: folder).map { "\(folder)/\($0.name)" }
        } catch {
            throw error.failure(folder + "/")
        }
        var bytes: [UInt8] = []
        for path in paths {
            // What cannot be read is a finding of the validation; it counts as changed against what can.
            if (try? tree.read(path, limit: limits.fileBytes, into: &bytes)) == true { rules[path] = bytes }
        }
        return rules
    }
}
