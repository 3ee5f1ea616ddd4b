/// The part of a file's path that says which entity it holds: below the collection's folder, without the extension.
struct PathStem {
    private(set) var bytes: [UInt8] = []
    /// Where each segment begins, and one past the end of the last as if a slash followed.
    private var starts: [Int] = [0]

    init() {}

    /// Takes the stem of a path in; keeps its memory.
    mutating func set(_ path: String, in collection: Collection) {
        bytes.removeAll(keepingCapacity: true)
        var path = path
        path.withUTF8 { text in
            let end = max(0, text.count - Collection.fileExtension.utf8.count)
            bytes.append(contentsOf: text[min(collection.folder.utf8.count + 1, end)..<end])
        }
        starts.removeAll(keepingCapacity: true)
        starts.append(0)
        for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "/") { starts.append(offset + 1) }
        starts.append(bytes.count + 1)
    }

    /// The bytes of these segments, from 1, with the slashes between them; nil when there are not so many.
    func segments(_ range: ClosedRange<Int>) -> ArraySlice<UInt8>? {
        guard range.upperBound < starts.count else { return nil }
        return bytes[starts[range.lowerBound - 1]..<starts[range.upperBound] - 1]
    }
}
