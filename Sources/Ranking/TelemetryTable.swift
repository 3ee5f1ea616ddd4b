import Entities
import Text

/// Samples of a file: CSV with the columns provider, kind, time, status, ok and, of latency probes, ttft_ms, total_ms and
/// output_tokens; region and profile where there are several.
package struct TelemetryTable: Sendable {
    package private(set) var samples: [TelemetrySample] = []
    /// Lines that say nothing, with the reason.
    package private(set) var rejected: [(line: Int, reason: String)] = []

    /// Why a file holds no samples.
    package struct Fault: Error, CustomStringConvertible {
        package let description: String
    }

    private static let required = ["provider", "kind", "time", "status", "ok"]

    /// Reads a whole file. Throws when it lacks a column. Linear in the bytes.
    package init(_ bytes: [UInt8]) throws(Fault) {
        var reader = CSVReader(recordLimit: 16 << 10)
        var rest = bytes[...]
        var places: [String: Int]?
        while reader.next(in: &rest) || reader.last() {
            let record = reader.record
            let fields = (0..<record.count).map { String(decoding: record[$0], as: UTF8.self) }
            guard let columns = places else {
                let names = Dictionary(fields.enumerated().map { ($1, $0) }) { first, _ in first }
                let missing = TelemetryTable.required.filter { names[$0] == nil }
                guard missing.isEmpty else {
                    throw Fault(description: "telemetry lacks the columns \(missing.joined(separator: ", "))")
                }
                places = names
                continue
            }
            func field(_ name: String) -> String? {
                columns[name].flatMap { $0 < fields.count && !fields[$0].isEmpty ? fields[$0] : nil }
            }
            do throws(Fault) {
                if record.isUnclosed { throw Fault(description: "a quote is never closed") }
                samples.append(try TelemetrySample(field))
            } catch {
                rejected.append((record.line, error.description))
            }
        }
        guard places != nil else { throw Fault(description: "telemetry is empty") }
    }
}

extension TelemetrySample {
    /// The sample of a line's fields. Throws what is wrong with them.
    fileprivate init(_ field: (String) -> String?) throws(TelemetryTable.Fault) {
        func fault(_ name: String) -> TelemetryTable.Fault {
            TelemetryTable.Fault(description: "\(name) \"\(field(name) ?? "")\" cannot be read")
        }
        func microseconds(_ name: String) throws(TelemetryTable.Fault) -> Int? {
            guard let text = field(name) else { return nil }
            guard let scaled = Number(text)?.scaledInteger(decimals: 3),
                (1...1_000_000_000_000).contains(scaled)
            else {
                throw fault(name)
            }
            return Int(scaled)
        }
        guard let provider = field("provider") else { throw fault("provider") }
        guard let kind = field("kind").flatMap(Kind.init) else { throw fault("kind") }
        guard let seconds = field("time").flatMap(Moment.seconds) else { throw fault("time") }
        guard let status = field("status").flatMap({ Int($0) }), (0...999).contains(status) else {
            throw fault("status")
        }
        guard
            let isSound = field("ok").flatMap({ ["true": true, "1": true, "false": false, "0": false][$0] })
        else {
            throw fault("ok")
        }
        let tokens = field("output_tokens").map { Int($0) }
        if let tokens, tokens == nil || tokens ?? 0 < 0 { throw fault("output_tokens") }
        self.init(
            provider: Provider.ID(provider),
            series: Series(region: field("region") ?? "", profile: field("profile") ?? ""),
            kind: kind, seconds: seconds, status: status, isSound: isSound,
            firstTokenMicroseconds: try microseconds("ttft_ms"),
            totalMicroseconds: try microseconds("total_ms"),
            outputTokens: tokens ?? nil)
    }
}

/// Moments as text.
package enum Moment {
    /// Seconds since 1970 of `1788220800` or of `2026-09-01T00:00:00Z`; nil for anything else.
    package static func seconds(_ text: String) -> Int? {
        if let seconds = Int(text) { return (0...253_402_300_799).contains(seconds) ? seconds : nil }
        let halves = text.split(separator: "T", omittingEmptySubsequences: false)
        guard halves.count == 2, let day = CalendarDate(halves[0]), day.day != nil, day.year >= 1970,
            halves[1].hasSuffix("Z")
        else { return nil }
        let parts = halves[1].dropLast().split(separator: ":", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { $0.utf8.count == 2 ? Int($0) : nil }
        guard parts.count == 3, numbers.count == 3, (0..<24).contains(numbers[0]),
            (0..<60).contains(numbers[1]),
            (0..<60).contains(numbers[2])
        else { return nil }
        return day.daysSinceEpoch * 86_400 + numbers[0] * 3_600 + numbers[1] * 60 + numbers[2]
    }

    /// The same moment as `2026-09-01T00:00:00Z`.
    package static func text(_ seconds: Int) -> String {
        func padded(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
        let day = CalendarDate(secondsSinceEpoch: seconds).map(\.description) ?? ""
        let rest = seconds % 86_400
        return "\(day)T\(padded(rest / 3_600)):\(padded(rest / 60 % 60)):\(padded(rest % 60))Z"
    }
}
