import Text

/// What files say that only other files can judge: keys, references, unique values; in compact form, since a registry
/// may have a hundred thousand files.
struct FileFacts: Sendable {
    /// A text that stands at a place in a file.
    struct Mention: Sendable {
        let file: Int32
        let line: UInt32
        let column: UInt32
        let width: UInt32
        /// Its bytes in `FileFacts.text`.
        let start: UInt32
        let length: UInt32

        var span: TextSpan { TextSpan(line: Int(line), column: Int(column), width: Int(width)) }
        var range: Range<Int> { Int(start)..<Int(start + length) }
    }

    /// A mention that belongs to a collection (keys, references) or to a scope (unique values).
    struct Entry: Sendable {
        let group: Int32
        let mention: Mention
    }

    private(set) var text: [UInt8] = []
    /// Keys of entities, by collection.
    var keys: [Entry] = []
    /// References, by the collection they lead to.
    var references: [Entry] = []
    /// Unique values, by scope.
    var uniques: [Entry] = []
    /// Names of scopes, by the number that `uniques` use.
    private(set) var scopes = Interner()

    init() {}

    /// The number of a scope.
    mutating func scope(_ name: [UInt8]) -> Int32 {
        scopes.intern(name.span)
    }

    /// Keeps a text with its place.
    mutating func mention(_ bytes: ArraySlice<UInt8>, file: Int32, span: TextSpan) -> Mention {
        let start = UInt32(text.count)
        text.append(contentsOf: bytes)
        return Mention(
            file: file, line: UInt32(span.start.line), column: UInt32(span.start.column),
            width: UInt32(max(1, span.end.column - span.start.column)), start: start,
            length: UInt32(bytes.count))
    }

    /// Takes in the facts of another worker; their order is made good by `sort`.
    mutating func append(_ other: FileFacts) {
        let base = UInt32(text.count)
        text.append(contentsOf: other.text)
        func moved(_ entry: Entry, group: Int32) -> Entry {
            let mention = entry.mention
            return Entry(
                group: group,
                mention: Mention(
                    file: mention.file, line: mention.line, column: mention.column, width: mention.width,
                    start: mention.start + base, length: mention.length))
        }
        keys += other.keys.map { moved($0, group: $0.group) }
        references += other.references.map { moved($0, group: $0.group) }
        let scopeMap = (0..<other.scopes.count).map { scopes.intern(other.scopes.text(of: Int32($0))) }
        uniques += other.uniques.map { moved($0, group: scopeMap[Int($0.group)]) }
    }

    /// Puts everything in the order of files and places, whatever worker found it.
    mutating func sort() {
        func precedes(_ left: Entry, _ right: Entry) -> Bool {
            (left.mention.file, left.mention.line, left.mention.column)
                < (right.mention.file, right.mention.line, right.mention.column)
        }
        keys.sort(by: precedes)
        references.sort(by: precedes)
        uniques.sort(by: precedes)
    }
}
