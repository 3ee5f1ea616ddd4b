import Diagnostics
import Documents
import Text
import YAML

/// What holds of every input, hostile or not; asked by the property tests, the corpus replay and the fuzzer.
enum Invariant {
    private static let formatter = YAMLFormatter { _ in ["id", "c", "a"] }

    /// What the YAML reader or formatter breaks on these bytes, nil if nothing.
    static func broken(byYAML bytes: [UInt8]) -> String? {
        let first = read(bytes)
        if !first.isUsable, first.findings.isEmpty { return "refused without a finding" }
        let lineCount = LineIndex(bytes.span).lineStarts.count
        for finding in first.findings {
            let start = finding.location.span.start
            guard start.line >= 1, Int(start.line) <= lineCount, start.column >= 1 else {
                return "a finding outside the file: \(finding)"
            }
        }
        let isMendable = first.findings.allSatisfy { $0.rule == .yamlComment || $0.rule == .yamlIndentation }
        return isMendable && first.isUsable ? broken(byFormatting: bytes, first.document) : nil
    }

    /// What the formatter breaks on a file that is clean or that it can mend: its data, or its own form.
    private static func broken(byFormatting bytes: [UInt8], _ document: Document) -> String? {
        let output = formatter.format(bytes, document: document)
        let second = read(output)
        guard second.findings.isEmpty else { return "the canonical form has findings: \(second.findings)" }
        guard isEqual(document, second.document) else { return "the canonical form says something else" }
        guard formatter.format(output, document: second.document) == output else {
            return "the canonical form has another canonical form"
        }
        return nil
    }

    /// What the JSON reader or writer breaks on these bytes, nil if nothing.
    static func broken(byJSON bytes: [UInt8]) -> String? {
        var reader = JSONReader()
        var keys = Interner()
        var findings: [Diagnostic] = []
        var document = Document()
        let isJSON = reader.read(bytes, path: "x", into: &document, keys: &keys, findings: &findings)
        guard isJSON == findings.isEmpty else { return "the answer does not fit the findings" }
        guard isJSON else { return nil }
        var writer = JSONWriter()
        writer.write(document)
        var again = Document()
        guard reader.read(writer.bytes, path: "x", into: &again, keys: &keys, findings: &findings) else {
            return "what was written is not JSON: \(findings)"
        }
        return isEqual(document, again) ? nil : "what was written says something else"
    }

    private static func read(_ bytes: [UInt8]) -> (isUsable: Bool, document: Document, findings: [Diagnostic])
    {
        var reader = YAMLReader()
        var keys = Interner()
        var findings: [Diagnostic] = []
        var document = Document()
        let isUsable = reader.read(bytes, path: "x", into: &document, keys: &keys, findings: &findings)
        return (isUsable, document, findings)
    }

    /// Whether two documents are the same JSON: members in any order, numbers by value.
    static func isEqual(_ left: Document, _ right: Document, _ leftIndex: Int = 0, _ rightIndex: Int = 0)
        -> Bool
    {
        guard !left.nodes.isEmpty, !right.nodes.isEmpty else {
            return left.nodes.isEmpty && right.nodes.isEmpty
        }
        let leftIndex = left.resolve(leftIndex)
        let rightIndex = right.resolve(rightIndex)
        if let leftNumber = left.number(at: leftIndex), let rightNumber = right.number(at: rightIndex) {
            return leftNumber == rightNumber
        }
        guard left[leftIndex].kind == right[rightIndex].kind else { return false }
        guard left[leftIndex].isContainer else {
            return left.text[left.textRange(of: leftIndex)] == right.text[right.textRange(of: rightIndex)]
                || left[leftIndex].kind != .string
        }
        guard left[leftIndex].length == right[rightIndex].length else { return false }
        let leftChildren = children(of: leftIndex, left)
        let rightChildren = children(of: rightIndex, right)
        return zip(leftChildren, rightChildren).allSatisfy { one, other in
            one.key == other.key && isEqual(left, right, one.value, other.value)
        }
    }

    /// Members by key in byte order, items as they are.
    private static func children(of index: Int, _ document: Document) -> [(key: [UInt8], value: Int)] {
        document.children(of: index)
            .map { child in
                (child.key.map { Array(document.text[document.textRange(of: $0)]) } ?? [], child.value)
            }
            .sorted { $0.key.lexicographicallyPrecedes($1.key) }
    }
}
