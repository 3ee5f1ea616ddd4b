import Text

/// Where the fields of a line stand, by the names in the first line of the file.
struct InvoiceColumns: Sendable {
    /// A field that is known, with the names that its column may have; the first is the one that messages use.
    enum Field: String, CaseIterable {
        case provider
        case workload = "workload_type"
        case quantity = "usage_qty"
        case unit = "usage_unit"
        case amount = "amount_usd"
        case model, meter, date, currency, region

        static let required: [Field] = [.provider, .workload, .quantity, .unit, .amount]

        var names: [String] {
            switch self {
            case .provider: ["provider", "vendor", "host"]
            case .workload: ["workload_type", "workload", "service"]
            case .quantity: ["usage_qty", "usage_quantity", "quantity", "qty", "usage"]
            case .unit: ["usage_unit", "unit", "unit_name"]
            case .amount: ["amount_usd", "cost_usd", "total_usd", "amount", "cost", "total"]
            case .model: ["model", "model_id", "model_key", "model_name"]
            case .meter: ["meter", "token_type", "direction"]
            case .date: ["date", "usage_date", "day", "month", "period"]
            case .currency: ["currency"]
            case .region: ["region"]
            }
        }
    }

    private let places: [Field: Int]
    /// True where the amount's column says that it is US dollars.
    let isInDollars: Bool

    /// Throws with the names of the required columns that are not there.
    init(_ names: [String]) throws(InvoiceFault) {
        let names = names.map { name in
            name.lowercased().split { " \t\"'".contains($0) }.joined(separator: "_")
        }
        var places: [Field: Int] = [:]
        for field in Field.allCases {
            places[field] = field.names.lazy.compactMap { names.firstIndex(of: $0) }.first
        }
        let missing = Field.required.filter { places[$0] == nil }
        guard missing.isEmpty else {
            throw InvoiceFault(
                "Invoice CSV missing required columns: \(missing.map(\.rawValue).joined(separator: ", "))"
                    + "; its first line has \(names.joined(separator: ", "))")
        }
        self.places = places
        isInDollars = places[.amount].map { names[$0].hasSuffix("_usd") } ?? false
    }

    /// Where a field stands; nil where the file has no such column.
    func place(of field: Field) -> Int? { places[field] }

    /// The separator of a first line: of comma, semicolon and tab the one that occurs most outside of quotes.
    static func separator(of line: some Sequence<UInt8>) -> UInt8 {
        let candidates = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]
        var counts = [0, 0, 0]
        var isQuoted = false
        for byte in line {
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if !isQuoted, let index = candidates.firstIndex(of: byte) { counts[index] += 1 }
        }
        let most = counts.indices.max { counts[$0] < counts[$1] } ?? 0
        return counts[most] > 0 ? candidates[most] : candidates[0]
    }
}
