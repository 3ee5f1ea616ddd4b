import Diagnostics
import Text

/// The encoding and the characters of a file, asked only of files with anything but printable ASCII in them.
struct CharacterCheck {
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Reports what is wrong; false when the file cannot be parsed as it is.
    func run(_ log: inout FindingLog) -> Bool {
        if let encoding = foreignEncoding {
            log.refuse(
                .yamlEncoding, at: .start, "the file is in \(encoding), not in UTF-8",
                hint: "save the file as UTF-8")
            return false
        }
        do throws(UTF8.ValidationError) {
            _ = try UTF8Span(validating: bytes.span)
        } catch {
            reportInvalidBytes(error, &log)
            return false
        }
        return checkCharacters(&log)
    }

    /// UTF-16 or UTF-32 by name, with a byte order mark or without: no text begins with a NUL in its first two.
    private var foreignEncoding: String? {
        if bytes.starts(with: [0xFF, 0xFE, 0, 0]) || bytes.starts(with: [0, 0, 0xFE, 0xFF]) {
            return "UTF-32"
        }
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return "UTF-16" }
        guard bytes.count >= 4 else { return nil }
        switch (bytes[0] == 0, bytes[1] == 0, bytes[2] == 0, bytes[3] == 0) {
        case (true, true, true, false), (false, true, true, true): return "UTF-32"
        case (true, false, true, false), (false, true, false, true): return "UTF-16"
        default: return nil
        }
    }

    private func reportInvalidBytes(_ error: UTF8.ValidationError, _ log: inout FindingLog) {
        let offset = error.byteOffsets.lowerBound
        let what =
            switch error.kind {
            case .surrogateCodePointByte: "half of a surrogate pair"
            case .overlongEncodingByte: "a character in more bytes than it needs"
            default: "the byte 0x" + String(bytes[offset], radix: 16, uppercase: true)
            }
        log.refuse(
            .yamlEncoding, at: span(at: offset, LineIndex(bytes.span)), what + " is not UTF-8 here",
            hint: "save the file as UTF-8; bytes of an older encoding such as Latin-1 must be converted")
    }

    /// One finding a line and kind, so that a line full of them is told once.
    private func checkCharacters(_ log: inout FindingLog) -> Bool {
        let start = UTF8.byteOrderMarkLength(of: bytes.span)
        var found: [(hazard: Hazard, scalar: Unicode.Scalar, offset: Int)] = []
        Hazard.forEach(in: bytes.span.extracting(start..<bytes.count)) { hazard, scalar, offset in
            found.append((hazard, scalar, start + offset))
        }
        guard !found.isEmpty else { return true }
        let lines = LineIndex(bytes.span)
        var last: (hazard: Hazard, line: Int)?
        // Columns are counted only for what is told: a hostile line is long.
        for (hazard, scalar, offset) in found where !log.isFull {
            let line = lines.line(of: offset)
            if let last, last == (hazard, line) { continue }
            last = (hazard, line)
            let finding = CharacterFinding(hazard, scalar)
            log.add(finding.rule, at: span(at: offset, lines), finding.message, hint: finding.hint)
        }
        return !found.contains { [.control, .lineBreak, .byteOrderMark].contains($0.hazard) }
    }

    private func span(at offset: Int, _ lines: LineIndex) -> TextSpan {
        let position = lines.position(of: offset, in: bytes.span)
        return TextSpan(line: Int(position.line), column: Int(position.column), width: 1)
    }
}

/// The words for a character that may not stand in a file.
struct CharacterFinding {
    let rule: RuleID
    let message: String
    let hint: String

    init(_ hazard: Hazard, _ scalar: Unicode.Scalar) {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let name = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        switch hazard {
        case .control:
            (rule, message) = (.yamlControlCharacter, "the control character \(name) may not stand in a file")
            hint = "remove it"
        case .lineBreak:
            (rule, message) = (.yamlLineBreak, "the line separator \(name) hides text from editors and diffs")
            hint = "end lines with LF; in double quotes a break is written \\n"
        case .bidirectional:
            (rule, message) = (
                .yamlBidirectional, "the direction mark \(name) makes the text look other than it is"
            )
            hint = "remove it"
        case .invisible:
            (rule, message) = (.yamlInvisible, "the invisible character \(name) may not stand in a file")
            hint = "remove it; it often comes along when text is copied from a web page"
        case .byteOrderMark:
            (rule, message) = (.yamlEncoding, "a byte order mark may stand at the start of a file only")
            hint = "remove the invisible character U+FEFF"
        }
    }
}
