import Entities
import Text

/// Workloads of a CSV file with a line for each: model and workload_type, and as far as they are known monthly_spend_usd,
/// monthly_tokens, precision, traffic, purchase, autoscaling, caching and accelerator.
package struct AuditTable: Sendable {
    package private(set) var workloads: [AuditedWorkload] = []

    /// What is wrong with a file, and where.
    package struct Fault: Error, CustomStringConvertible {
        package let description: String
    }

    /// Reads a file. Throws at the first line that cannot be understood: an audit of a part would mislead.
    package init(_ bytes: [UInt8]) throws(Fault) {
        var reader = CSVReader(recordLimit: 16 << 10)
        var rest = bytes[...]
        var names: [String]?
        while reader.next(in: &rest) || reader.last() {
            let record = reader.record
            let fields = (0..<record.count).map { String(decoding: record[$0], as: UTF8.self) }
            guard let columns = names else {
                let missing = ["model", "workload_type"].filter { !fields.contains($0) }
                guard missing.isEmpty else {
                    throw Fault(description: "lacks the columns \(missing.joined(separator: ", "))")
                }
                names = fields
                continue
            }
            let pairs = zip(columns, fields).filter { !$0.1.isEmpty }
            let row = AuditRow(line: record.line, fields: Dictionary(pairs) { first, _ in first })
            workloads.append(try row.workload())
        }
        guard !workloads.isEmpty else { throw Fault(description: "holds no workload") }
    }
}

/// One line of the file.
private struct AuditRow {
    let line: Int
    let fields: [String: String]

    /// A trillion dollars: sums of any number of lines stay in range.
    private static let mostSpend = Money(trillionths: 1_000_000_000_000 * Quantity.one)

    func workload() throws(AuditTable.Fault) -> AuditedWorkload {
        guard let model = fields["model"] else { throw fault("model", "a name") }
        guard let kind = fields["workload_type"].flatMap(WorkloadKind.init(named:)) else {
            throw fault("workload_type", WorkloadKind.allCases.map(\.rawValue).joined(separator: ", "))
        }
        var workload = AuditedWorkload(model: model, workload: kind)
        workload.monthlySpend = try value("monthly_spend_usd", "an amount") { text in
            InvoiceNumber.read(text).flatMap(Money.init).flatMap {
                (Money.zero...AuditRow.mostSpend).contains($0) ? $0 : nil
            }
        }
        workload.monthlyTokens = try value("monthly_tokens", "a number") { text in
            InvoiceNumber.read(text).flatMap { $0.isNegative ? nil : $0 }
        }
        workload.precision = try word("precision")
        workload.traffic = try word("traffic")
        workload.purchase = try word("purchase")
        workload.autoscales = try flag("autoscaling")
        workload.caches = try flag("caching")
        workload.accelerator = fields["accelerator"]
        return workload
    }

    private func value<Value>(
        _ name: String, _ wanted: String, _ read: (String) -> Value?
    ) throws(AuditTable.Fault) -> Value? {
        guard let text = fields[name] else { return nil }
        guard let value = read(text) else { throw fault(name, wanted) }
        return value
    }

    private func word<Word: RawRepresentable<String> & CaseIterable>(
        _ name: String
    ) throws(AuditTable.Fault) -> Word? {
        try value(name, Word.allCases.map(\.rawValue).joined(separator: ", ")) {
            Word(rawValue: $0.lowercased())
        }
    }

    private func flag(_ name: String) throws(AuditTable.Fault) -> Bool? {
        try value(name, "yes or no") {
            ["yes": true, "true": true, "1": true, "no": false, "false": false, "0": false][$0.lowercased()]
        }
    }

    private func fault(_ name: String, _ wanted: String) -> AuditTable.Fault {
        AuditTable.Fault(description: "line \(line): \(name) \"\(fields[name] ?? "")\" is none of: \(wanted)")
    }
}
