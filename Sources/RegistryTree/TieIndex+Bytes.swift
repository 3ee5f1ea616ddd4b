import Git

/// The form in which an index is kept on the disk, all numbers little-endian:
///
///     magic, schemas' digest, tree, counts of files, path bytes, odd keys and postings
///     postings, then a collection and an end in the path bytes for each file
///     odd keys: file, length, bytes; the paths' bytes; a checksum of all before
extension TieIndex {
    /// Raised when ties are made otherwise, so that an older program's index is never used.
    private static let magic = Array("model-atlas ties 1\n".utf8)

    /// The bytes of this index, made under schemas with this digest.
    func encoded(schemas digest: ObjectID) -> [UInt8] {
        var bytes = TieIndex.magic + digest.bytes + tree.bytes
        let odd = files.indices.filter { files[$0].oddKey != nil }
        var paths: [UInt8] = []
        for file in files { paths += file.pathBytes }
        for count in [files.count, paths.count, odd.count, postings.count] { bytes.add(UInt64(count)) }
        bytes.reserveCapacity(bytes.count + 8 * (postings.count + files.count + 2) + paths.count)
        for posting in postings { bytes.add(posting) }
        var end = 0
        for file in files {
            end += file.pathBytes.count
            bytes.add((file.isEntangled ? 1 << 63 : 0) | UInt64(file.collection) << 32 | UInt64(end))
        }
        for index in odd {
            let key = files[index].oddKey ?? []
            bytes.add(UInt64(index) << 32 | UInt64(key.count))
            bytes += key
        }
        bytes += paths
        bytes.add(checksum(of: bytes[...]))
        return bytes
    }

    /// Reads an index made under schemas with this digest; nil for bytes that are anything else. Linear.
    init?(_ bytes: [UInt8], schemas digest: ObjectID, collectionCount: Int) {
        let head = TieIndex.magic + digest.bytes
        var reader = IndexReader(bytes)
        guard bytes.count >= head.count + 8, bytes.starts(with: head),
            IndexReader(bytes, from: bytes.count - 8).peek() == checksum(of: bytes.dropLast(8))
        else { return nil }
        reader.skip(head.count)
        guard let tree = ObjectID(bytes: reader.take(ObjectID.byteCount)),
            let fileCount = reader.count(), let pathByteCount = reader.count(),
            let oddCount = reader.count(), let postingCount = reader.count(),
            let postings = reader.words(postingCount), let ends = reader.words(fileCount)
        else { return nil }
        var oddKeys: [Int: [UInt8]] = [:]
        for _ in 0..<oddCount {
            guard let word = reader.word() else { return nil }
            oddKeys[Int(word >> 32)] = Array(reader.take(Int(word & 0xFFFF_FFFF)))
        }
        let paths = reader.take(pathByteCount)
        guard paths.count == pathByteCount, reader.rest == 8 else { return nil }
        var files: [File] = []
        files.reserveCapacity(fileCount)
        var start = 0
        for (index, word) in ends.enumerated() {
            let (collection, end) = (Int(word >> 32 & 0x7FFF_FFFF), Int(word & 0xFFFF_FFFF))
            guard start <= end, end <= paths.count, collection < collectionCount else { return nil }
            files.append(
                File(
                    pathBytes: paths[paths.startIndex + start..<paths.startIndex + end],
                    collection: Int32(collection), oddKey: oddKeys[index], isEntangled: word >> 63 == 1))
            start = end
        }
        guard postings.allSatisfy({ $0 & 0xFFFF_FFFF < UInt64(fileCount) }) else { return nil }
        self.init(tree: tree, files: files, postings: postings)
    }
}

/// A sum that any damage to the bytes changes: not proof against malice, which the git folder is not open to.
private func checksum(of bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.withUnsafeBytes { buffer in
        var sum = UInt64(buffer.count)
        var offset = 0
        while offset + 8 <= buffer.count {
            sum =
                (sum ^ buffer.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) &* 0x9E37_79B9_7F4A_7C15
            sum ^= sum >> 29
            offset += 8
        }
        for byte in buffer[offset...] { sum = (sum ^ UInt64(byte)) &* 0x9E37_79B9_7F4A_7C15 }
        return sum
    }
}

/// Takes numbers and bytes from the front of what is left; never past the end.
private struct IndexReader {
    private let bytes: [UInt8]
    private var offset: Int

    init(_ bytes: [UInt8], from offset: Int = 0) {
        self.bytes = bytes
        self.offset = offset
    }

    var rest: Int { bytes.count - offset }

    mutating func skip(_ count: Int) { offset += min(count, rest) }

    /// At most this many bytes.
    mutating func take(_ count: Int) -> ArraySlice<UInt8> {
        defer { skip(count) }
        return bytes[offset..<offset + min(count, rest)]
    }

    func peek() -> UInt64? {
        guard rest >= 8 else { return nil }
        return bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: UInt64.self) }
    }

    mutating func word() -> UInt64? {
        defer { skip(8) }
        return peek()
    }

    /// A number of things that take at least a byte each, so there cannot be more than bytes.
    mutating func count() -> Int? {
        word().flatMap { $0 <= UInt64(bytes.count) ? Int($0) : nil }
    }

    mutating func words(_ count: Int) -> [UInt64]? {
        guard count <= rest / 8 else { return nil }
        defer { skip(8 * count) }
        return [UInt64](unsafeUninitializedCapacity: count) { buffer, initialized in
            for index in 0..<count {
                buffer[index] = bytes.withUnsafeBytes {
                    $0.loadUnaligned(fromByteOffset: offset + 8 * index, as: UInt64.self)
                }
            }
            initialized = count
        }
    }
}

extension [UInt8] {
    fileprivate mutating func add(_ word: UInt64) {
        Swift.withUnsafeBytes(of: word.littleEndian) { append(contentsOf: $0) }
    }
}
