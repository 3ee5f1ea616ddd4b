/// Random numbers that repeat for a seed: SplitMix64 (Steele, Lea, Flood, 2014).
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }

    mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

    mutating func pick<T>(_ choices: [T]) -> T { choices[below(choices.count)] }
}

/// Random data, and the many ways to write it as YAML.
struct FuzzText {
    indirect enum Value {
        case scalar(yaml: String, json: String)
        case text(String)
        case list([Value])
        case mapping([(key: String, value: Value)])
    }

    var random: SeededRandom
    /// Comments written so far: `#1 `, `#2 ` and so on.
    private(set) var commentCount = 0
    /// True behind a literal, whose text a comment indented deeper would become.
    private var isBehindLiteral = false

    init(seed: UInt64) {
        random = SeededRandom(seed: seed)
    }

    // MARK: Data

    mutating func value(depth: Int) -> Value {
        switch random.below(depth > 0 ? 10 : 6) {
        case 0, 1: return scalar()
        case 2...5: return .text(text())
        case 6, 7: return .list((0..<random.below(4)).map { _ in value(depth: depth - 1) })
        default: return mapping(depth: depth - 1)
        }
    }

    mutating func mapping(depth: Int) -> Value {
        var keys: Set<String> = []
        for _ in 0..<random.below(5) {
            keys.insert(random.chance(70) ? random.pick(["a", "b", "c", "id"]) : text())
        }
        return .mapping(keys.sorted().map { ($0, value(depth: depth)) })
    }

    private mutating func scalar() -> Value {
        let (yaml, json) = random.pick([
            ("null", "null"), ("~", "null"), ("true", "true"), ("FALSE", "false"), ("0x1F", "31"),
            ("-12", "-12"),
            ("1e3", "1e3"), (".5", "0.5"), ("007", "7"), ("1.50", "1.50"), ("0o17", "15"),
            ("123456789012345678901234567890", "123456789012345678901234567890"),
        ])
        return .scalar(yaml: yaml, json: json)
    }

    private mutating func text() -> String {
        let pieces = [
            "a", "b", " ", "  ", ":", ": ", "#", " #", "-", "- ", "?", ",", "[", "]", "{", "}", "\"", "'",
            "\\", "\n",
            "\n\n", "é", "漢", "😀", "yes", "no", "null", "1", "0x", ".", "_", "~", "|", ">", "!", "&", "*",
            "%", "@",
            "`", "<<", "=", "---", "...", "2024-05-01", "12:30", "\t", "http://x.org/", "on",
        ]
        return (0..<random.below(5)).map { _ in random.pick(pieces) }.joined()
    }

    // MARK: YAML

    /// The whole file.
    mutating func file(_ value: Value) -> String {
        var output = random.chance(20) ? comment(indent: 0) + (random.chance(50) ? "\n" : "") : ""
        if random.chance(20) { output += "---\n" }
        if case .mapping(let members) = value, !members.isEmpty, random.chance(90) {
            output += block(value, indent: 0)
        } else {
            output += flow(value) + "\n"
        }
        return output + (random.chance(20) ? comment(indent: 0) : "")
    }

    /// Members or items, each on lines of its own.
    private mutating func block(_ value: Value, indent: Int) -> String {
        let spaces = String(repeating: " ", count: indent)
        var output = ""
        switch value {
        case .mapping(let members):
            for (key, value) in members {
                if random.chance(15) { output += "\n" }
                if random.chance(15) {
                    output += looseComment(indent: indent)
                }
                output +=
                    spaces + FuzzText.doubleQuoted(key) + ":" + behind(value, indent: indent, isItem: false)
            }
        case .list(let items):
            for item in items {
                if random.chance(15) {
                    output += looseComment(indent: indent)
                }
                output += spaces + "-" + behind(item, indent: indent, isItem: true)
            }
        case .scalar, .text: break
        }
        return output + (random.chance(10) ? comment(indent: indent) : "")
    }

    /// What stands behind a colon or a dash, up to the line's end.
    private mutating func behind(_ value: Value, indent: Int, isItem: Bool) -> String {
        switch value {
        case .mapping(let members) where !members.isEmpty && random.chance(70):
            return trailing() + block(value, indent: indent + 1 + random.below(4))
        case .list(let items) where !items.isEmpty && random.chance(70):
            let deeper = isItem || random.chance(50) ? 1 + random.below(3) : 0
            return trailing() + block(value, indent: indent + deeper)
        case .text(let text) where FuzzText.canBeLiteral(text) && random.chance(70):
            let margin = String(repeating: " ", count: indent + 1 + random.below(3))
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            defer { isBehindLiteral = true }
            return " |-" + trailing() + lines.map { $0.isEmpty ? "\n" : margin + $0 + "\n" }.joined()
        default:
            isBehindLiteral = false
            return " " + flow(value) + trailing()
        }
    }

    private mutating func flow(_ value: Value) -> String {
        switch value {
        case .scalar(let yaml, _): return yaml
        case .text(let text):
            return random.chance(50) && !text.contains("\n") && !text.contains("\t")
                ? "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''")
                    + "'"
                : FuzzText.doubleQuoted(text)
        case .list(let items):
            let parts = items.map { item in flow(item) }
            return "[" + parts.joined(separator: random.pick([", ", ",", " , "])) + "]"
        case .mapping(let members):
            let parts = members.map { key, value in FuzzText.doubleQuoted(key) + ": " + flow(value) }
            return "{" + parts.joined(separator: ", ") + "}"
        }
    }

    private mutating func trailing() -> String {
        guard random.chance(15) else { return "\n" }
        commentCount += 1
        return " #\(commentCount) \n"
    }

    private mutating func looseComment(indent: Int) -> String {
        comment(indent: isBehindLiteral || random.chance(70) ? indent : random.below(8))
    }

    private mutating func comment(indent: Int) -> String {
        commentCount += 1
        return String(repeating: " ", count: indent) + "#\(commentCount) \n"
    }

    static func doubleQuoted(_ text: String) -> String {
        var output = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": output += "\\\""
            case "\\": output += "\\\\"
            case "\n": output += "\\n"
            case "\t": output += "\\t"
            default: output.unicodeScalars.append(scalar)
            }
        }
        return output + "\""
    }

    private static func canBeLiteral(_ text: String) -> Bool {
        guard let first = text.first, let last = text.last else { return false }
        return first != " " && first != "\t" && first != "\n" && last != "\n"
    }

    // MARK: JSON

    static func json(_ value: Value) -> String {
        switch value {
        case .scalar(_, let json): json
        case .text(let text): doubleQuoted(text)
        case .list(let items): "[" + items.map { json($0) }.joined(separator: ", ") + "]"
        case .mapping(let members):
            "{" + members.map { doubleQuoted($0.key) + ": " + json($0.value) }.joined(separator: ", ") + "}"
        }
    }
}
