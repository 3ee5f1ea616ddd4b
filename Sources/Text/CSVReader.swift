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
    private var record = Record()
    /// What was read of the record, quotes and all; it is read again where a quote turns out to be open.
    private var raw: [UInt8] = []
    /// The length of the record's bytes up to the last closing quote: a carriage return within quotes stays.
    private var quotedEnd = 0
    private var line = 1
    /// The first bytes of the text, kept until they are, or are not, a byte order mark; nil from then on.
    private var opening: [UInt8]? = []

    /// A reader of fields between separators, of records of so many bytes at most.
    package init(separator: UInt8 = UInt8(ascii: ","), recordLimit: Int = .max) {
        self.separator = separator
        self.recordLimit = recordLimit
    }

    /// Reads on; each record that ends is given to `take`. Linear in the bytes.
    package mutating func read<Failure: Error>(
        _ bytes: ArraySlice<UInt8>, _ take: (Record) throws(Failure) -> Void
    ) throws(Failure) {
        var bytes = bytes
        if let beginning = opening {
            let joined = beginning + bytes
            guard joined.count >= 3 else {
                opening = joined
                return
            }
            opening = nil
            bytes = joined.dropFirst(UTF8.byteOrderMarkLength(of: joined.span))
        }
        for byte in bytes {
            try scan(byte, take)
            if raw.count >= recordLimit { try giveUp(take) }
        }
    }

    /// Ends the last record, which may lack its line end.
    package mutating func finish<Failure: Error>(
        _ take: (Record) throws(Failure) -> Void
    ) throws(Failure) {
        for byte in opening ?? [] { try scan(byte, take) }
        opening = nil
        while place == .quoted { try giveUp(take) }
        if !raw.isEmpty { try close(take) }
    }

    private mutating func scan<Failure: Error>(
        _ byte: UInt8, _ take: (Record) throws(Failure) -> Void
    ) throws(Failure) {
        raw.append(byte)
        if byte == UInt8(ascii: "\n") { line += 1 }
        switch (byte, place) {
        case (UInt8(ascii: "\""), .fieldStart), (UInt8(ascii: "\""), .afterQuote):
            // Directly after a closing quote it stands for a quote.
            if place == .afterQuote { record.bytes.append(byte) }
            place = .quoted
        case (UInt8(ascii: "\""), .quoted):
            place = .afterQuote
            quotedEnd = record.bytes.count
        case (_, .quoted): record.bytes.append(byte)
        case (separator, _):
            record.ends.append(record.bytes.count)
            place = .fieldStart
        case (UInt8(ascii: "\n"), _): try close(take)
        default:
            record.bytes.append(byte)
            place = .plain
        }
    }

    private mutating func close<Failure: Error>(
        _ take: (Record) throws(Failure) -> Void
    ) throws(Failure) {
        if record.bytes.last == UInt8(ascii: "\r"), record.bytes.count > max(quotedEnd, record.ends.last ?? 0)
        {
            record.bytes.removeLast()
        }
        record.ends.append(record.bytes.count)
        if !record.isBlank { try take(record) }
        begin()
    }

    private mutating func begin() {
        record.bytes.removeAll(keepingCapacity: true)
        record.ends.removeAll(keepingCapacity: true)
        record.isUnclosed = false
        record.line = line
        raw.removeAll(keepingCapacity: true)
        quotedEnd = 0
        place = .fieldStart
    }

    /// Gives the first line of the record as one whose quote is open, and reads the rest again.
    private mutating func giveUp<Failure: Error>(
        _ take: (Record) throws(Failure) -> Void
    ) throws(Failure) {
        let whole = raw
        let end = whole.firstIndex(of: UInt8(ascii: "\n")) ?? whole.endIndex
        let start = record.line
        begin()
        record.line = start
        record.isUnclosed = true
        record.bytes = Array(whole[..<end])
        record.ends = [end]
        try take(record)
        line = start + (end < whole.endIndex ? 1 : 0)
        begin()
        for byte in whole[end...].dropFirst() { try scan(byte, take) }
    }
}
