package import Entities
package import Text

/// One line of an invoice as it can be reckoned with.
package struct InvoiceLine: Sendable {
    /// From 1; the first line of the file holds the names of the columns.
    package let line: Int
    package let provider: String
    package let workload: WorkloadKind
    package let quantityText: String
    package let unit: BillingUnit
    package let quantity: Quantity
    /// In US dollars.
    package let amount: Money
    package let model: String?
    /// What was counted; nil for tokens that may be of several kinds.
    package let meter: Meter?
    package let day: CalendarDate
    /// False where the line states no day, and the invoice's counts.
    package let isDated: Bool
    package let region: String?

    /// What one unit cost in fact, rounded to twelve decimals.
    package var effective: UnitPrice? { quantity.price(ofAll: amount, per: unit) }
}

/// Why a line was left out, with what of it could be read.
package struct InvoiceRejection: Error {
    /// The kinds of reason, which are counted.
    package enum Reason: String, Sendable, CaseIterable {
        case unclosedQuote = "unclosed_quote"
        case missingField = "missing_field"
        case unreadableAmount = "unreadable_amount"
        case unreadableQuantity = "unreadable_quantity"
        case notPositive = "not_positive"
        case unknownWorkload = "unknown_workload"
        case unknownUnit = "unknown_unit"
        case unknownMeter = "unknown_meter"
        case unreadableDate = "unreadable_date"
        case otherCurrency = "other_currency"
    }

    package let reason: Reason
    package let detail: String
    /// In US dollars, where it could be read.
    package var amount: Money?
}

/// Reads the fields of one file's records.
struct InvoiceLineReader: Sendable {
    private let columns: InvoiceColumns
    private let terms: InvoiceTerms
    /// The words of a file are few: each is looked up once, as long as there are not too many.
    private var workloads: [String: WorkloadKind] = [:]
    private var units: [UnitWord: BillingUnit] = [:]
    private var meters: [String: Meter] = [:]

    private struct UnitWord: Hashable {
        let word: String
        let countsMedia: Bool
    }

    init(columns: InvoiceColumns, terms: InvoiceTerms) {
        self.columns = columns
        self.terms = terms
    }

    /// No line is for more: sums of any number of lines stay in range.
    private static let amountLimit = Money(trillionths: 1_000_000_000_000 * Quantity.one)

    /// The line of a record.
    ///
    /// Throws why there is none. The amount is read first, so that what is left out can be summed up too.
    mutating func line(_ record: CSVReader.Record) throws(InvoiceRejection) -> InvoiceLine {
        if record.isUnclosed {
            throw InvoiceRejection(
                reason: .unclosedQuote,
                detail: "a quote is opened that nothing closes; the lines below are read on")
        }
        let day = try self.day(record)
        let amount = try self.amount(record, on: day)
        do throws(InvoiceRejection) {
            return try line(record, amount, day)
        } catch {
            throw InvoiceRejection(reason: error.reason, detail: error.detail, amount: amount)
        }
    }

    private mutating func line(
        _ record: CSVReader.Record, _ amount: Money, _ day: CalendarDate
    ) throws(InvoiceRejection) -> InvoiceLine {
        let workloadText = try required(.workload, record)
        guard let workload = workloads.value(workloadText, WorkloadKind.init(named:)) else {
            let nearest = Spelling.nearest(to: workloadText, in: WorkloadKind.allCases.map(\.rawValue))
            throw InvoiceRejection(
                reason: .unknownWorkload,
                detail: "\"\(workloadText)\" is no workload"
                    + (nearest.map { "; did you mean \"\($0)\"?" } ?? ""))
        }
        let unitText = try required(.unit, record)
        let word = UnitWord(word: unitText, countsMedia: workload.countsMedia)
        let unit = units.value(word) { BillingUnit(named: $0.word, countsMedia: $0.countsMedia) }
        guard let unit else {
            throw InvoiceRejection(
                reason: .unknownUnit, detail: "\"\(unitText)\" is no unit of \(workload.rawValue)")
        }
        let quantityText = try required(.quantity, record)
        guard let number = InvoiceNumber.read(quantityText), let quantity = Quantity(number, of: unit) else {
            throw InvoiceRejection(
                reason: .unreadableQuantity,
                detail: "\"\(quantityText)\" is no quantity, or may be two; write 1234.5")
        }
        guard quantity.trillionths > 0, amount > .zero else {
            let isCredit = amount < .zero
            throw InvoiceRejection(
                reason: .notPositive,
                detail: isCredit
                    ? "a credit: its amount is summed with the rejected"
                    : "a quantity or an amount of 0 or less")
        }
        return InvoiceLine(
            line: record.line, provider: try required(.provider, record), workload: workload,
            quantityText: quantityText, unit: unit, quantity: quantity, amount: amount,
            model: text(.model, record), meter: try meter(record, unit, workload), day: day,
            isDated: text(.date, record) != nil, region: text(.region, record))
    }

