import Diagnostics
package import Documents
package import Text

/// One file of another source as it stood on a day.
package struct Snapshot: Sendable {
    /// The file's name, without its folder.
    package let name: String
    package let bytes: [UInt8]
    package let origin: Origin

    package init(name: String, bytes: [UInt8], origin: Origin) {
        self.name = name
        self.bytes = bytes
        self.origin = origin
    }

    /// The file as JSON.
    ///
    /// Throws where it is not, saying where. Linear in the bytes.
    package func json() throws(SourceError) -> Value {
        var limits = Limits.standard
        limits.nodes = 20_000_000
        var reader = JSONReader(limits: limits)
        var document = Document()
        var keys = Interner()
        var findings: [Diagnostic] = []
        guard reader.read(bytes, path: name, into: &document, keys: &keys, findings: &findings) else {
            let place = findings.first.map {
                "\($0.location.span.start.line):\($0.location.span.start.column): \($0.message)"
            }
            throw SourceError("\"\(name)\" is not JSON: \(place ?? "it is empty")")
        }
        return Value(document)
    }
}

/// Where the facts of a snapshot come from and when they were seen there.
package struct Origin: Sendable, Hashable {
    package var url: String?
    package var seenOn: CalendarDate

    package init(url: String?, seenOn: CalendarDate) {
        self.url = url
        self.seenOn = seenOn
    }
}

/// A snapshot cannot be made sense of as a whole.
package struct SourceError: Error, Sendable {
    /// What is wrong with which file, in words.
    package let message: String

    package init(_ message: String) { self.message = message }
}
