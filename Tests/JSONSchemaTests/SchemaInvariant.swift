import Documents
import Text

@testable import JSONSchema

/// What holds of every schema and every pattern, hostile or not; asked by the corpus replay and the fuzzer.
enum SchemaInvariant {
    /// Values of every kind, which every schema is tried on.
    private static let instances = [
        "null", "true", "0", "-1.5e3", "\"\"", "\"2026-02-28\"", "\"https://example.org/a\"", "[]",
        "[1, 1, \"a\", {\"a\": []}]", "{}", "{\"a\": 1, \"b\": {\"a\": [{\"b\": null}]}, \"id\": \"x/y\"}",
    ]

    private static let options: SchemaOptions = {
        var options = SchemaOptions()
        options.limits.steps = 50_000
        return options
    }()

    /// What the schema engine breaks on these bytes, nil if nothing: they are the schema, and an instance too.
    static func broken(bySchema bytes: [UInt8]) -> String? {
        let schema: Schema
        do throws(SchemaError) {
            schema = try Schema(SchemaText(bytes: bytes, path: "schema.json"), options: options)
        } catch {
            let isExplained = error.findings.contains { $0.severity == .error }
            return isExplained ? nil : "refused without an error"
        }
        if schema.warnings.contains(where: { $0.severity == .error }) { return "an error among the warnings" }
        var texts = instances.map { SchemaText.json($0) }
        texts.append(SchemaText(bytes: Array(bytes.prefix(64)), path: "start.yaml"))
        texts.append(SchemaText(bytes: bytes, path: "itself.json"))
        return texts.lazy.compactMap { broken(by: $0, against: schema) }.first
    }

    private static func broken(by text: SchemaText, against schema: Schema) -> String? {
        let faults = schema.explain(text)
        let shown = String(decoding: text.bytes, as: UTF8.self)
        guard schema.isValid(text) == !faults.contains(where: { $0.severity == .error }) else {
            return "the verdict on \(shown) does not fit its explanation: \(faults)"
        }
        guard faults.allSatisfy({ $0.line >= 1 && $0.column >= 1 && !$0.message.isEmpty }) else {
            return "a finding about \(shown) says nothing, or of no place: \(faults)"
        }
        return nil
    }

    /// What the pattern engine breaks on these bytes, nil if nothing: the first line is the pattern, the rest the
    /// text.
    static func broken(byPattern bytes: [UInt8]) -> String? {
        let parts = bytes.split(
            separator: UInt8(ascii: "\n"), maxSplits: 1, omittingEmptySubsequences: false)
        let source = Array(parts[0])
        let text = parts.count > 1 ? Array(parts[1]) : []
        let isSyntax = Pattern.isValidSyntax(source.span)
        do throws(PatternError) {
            let pattern = try Pattern(source.span)
            if !isSyntax { return "a pattern that is no regular expression was compiled" }
            // Documents hold nothing but UTF-8; other bytes must do no harm, whatever the answer.
            _ = pattern.matches(text.span)
            let sound = Array(String(decoding: text, as: UTF8.self).utf8)
            let simulation = try Pattern(source.span, mayBeAutomaton: false)
            guard pattern.matches(sound.span) == simulation.matches(sound.span) else {
                return "automaton and simulation disagree"
            }
        } catch {
            guard !error.message.isEmpty, (0...source.count).contains(error.offset) else {
                return "the pattern was refused without a place: \(error)"
            }
        }
        return nil
    }
}
