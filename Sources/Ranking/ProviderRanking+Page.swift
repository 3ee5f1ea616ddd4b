package import Diagnostics
import Entities
import Text

extension ProviderRanking {
    /// The ranking as a table; with an explanation, how many points each factor gives, and from what.
    package func table(isExplained: Bool) -> ResultTable {
        var columns: [ResultTable.Column] = [
            .init("", key: "rank"), .init("provider", key: "provider"), .init("score", key: "score"),
            .init("±", key: "margin"), .init("uptime %", key: "uptime_percent"),
            .init("first token ms", key: "ttft_ms"), .init("USD/M", key: "usd_per_million_tokens"),
            .init("ms/token", key: "ms_per_token"),
        ]
        if isExplained {
            columns += [
                .init("uptime", key: "uptime_points"), .init("first", key: "ttft_points"),
                .init("price", key: "price_points"), .init("rest", key: "rest_points"),
                .init("probes", key: "health_probes"), .init("coverage %", key: "coverage_percent"),
                .init("timed", key: "latency_probes"), .init("age min", key: "age_minutes"),
            ]
        }
        var table = ResultTable(columns + [.init("notes", key: "flags")])
        for entry in entries {
            table.rows.append(
                facts(of: entry) + (isExplained ? explanation(of: entry) : []) + [.text(flags(of: entry))])
        }
        table.notes = notes
        return table
    }

    private func facts(of entry: Entry) -> [ResultTable.Cell] {
        let measured = entry.measurement
        let uptime = Double(measured.healthHalves) / 2 / Double(max(1, measured.healthCount)) * 100
        return [
            entry.rank.map { .integer($0) } ?? .none, .foreign(entry.provider.text),
            entry.rank == nil ? .none : .number(Double(entry.tenths) / 10, decimals: 1),
            entry.rank == nil ? .none : .number(entry.margin, decimals: 1),
            measured.healthCount == 0 ? .none : .number(uptime, decimals: 2),
            measured.firstTokenMicroseconds.map { .number(Double($0) / 1_000, decimals: 0) } ?? .none,
            entry.price.amount.map { .money($0, decimals: 4) } ?? .none,
            measured.millisecondsPerToken.map { .number($0, decimals: 1) } ?? .none,
        ]
    }

    private func explanation(of entry: Entry) -> [ResultTable.Cell] {
        let measured = entry.measurement
        let expected = Measurement.windowSeconds / TelemetrySample.Kind.health.slotSeconds
        return entry.contributions.map { .number(Double($0) / 1e6, decimals: 2) } + [
            .integer(measured.healthCount),
            .number(Double(measured.healthCount) / Double(expected) * 100, decimals: 1),
            .integer(measured.latencyCount), measured.healthAgeSeconds.map { .integer($0 / 60) } ?? .none,
        ]
    }

    private func flags(of entry: Entry) -> String {
        var flags: [String] = []
        if entry.measurement.healthCount == 0 { flags.append("unranked") }
        if entry.isProvisional, entry.measurement.healthCount > 0 { flags.append("provisional") }
        if entry.isUnpriced { flags.append("unpriced") }
        if entry.measurement.unauthorizedCount > 0 { flags.append("auth") }
        return flags.joined(separator: " ")
    }

    private var notes: [String] {
        let reference = referencePrice.map { "\($0.text(decimals: 4)) USD" } ?? "not known"
        return [
            "\(RankingFormula.version): 40 uptime + 30 first token + 20 price + 10 rest of the answer; uptime "
                + "\(formula.uptime.rawValue), rest \(formula.rest.rawValue), held against "
                + "\(formula.scale == .anchors ? "fixed anchors" : "the best").",
            "Reference price \(reference), mean uptime \(ResultTable.decimal(fleetUptime * 100, 2)) %; scores are compared "
                + "in tenths.",
        ]
    }
}
