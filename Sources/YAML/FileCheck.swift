import Diagnostics
import Documents
import Text

/// What is checked of a file's bytes before the parser sees them.
struct FileCheck {
    private let bytes: [UInt8]
    private let scan: ByteScan
    private let limits: Limits
    /// Tag directives that a file may have; libyaml compares each with all before it.
    private static let directiveLimit = 16

    init(_ bytes: [UInt8], _ scan: ByteScan, _ limits: Limits) {
        self.bytes = bytes
        self.scan = scan
        self.limits = limits
    }

    /// Reports what is wrong; false when the parser would only add confusion.
    func run(_ log: inout FindingLog) -> Bool {
        guard bytes.count <= limits.fileBytes else {
            log.refuse(
                .fileTooLarge, at: .start,
                "the file has \(bytes.count) bytes, the limit is \(limits.fileBytes)")
            return false
        }
        if scan.hasUnusualBytes, !CharacterCheck(bytes).run(&log) {
            log.isUsable = false
            return false
        }
        if scan.hasMarkerPair, !checkConflictMarkers(&log) { return false }
        return !scan.hasDirective || checkDirectives(&log)
    }

    /// A conflict is told once, at its first marker: each has up to four of them.
    private func checkConflictMarkers(_ log: inout FindingLog) -> Bool {
        let lines = LineIndex(bytes.span)
        var isInside = false
        var isClean = true
        for line in 1...lines.lineStarts.count {
            let text = bytes[lines.range(ofLine: line, in: bytes.span)]
            guard let marker = FileCheck.conflictMarker(text) else { continue }
            if !isInside {
                log.refuse(
                    .yamlConflictMarker, at: TextSpan(line: line, column: 1, width: 7),
                    "a merge conflict that was not resolved",
                    hint: "choose between the two versions and remove the marker lines")
            }
            isClean = false
            isInside = marker != UInt8(ascii: ">")
        }
        return isClean
    }

    /// The character of a line that is a conflict marker, as git writes them: seven of it, then a space or nothing.
    private static func conflictMarker(_ line: ArraySlice<UInt8>) -> UInt8? {
        guard line.count >= 7, let first = line.first, "<=>|".utf8.contains(first),
            line.prefix(7).allSatisfy({ $0 == first })
        else { return nil }
        if first == UInt8(ascii: "=") { return line.count == 7 ? first : nil }
        return line.count == 7 || line[line.startIndex + 7] == 0x20 ? first : nil
    }

    private func checkDirectives(_ log: inout FindingLog) -> Bool {
        let lines = LineIndex(bytes.span)
        var count = 0
        for line in 1...lines.lineStarts.count
        where bytes[lines.range(ofLine: line, in: bytes.span)].starts(with: "%TAG".utf8) {
            count += 1
            guard count <= FileCheck.directiveLimit else {
                log.refuse(
                    .yamlTag, at: TextSpan(line: line, column: 1, width: 4),
                    "more than \(FileCheck.directiveLimit) tag directives")
                return false
            }
        }
        return true
    }
}
