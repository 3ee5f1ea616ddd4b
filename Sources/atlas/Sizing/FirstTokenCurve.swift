import Diagnostics
import Entities
import Sizing

/// The time to the first token against the length of the prompt.
enum FirstTokenCurve {
    /// One length and the time that it takes.
    struct Point {
        let promptTokens: Int
        let seconds: Estimate
    }

    /// Points from 512 tokens on, doubling up to what the model takes.
    static func points(_ question: SizingQuestion, _ answer: SizingAnswer) -> [Point] {
        guard
            let served = ServedModel(question.model, on: answer.card, layout: answer.layout)
        else { return [] }
        var lengths = [512]
        let most = min(question.model.architecture.maximumPosition ?? 131_072, 131_072)
        while let last = lengths.last, last * 2 <= most { lengths.append(last * 2) }
        return lengths.map { length in
            var load = question.workload
            load.promptTokens = length
            let speed = SpeedEstimate(of: served, workload: load)
            return Point(promptTokens: length, seconds: speed.firstToken)
        }
    }

    /// The points as a table with bars; each bar's length is its share of the longest time.
    static func table(_ points: [Point]) -> ResultTable {
        var table = ResultTable([
            .init("prompt tokens", key: "prompt_tokens"), .init("low ms", key: "ttft_low_ms"),
            .init("TTFT ms", key: "ttft_ms"), .init("high ms", key: "ttft_high_ms"), .init("", key: "bar"),
        ])
        let longest = points.map(\.seconds.point).max() ?? 1
        for point in points {
            let bar = String(repeating: "#", count: Int((point.seconds.point / longest * 40).rounded()))
            table.rows.append([
                .integer(point.promptTokens), .number(point.seconds.low * 1_000, decimals: 0),
                .number(point.seconds.point * 1_000, decimals: 0),
                .number(point.seconds.high * 1_000, decimals: 0), .text(bar),
            ])
        }
        table.notes = ["Up to 1 s feels instant, 3 s is accepted, 10 s is the end of patience."]
        return table
    }

    /// The points as a line of a picture.
    static func path(_ points: [Point]) -> String {
        guard let last = points.last, let longest = points.map(\.seconds.point).max(), longest > 0 else {
            return ""
        }
        let places = points.map { point in
            let x = 40 + Double(point.promptTokens) / Double(last.promptTokens) * 560
            let y = 290 - point.seconds.point / longest * 160
            return MemoryChart.rounded(x) + "," + MemoryChart.rounded(y)
        }
        return """
            <polyline points="\(places.joined(separator: " "))" fill="none" stroke="#4c78a8" stroke-width="2"/>
            <line x1="40" y1="290" x2="600" y2="290" stroke="#888"/>
            <text x="40" y="310">prompt tokens, up to \(last.promptTokens)</text>
            <text x="40" y="120">first token, up to \(ResultTable.decimal(longest, 2)) s</text>
            """
    }
}
