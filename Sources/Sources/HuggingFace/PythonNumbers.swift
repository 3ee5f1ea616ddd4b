/// Python writes `Infinity` and `NaN` into files that it calls JSON.
enum PythonNumbers {
    /// The bytes with `null` for such words outside strings. Linear in the bytes.
    static func replaced(in bytes: [UInt8]) -> [UInt8] {
        guard words.contains(where: { bytes.contains($0) }) else { return bytes }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var isInString = false
        var place = 0
        while place < bytes.count {
            let byte = bytes[place]
            if isInString {
                if byte == UInt8(ascii: "\\"), place + 1 < bytes.count {
                    result.append(byte)
                    place += 1
                } else if byte == UInt8(ascii: "\"") {
                    isInString = false
                }
            } else if byte == UInt8(ascii: "\"") {
                isInString = true
            } else if let word = words.first(where: { bytes[place...].starts(with: $0) }) {
                result.append(contentsOf: "null".utf8)
                place += word.count
                continue
            }
            result.append(bytes[place])
            place += 1
        }
        return result
    }

    private static let words = ["-Infinity", "Infinity", "NaN"].map { Array($0.utf8) }
}
