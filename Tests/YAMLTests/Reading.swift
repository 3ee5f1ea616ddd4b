import Diagnostics
import Documents
import Glibc
import Text
import YAML

/// What came of reading one text.
struct Reading {
    var isUsable = false
    var document = Document()
    var findings: [Diagnostic] = []

    init(_ bytes: [UInt8], limits: Limits = .standard) {
        var reader = YAMLReader(limits: limits)
        var keys = Interner()
        isUsable = reader.read(bytes, path: "x.yaml", into: &document, keys: &keys, findings: &findings)
    }

    init(_ text: String, limits: Limits = .standard) {
        self.init(Array(text.utf8), limits: limits)
    }

    /// The document as JSON; nil when there is none.
    var json: String? {
        guard isUsable else { return nil }
        var writer = JSONWriter()
        writer.write(document)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// Every finding as `rule line:column`, in the order of a report.
    var places: [String] {
        findings.sorted().map {
            "\($0.rule.rawValue) \($0.location.span.start.line):\($0.location.span.start.column)"
        }
    }
}

/// Files beside the tests.
enum TestFiles {
    static let corpora = String(#filePath.dropLast("YAMLTests/Reading.swift".utf8.count)) + "Corpora/"

    /// The bytes of a file; empty when it cannot be read.
    static func bytes(_ path: String) -> [UInt8] {
        let file = open(path, O_RDONLY)
        guard file >= 0 else { return [] }
        defer { close(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = unsafe read(file, &buffer, buffer.count)
            guard count > 0 else { return bytes }
            bytes.append(contentsOf: buffer[..<count])
        }
    }

    /// The names in a folder in byte order.
    static func names(in folder: String) -> [String] {
        guard let directory = unsafe opendir(folder) else { return [] }
        defer { unsafe closedir(directory) }
        var names: [String] = []
        while let entry = unsafe readdir(directory) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
                unsafe String(cString: UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self))
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted()
    }
}
