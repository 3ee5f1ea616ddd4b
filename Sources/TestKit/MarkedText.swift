package import Text

/// A text with marked places, so that a test shows its input, the places and what is expected there together.
///
/// A marker is a number from 1 to 9 in angle brackets with bars, `<|1|>`; it stands right before the character it marks.
package struct MarkedText: Sendable {
    /// The text without the markers.
    package let text: String
    /// Where each marker stood.
    package let places: [Int: TextPosition]

    package init(_ marked: String) {
        var bytes: [UInt8] = []
        var offsets: [Int: Int] = [:]
        var rest = Array(marked.utf8)[...]
        while let byte = rest.first {
            if let marker = MarkedText.marker(at: rest) {
                offsets[marker] = bytes.count
                rest = rest.dropFirst(5)
            } else {
                bytes.append(byte)
                rest = rest.dropFirst()
            }
        }
        let lines = LineIndex(bytes.span)
        places = offsets.mapValues { lines.position(of: $0, in: bytes.span) }
        text = String(decoding: bytes, as: UTF8.self)
    }

    private static func marker(at bytes: ArraySlice<UInt8>) -> Int? {
        let marker = bytes.prefix(5)
        guard marker.count == 5, marker.starts(with: "<|".utf8), marker.suffix(2).elementsEqual("|>".utf8)
        else {
            return nil
        }
        let digit = marker[marker.startIndex + 2] &- 48
        return (1...9).contains(digit) ? Int(digit) : nil
    }
}
