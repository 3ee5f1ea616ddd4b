import Diagnostics
import Documents
import TestKit
import Text

/// Values drawn at random from what the registry's schemas allow: every field that they describe comes and goes, and
/// one that is added to them is drawn without a word here.
struct SchemaDraw {
    /// The schemas by their file names.
    private static let schemas = Dictionary(
        uniqueKeysWithValues: Repository.files(below: "schemas").map { path in
            (String(path.dropFirst("schemas/".count)), value(Repository.text(of: path)))
        })

    /// Texts by the patterns that they satisfy; some differ by case only, or hold what SQL, JSON and arrays escape.
    private static let texts: [String: [String]] = [
        "^[a-z0-9]+([._-][a-z0-9]+)*$": ["alpha", "beta-2", "gamma.3"],
        "^[a-z0-9]+([._-][a-z0-9]+)*/[a-z0-9]+([._-][a-z0-9]+)*$": ["alpha/one", "beta/two-2"],
        #"^[^\u0000-\u001f\u007f-\u009f]+$"#: [
            "Plain", "PLAIN", "Née \"quoted\" \\ {a,b}", "模型 🚀", "NULL", "it's; --",
        ],
        "^[!-~]+$": ["x/one", "X/One", "{a,\"b\"}", "1024x1024", "$1\\"],
        "^[0-9]{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?$": ["2024-06", "2024-07-23", "0001-01"],
        "^https://[A-Za-z0-9.-]+(/[^ ]*)?$": ["https://example.org", "https://example.org/a?b=%20&c"],
        "^[a-z]{2}$": ["de", "no"],
        "^[A-Z]{3}$": ["USD", "EUR"],
        "^([01][0-9]|2[0-3]):[0-5][0-9]$": ["00:00", "16:30", "23:59"],
        "^[A-Za-z0-9][A-Za-z0-9.+-]*$": ["MIT", "LicenseRef-proprietary"],
        "^[A-Z0-9][A-Z0-9_]*$": ["API_KEY", "TOKEN_2"],
        #"^[0-9]+\.[0-9]$"#: ["8.0", "12.1"],
    ]
    private static let formats = [
        "date": ["0001-01-01", "2026-01-31", "9999-12-31"], "regex": ["-v[0-9]$", "^eu."],
    ]
    private static let numbers = [
        "0", "1e-12", "0.15", "2.490", "66.70", "123456.789012345678", "1e9", "-3.5",
    ]

    private var generator: SeededGenerator

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
    }

    /// A record that the schema of a file describes.
    mutating func record(_ file: String) -> Record {
        guard let schema = Self.schemas[file] else { preconditionFailure("there is a schema \(file)") }
        return draw(schema, file).record ?? Record()
    }

    /// The same record with other values here and there, at any depth.
    mutating func varied(_ record: Record, _ file: String) -> Record {
        guard let schema = Self.schemas[file] else { preconditionFailure("there is a schema \(file)") }
        return vary(record, schema, file)
    }

    mutating func chance(_ part: Int, of whole: Int) -> Bool {
        Int.random(in: 0..<whole, using: &generator) < part
    }

    private static func value(_ json: String) -> Value {
        var document = Document()
        var keys = Interner()
        var findings: [Diagnostic] = []
        var reader = JSONReader()
        precondition(
            reader.read(Array(json.utf8), path: "", into: &document, keys: &keys, findings: &findings),
            "the schemas are JSON")
        return Value(document)
    }

    private mutating func pick<Element>(_ values: [Element]) -> Element {
        values[Int.random(in: 0..<values.count, using: &generator)]
    }

    /// What a schema refers to, and the file that this stands in.
    private static func resolve(_ schema: Value, _ file: String) -> (schema: Value, file: String) {
        guard let reference = schema["$ref"]?.text else { return (schema, file) }
        let parts = reference.split(separator: "#/$defs/", omittingEmptySubsequences: false)
        let target = parts[0].isEmpty ? file : String(parts[0])
        guard let found = schemas[target]?["$defs"]?[String(parts[1])] else {
            preconditionFailure("the schemas have \(reference)")
        }
        return resolve(found, target)
    }

    private mutating func vary(_ record: Record, _ schema: Value, _ file: String) -> Record {
        var varied = record
        let required = schema["required"]?.list ?? []
        for member in schema["properties"]?.record?.members ?? [] {
            guard let value = record[member.name] else {
                if chance(1, of: 10) { varied[member.name] = draw(member.value, file) }
                continue
            }
            let goes = !required.contains(.text(member.name)) && chance(1, of: 10)
            varied[member.name] = goes ? nil : vary(value, member.value, file)
        }
        return varied
    }

    private mutating func vary(_ value: Value, _ schema: Value, _ file: String) -> Value {
        let (schema, file) = Self.resolve(schema, file)
        switch value {
        case .record(let record) where schema["properties"] != nil && !chance(1, of: 10):
            return .record(vary(record, schema, file))
        case .list(let items) where !chance(1, of: 10):
            guard let kind = schema["items"], schema["uniqueItems"]?.flag != true else { return value }
            return .list(items.map { vary($0, kind, file) })
        default: return chance(1, of: 10) ? draw(schema, file) : value
        }
    }

    private mutating func draw(_ schema: Value, _ file: String) -> Value {
        let (schema, file) = Self.resolve(schema, file)
        if let value = schema["const"] { return value }
        if let words = schema["enum"]?.list ?? schema["oneOf"]?.list {
            let word = pick(words)
            return schema["enum"] == nil ? draw(word, file) : word
        }
        switch schema["type"]?.text {
        case "object": return .record(object(schema, file))
        case "array": return list(schema, file)
        case "boolean": return .flag(chance(1, of: 2))
        case "integer": return integer(schema)
        case "number": return number(schema)
        default: return text(schema)
        }
    }

    private mutating func object(_ schema: Value, _ file: String) -> Record {
        var record = Record()
        let required = schema["required"]?.list ?? []
        for member in schema["properties"]?.record?.members ?? [] {
            guard required.contains(.text(member.name)) || chance(1, of: 2) else { continue }
            record[member.name] = draw(member.value, file)
        }
        if let others = schema["additionalProperties"], others.record != nil {
            for number in 0..<pick([1, 2, 4]) { record["kind-\(number)"] = draw(others, file) }
        }
        return record
    }

    private mutating func list(_ schema: Value, _ file: String) -> Value {
        guard let items = schema["items"] else { return [] }
        var list: [Value] = []
        for _ in 0..<pick([1, 1, 1, 3]) {
            let item = draw(items, file)
            if schema["uniqueItems"]?.flag != true || !list.contains(item) { list.append(item) }
        }
        return .list(list)
    }

    private mutating func integer(_ schema: Value) -> Value {
        guard let least = schema["minimum"]?.integer, let greatest = schema["maximum"]?.integer else {
            preconditionFailure("the schemas bound every whole number")
        }
        return Value(
            pick([least, greatest, .random(in: least...min(greatest, least + 100), using: &generator)]))
    }

    private mutating func number(_ schema: Value) -> Value {
        let allowed = Self.numbers.compactMap { Number($0) }.filter { number in
            (schema["minimum"]?.number).map { number >= $0 } ?? true
                && (schema["maximum"]?.number).map { number <= $0 } ?? true
                && (schema["multipleOf"] == nil || Money(number) != nil)
        }
        return .number(pick(allowed))
    }

    private mutating func text(_ schema: Value) -> Value {
        let pattern = schema["pattern"]?.text
        guard
            let texts = pattern.map({ Self.texts[$0] })
                ?? schema["format"]?.text.flatMap({ Self.formats[$0] })
        else {
            preconditionFailure("there are texts for \(schema.json)")
        }
        return .text(pick(texts))
    }
}
