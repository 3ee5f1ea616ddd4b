import Digests
import Entities
import Postgres
import Text

/// The table of sources. One that several facts name stands there once.
enum SourceTables {
    static let sources = Layout<IdentifiedSource>(
        .sources, named: "sources", ownKey: 1, ending: .kept,
        [
            [
                .text("source_id") { $0.id },
                .word("kind") { $0.source.kind },
                .text("url") { $0.source.url },
                .date("checked_on") { $0.source.checkedOn },
                .text("note") { $0.source.note },
            ]
        ])
}

/// A source under the key that its content gives it.
struct IdentifiedSource {
    let id: String
    let source: Source
}

/// The sources that records have named so far.
struct SourceNotes: ~Copyable {
    /// Half a SHA-256: nobody finds two sources with one key.
    static let idByteCount = 16

    var hasher = SHA256()
    private var ids: [Source: String] = [:]

    /// The key of a source.
    mutating func id(of source: Source) -> String {
        if let id = ids[source] { return id }
        var text: [UInt8] = []
        // The parts are told apart by a byte that no text holds.
        for part in [source.kind.rawValue, source.url, source.checkedOn.description, source.note] {
            if let part { text += part.utf8 } else { text.append(1) }
            text.append(0)
        }
        let id = hasher.digest(of: text.span).hexadecimal(byteCount: SourceNotes.idByteCount)
        ids[source] = id
        return id
    }

    /// All of them, by key.
    var sources: [IdentifiedSource] {
        ids.map { IdentifiedSource(id: $0.value, source: $0.key) }.sorted { $0.id < $1.id }
    }
}