    private func day(_ record: CSVReader.Record) throws(InvoiceRejection) -> CalendarDate {
        guard let text = text(.date, record) else { return terms.day }
        // A moment, `2026-05-01T10:00:00Z`, says its day too.
        guard let day = CalendarDate(text) ?? CalendarDate(text.prefix(10)) else {
            throw InvoiceRejection(
                reason: .unreadableDate, detail: "\"\(text)\" is no date; write 2026-05-01 or 2026-05")
        }
        return day
    }

    private func amount(_ record: CSVReader.Record, on day: CalendarDate) throws(InvoiceRejection) -> Money {
        let text = try required(.amount, record)
        guard let amount = InvoiceNumber.read(text).flatMap(Money.init),
            amount.trillionths.magnitude <= InvoiceLineReader.amountLimit.trillionths.magnitude
        else {
            throw InvoiceRejection(
                reason: .unreadableAmount, detail: "\"\(text)\" is no amount, or may be two; write 1234.50")
        }
        let stated = self.text(.currency, record)?.uppercased()
        let currency = stated ?? (columns.isInDollars ? "USD" : terms.currency)
        guard let dollars = terms.exchangeRates.dollars(amount, in: currency, on: day) else {
            throw InvoiceRejection(
                reason: .otherCurrency,
                detail:
                    "\(text) \(currency): no rate known on \(day); give one as --rate \(currency)=RATE@DAY")
        }
        return dollars
    }

    /// What was counted, as the line says or as its unit can only mean.
    private mutating func meter(
        _ record: CSVReader.Record, _ unit: BillingUnit, _ workload: WorkloadKind
    ) throws(InvoiceRejection) -> Meter? {
        guard let text = text(.meter, record) else {
            if let meter = Meter(of: unit.dimension) { return meter }
            return [.embeddings, .rerank, .moderation].contains(workload) ? .inputText : nil
        }
        let meter = meters.value(text) { text in
            let word = text.lowercased().replacing(" ", with: "_").replacing("-", with: "_")
            return Meter(rawValue: word) ?? InvoiceLineReader.otherMeterNames[word]
        }
        guard let meter else {
            let nearest = Spelling.nearest(to: text, in: Meter.allCases.map(\.rawValue))
            throw InvoiceRejection(
                reason: .unknownMeter,
                detail: "\"\(text)\" is no meter" + (nearest.map { "; did you mean \"\($0)\"?" } ?? ""))
        }
        guard meter.billingUnit.dimension == unit.dimension else {
            throw InvoiceRejection(
                reason: .unknownMeter, detail: "\"\(text)\" is not counted in \(unit.name)")
        }
        return meter
    }

    private static let otherMeterNames: [String: Meter] = [
        "input": .inputText, "prompt": .inputText, "input_tokens": .inputText, "prompt_tokens": .inputText,
        "output": .outputText, "completion": .outputText, "output_tokens": .outputText,
        "completion_tokens": .outputText, "cached": .cacheRead, "cached_input": .cacheRead,
        "cache_hit": .cacheRead, "cached_tokens": .cacheRead, "cache_creation": .cacheWrite,
        "reasoning_tokens": .reasoning,
    ]

    private func required(
        _ field: InvoiceColumns.Field, _ record: CSVReader.Record
    ) throws(InvoiceRejection) -> String {
        guard let text = text(field, record) else {
            throw InvoiceRejection(reason: .missingField, detail: "\(field.rawValue) is empty")
        }
        return text
    }

    /// A field without blanks around it; nil when it is empty. Bytes that are no UTF-8 are taken for Latin-1.
    private func text(_ field: InvoiceColumns.Field, _ record: CSVReader.Record) -> String? {
        guard let place = columns.place(of: field), place < record.count else { return nil }
        var bytes = record[place]
        while let first = bytes.first, first == 0x20 || first == 0x09 { bytes.removeFirst() }
        while let last = bytes.last, last == 0x20 || last == 0x09 { bytes.removeLast() }
        return bytes.isEmpty ? nil : InvoiceText.decoded(bytes)
    }
}

extension Dictionary {
    /// The value of a key, found the first time it is asked for; at most a thousand are kept.
    fileprivate mutating func value(_ key: Key, _ found: (Key) -> Value?) -> Value? {
        if let known = self[key] { return known }
        guard let value = found(key) else { return nil }
        if count < 1_000 { self[key] = value }
        return value
    }
}

/// The bytes of an invoice as text.
enum InvoiceText {
    /// UTF-8, and where it is none, Latin-1, in which every byte is a character.
    static func decoded(_ bytes: ArraySlice<UInt8>) -> String {
        String(validating: bytes, as: UTF8.self)
            ?? String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    }

    /// What is wrong with the encoding of a file that begins so; nil where nothing is seen.
    static func fault(of beginning: ArraySlice<UInt8>) -> InvoiceFault? {
        let mark = Array(beginning.prefix(2))
        guard mark == [0xFF, 0xFE] || mark == [0xFE, 0xFF] || beginning.contains(0) else { return nil }
        return InvoiceFault(
            "the file is UTF-16 or no text; save it as \"CSV UTF-8\", or convert it: iconv -f UTF-16 -t UTF-8"
        )
    }
}
