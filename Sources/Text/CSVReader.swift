/// Reads separated values (RFC 4180) as they come, chunk by chunk, holding no more than one record.
///
/// Quoted fields may hold separators, quotes and line breaks; a byte order mark, empty lines and the carriage return of
/// a line end are passed over.
package struct CSVReader {
    /// One record and the line that it begins in.
    package struct Record {
        /// From 1.
        package fileprivate(set) var line = 1
        /// True where a quote is opened that nothing closes, in this file or within the most that a record may hold.
        /// The record is then its first line, and the lines below are read as records of their own.
        package fileprivate(set) var isUnclosed = false
        fileprivate var bytes: [UInt8] = []
        /// The end of each field in `bytes`.
        fileprivate var ends: [Int] = []

        package var count: Int { ends.count }

        /// The bytes of a field, as they stand between the quotes.
        package subscript(field: Int) -> ArraySlice<UInt8> {
            bytes[(field == 0 ? 0 : ends[field - 1])..<ends[field]]
        }

        /// True where all of it is text in UTF-8.
        package var isUTF8: Bool {
            bytes.allSatisfy { $0 < 0x80 } || String(validating: bytes, as: UTF8.self) != nil
        }

        /// True where there is nothing on the line.
        fileprivate var isBlank: Bool { bytes.isEmpty && ends.count <= 1 }
    }

    private enum Place {
        case fieldStart, plain, quoted, afterQuote
    }

    private let separator: UInt8
    private let recordLimit: Int
    private var place = Place.fieldStart
    /// What `next` and `last` found; from the call after them on it is being filled anew.
    package private(set) var record = Record()
    private var isComplete = false
    /// What was read of the record, quotes and all; it is read again where a quote turns out to be open.
    private var raw: [UInt8] = []
    /// What is to be read again before anything else.
    private var again: [UInt8] = []
    /// The length of the record's bytes up to the last closing quote: a carriage return within quotes stays.
    private var quotedEnd = 0
    private var line = 1
    /// Bytes of the mark at the beginning of the text that were seen; nil once it is past.
    private var markLength: Int? = 0

    /// A reader of fields between separators, of records of so many bytes at most.
    package init(separator: UInt8 = UInt8(ascii: ","), recordLimit: Int = .max) {
        self.separator = separator
        self.recordLimit = recordLimit
    }

    /// Reads on until a record ends, and takes what it read off the bytes; false when they end first. Linear.
    package mutating func next(in bytes: inout ArraySlice<UInt8>) -> Bool {
        if isComplete { begin() }
        skipMark(in: &bytes)
        if !again.isEmpty {
            var rest = again[...]
            let isFound = scan(&rest)
            again = Array(rest)
            if isFound { return true }
        }
        return scan(&bytes)
    }

    /// Ends the last records, those whose quote is open among them; false when there are no more.
    package mutating func last() -> Bool {
        var none: ArraySlice<UInt8> = []
        if next(in: &none) { return true }
        if place == .quoted {
            giveUp()
            return true
        }
        return !raw.isEmpty && close()
    }

    private mutating func scan(_ bytes: inout ArraySlice<UInt8>) -> Bool {
        var index = bytes.startIndex
        defer { bytes = bytes[index...] }
        while index < bytes.endIndex {
            let byte = bytes[index]
            index += 1
            if take(byte) { return true }
            if raw.count >= recordLimit {
                giveUp()
                return true
            }
        }
        return false
    }

    /// True when the byte ends a record that is not blank.
    private mutating func take(_ byte: UInt8) -> Bool {
        raw.append(byte)
        if byte == UInt8(ascii: "\n") { line += 1 }
        if place == .quoted {
            if byte == UInt8(ascii: "\"") {
                place = .afterQuote
                quotedEnd = record.bytes.count
            } else {
                record.bytes.append(byte)
            }
            return false
        }
        switch byte {
        case separator:
            record.ends.append(record.bytes.count)
            place = .fieldStart
        case UInt8(ascii: "\n"): return close()
        case UInt8(ascii: "\"") where place == .fieldStart: place = .quoted
        case UInt8(ascii: "\"") where place == .afterQuote:
            // Directly after a closing quote it stands for a quote.
            record.bytes.append(byte)
            place = .quoted
        default:
            record.bytes.append(byte)
            place = .plain
        }
        return false
    }

    /// False where the line is blank, and passed over.
    private mutating func close() -> Bool {
        if record.bytes.last == UInt8(ascii: "\r"),
            record.bytes.count > max(quotedEnd, record.ends.last ?? 0)
        {
            record.bytes.removeLast()
        }
        record.ends.append(record.bytes.count)
        isComplete = !record.isBlank
        if !isComplete { begin() }
        raw.removeAll(keepingCapacity: true)
        return isComplete
    }

    private mutating func begin() {
        record.bytes.removeAll(keepingCapacity: true)
        record.ends.removeAll(keepingCapacity: true)
        record.isUnclosed = false
        record.line = line
        raw.removeAll(keepingCapacity: true)
        quotedEnd = 0
        place = .fieldStart
        isComplete = false
    }

    /// Makes the first line of the record one whose quote is open; the rest is read again.
    private mutating func giveUp() {
        let end = raw.firstIndex(of: UInt8(ascii: "\n")) ?? raw.endIndex
        again = Array(raw[end...].dropFirst()) + again
        line = record.line + (end < raw.endIndex ? 1 : 0)
        record.isUnclosed = true
        record.bytes = Array(raw[..<end])
        record.ends = [end]
        raw.removeAll(keepingCapacity: true)
        place = .fieldStart
        isComplete = true
    }

    private mutating func skipMark(in bytes: inout ArraySlice<UInt8>) {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        while let seen = markLength, let byte = bytes.first {
            if byte == mark[seen] {
                bytes.removeFirst()
                markLength = seen == 2 ? nil : seen + 1
            } else {
                again = Array(mark[..<seen])
                markLength = nil
            }
        }
    }
}
