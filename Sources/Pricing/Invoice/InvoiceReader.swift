package import Entities
import Text

/// Reads an invoice chunk by chunk and judges each line as it comes.
package struct InvoiceReader {
    private let terms: InvoiceTerms
    private var finder: EquivalentFinder
    private var analysis: InvoiceAnalysis
    /// The beginning of the file until its first line is whole.
    private var beginning: [UInt8] = []
    private var records: CSVReader?
    private var lines: InvoiceLineReader?

    /// The most that one line of an invoice may hold.
    private static let recordLimit = 16 << 10

    /// A reader that compares with the prices of a catalog.
    package init(_ terms: InvoiceTerms, knowing catalog: Catalog) {
        self.terms = terms
        finder = EquivalentFinder(catalog, terms)
        analysis = InvoiceAnalysis(terms)
    }

    /// Reads on. Throws when the file is no invoice. Linear in the bytes.
    package mutating func read(_ chunk: ArraySlice<UInt8>) throws(InvoiceFault) {
        guard records == nil else { return try take(chunk) }
        beginning += chunk
        let isWhole = beginning.contains(UInt8(ascii: "\n")) || beginning.count > InvoiceReader.recordLimit
        if isWhole { try begin() }
    }

    /// What the invoice comes to. Throws when it is empty or no invoice.
    package mutating func finish() throws(InvoiceFault) -> InvoiceAnalysis {
        if records == nil { try begin() }
        while records?.last() == true { try takeRecord() }
        guard lines != nil else {
            throw InvoiceFault("the file is empty; its first line must name the columns")
        }
        return analysis
    }

    private mutating func begin() throws(InvoiceFault) {
        if let fault = InvoiceText.fault(of: beginning[...]) { throw fault }
        let separator = InvoiceColumns.separator(of: beginning.prefix { $0 != UInt8(ascii: "\n") })
        records = CSVReader(separator: separator, recordLimit: InvoiceReader.recordLimit)
        let start = beginning
        beginning = []
        try take(start[...])
    }

    private mutating func take(_ chunk: ArraySlice<UInt8>) throws(InvoiceFault) {
        var rest = chunk
        while records?.next(in: &rest) == true { try takeRecord() }
    }

    private mutating func takeRecord() throws(InvoiceFault) {
        guard let record = records?.record else { return }
        guard lines != nil else {
            let names = (0..<record.count).map { InvoiceText.decoded(record[$0]) }
            lines = InvoiceLineReader(columns: try InvoiceColumns(names), terms: terms)
            return
        }
        if !record.isUTF8 { analysis.noteLatin(record.line) }
        do throws(InvoiceRejection) {
            guard let line = try lines?.line(record) else { return }
            analysis.take(line, finder.prices(for: line))
        } catch {
            analysis.reject(record.line, error)
        }
    }
}
