import Diagnostics
import Sizing
import Text

/// What takes a card's memory, as a bar in a terminal.
struct MemoryChart {
    /// The parts with the letter that stands for each.
    private static let parts: [(letter: Character, name: String, part: @Sendable (MemoryNeed) -> Estimate)] =
        [
            ("W", "weights", { $0.weights }), ("C", "cache", { $0.cache }),
            ("A", "activation", { $0.activation }),
            ("E", "engine", { $0.overhead }),
        ]
    private static let width = 60

    let text: String

    /// A bar as long as the card, or as what is needed where that is more; `|` marks where the card ends.
    init(_ answer: SizingAnswer) {
        let whole = max(answer.usableBytes, answer.needed.point)
        var bar = ""
        var sum = 0.0
        for part in MemoryChart.parts {
            sum += part.part(answer.need).point
            let end = Int((sum / whole * Double(MemoryChart.width)).rounded())
            bar += String(repeating: part.letter, count: max(0, end - bar.count))
        }
        bar += String(repeating: "·", count: max(0, MemoryChart.width - bar.count))
        let edge = Int((answer.usableBytes / whole * Double(MemoryChart.width)).rounded())
        let cut = bar.index(bar.startIndex, offsetBy: min(edge, bar.count))
        let legend = MemoryChart.parts.map { part in
            let gib = ResultTable.decimal(part.part(answer.need).point / SizeTables.gib, 1)
            return "\(part.letter) \(part.name) \(gib)"
        }
        text = "[" + bar[..<cut] + "|" + bar[cut...] + "]\n" + legend.joined(separator: ", ") + " GiB\n"
    }

    /// The same as a picture (SVG 1.1), with the time to the first token against the length of the prompt below it.
    static func svg(_ answer: SizingAnswer, _ curve: [FirstTokenCurve.Point], title: String) -> String {
        let colors = ["#4c78a8", "#f58518", "#54a24b", "#b279a2"]
        let whole = max(answer.usableBytes, answer.needed.high)
        var shapes: [String] = []
        var left = 20.0
        for (part, color) in zip(parts, colors) {
            let size = part.part(answer.need).point / whole * 600
            shapes.append(
                "<rect x=\"\(rounded(left))\" y=\"40\" width=\"\(rounded(size))\" height=\"30\" fill=\"\(color)\">"
                    + "<title>\(part.name)</title></rect>")
            left += size
        }
        let edge = 20 + answer.usableBytes / whole * 600
        shapes.append(
            "<line x1=\"\(rounded(edge))\" y1=\"34\" x2=\"\(rounded(edge))\" y2=\"76\" stroke=\"#000\" stroke-width=\"2\"/>"
        )
        for (index, part) in parts.enumerated() {
            let gib = ResultTable.decimal(part.part(answer.need).point / SizeTables.gib, 1)
            shapes.append(
                "<text x=\"\(20 + index * 150)\" y=\"94\" fill=\"\(colors[index])\">\(part.name) \(gib) GiB</text>"
            )
        }
        shapes.append(FirstTokenCurve.path(curve))
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 320" font-family="sans-serif" font-size="12">
            <text x="20" y="24" font-size="14">\(HTMLText.escaped(title))</text>
            \(shapes.joined(separator: "\n"))
            </svg>

            """
    }

    static func rounded(_ number: Double) -> String { ResultTable.decimal(number, 1) }
}
