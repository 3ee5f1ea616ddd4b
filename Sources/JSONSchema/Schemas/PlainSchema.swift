import Documents
import Text

/// Recognises schemas that are plainly well-formed, so that the meta-schema need not be compiled to say so: reading,
/// compiling and running it was half of what a run costs before its first file.
///
/// Only ever says yes where the meta-schema would; whatever is unusual is left to the meta-schema, which also explains.
struct PlainSchema {
    private let document: Document
    private let draft: Draft

    /// Schemas inside schemas; deeper ones are left to the meta-schema.
    private static let maximumDepth = 48

    init(_ document: Document, draft: Draft) {
        self.document = document
        self.draft = draft
    }

    /// True when the schema at `node`, and all schemas below it, satisfy the draft's meta-schema.
    func isSound(_ node: Int = 0, depth: Int = 0) -> Bool {
        switch document[node].kind {
        case .true, .false: return true
        case .mapping where depth < PlainSchema.maximumDepth:
            return document.children(of: node).allSatisfy { child in
                guard let key = child.key else { return false }
                return isSound(keyword: document.string(at: key), child.value, depth + 1)
            }
        default: return false
        }
    }

    private func isSound(keyword: String, _ value: Int, _ depth: Int) -> Bool {
        let kind = document[value].kind
        switch keyword {
        case "$id", "$ref", "$dynamicRef", "$recursiveRef", "$schema": return isReference(value, of: keyword)
        case "$anchor", "$dynamicAnchor": return isName(value)
        case "$vocabulary": return false
        case "$comment", "title", "description", "format", "contentMediaType", "contentEncoding":
            return kind == .string
        case "readOnly", "writeOnly", "deprecated", "uniqueItems", "$recursiveAnchor":
            return kind == .true || kind == .false
        case "const", "default": return true
        case "enum": return kind == .sequence && (draft != .draft7 || document[value].length > 0)
        case "examples": return kind == .sequence
        case "type": return isType(value)
        case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum":
            return kind == .integer || kind == .number
        case "multipleOf": return document.number(at: value).map { $0 > .zero } ?? false
        case "minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties",
            "minContains",
            "maxContains":
            return kind == .integer && document.number(at: value).map { $0 >= .zero } ?? false
        case "pattern": return kind == .string && isPattern(value)
        case "required": return areNames(value)
        case "dependentRequired":
            return kind == .mapping && document.children(of: value).allSatisfy { areNames($0.value) }
        default: return holdsSoundSchemas(keyword, value, depth)
        }
    }

    private func holdsSoundSchemas(_ keyword: String, _ value: Int, _ depth: Int) -> Bool {
        let kind = document[value].kind
        switch SubschemaPlace(keyword: keyword, draft: draft) {
        // Keywords of other drafts and people's own: some meta-schemas know them still, so they must be no keyword.
        case nil: return SubschemaPlace(keyword: keyword, draft: .draft2019) == nil && keyword != "$defs"
        case .schema: return isSound(value, depth: depth)
        case .array: return kind == .sequence && areSound(value, depth) && document[value].length > 0
        case .map:
            guard kind == .mapping, areSound(value, depth) else { return false }
            return keyword != "patternProperties"
                || document.children(of: value).allSatisfy { $0.key.map(isPattern) ?? false }
        case .schemaOrArray:
            return kind == .sequence
                ? document[value].length > 0 && areSound(value, depth) : isSound(value, depth: depth)
        case .dependencies:
            return kind == .mapping
                && document.children(of: value).allSatisfy {
                    isSound($0.value, depth: depth) || areNames($0.value)
                }
        }
    }

    private func areSound(_ container: Int, _ depth: Int) -> Bool {
        document.children(of: container).allSatisfy { isSound($0.value, depth: depth) }
    }

    private func isType(_ value: Int) -> Bool {
        func isTypeName(_ node: Int) -> Bool {
            document[node].kind == .string && TypeSet.names.contains { $0.1 == document.string(at: node) }
        }
        guard document[value].kind == .sequence else { return isTypeName(value) }
        return document[value].length > 0 && areNames(value)
            && document.children(of: value).allSatisfy { isTypeName($0.value) }
    }

    /// A list of different texts.
    private func areNames(_ value: Int) -> Bool {
        guard document[value].kind == .sequence, document[value].length < 1_000 else { return false }
        var seen: Set<String> = []
        return document.children(of: value).allSatisfy { child in
            document[child.value].kind == .string
                && seen.insert(document.string(at: child.value)).inserted
        }
    }

    private func isPattern(_ node: Int) -> Bool {
        Pattern.isValidSyntax(document.text.span.extracting(document.textRange(of: node)))
    }

    /// A reference of the usual letters, relative or with `https:`; any other is left to the meta-schema.
    private func isReference(_ value: Int, of keyword: String) -> Bool {
        guard document[value].kind == .string else { return false }
        let text = document.text[document.textRange(of: value)]
        let scheme = ["https://", "http://"].first { text.starts(with: $0.utf8) }
        let rest = text.dropFirst(scheme?.utf8.count ?? 0)
        guard scheme != nil || keyword != "$schema", rest.first != UInt8(ascii: "/") || scheme == nil,
            !rest.starts(with: "//".utf8), scheme == nil || !rest.isEmpty
        else { return false }
        let mayHaveFragment = keyword != "$id" || draft == .draft7
        return rest.count { $0 == UInt8(ascii: "#") } <= (mayHaveFragment ? 1 : 0)
            && rest.allSatisfy { PlainSchema.isLetterOrDigit($0) || "/._-#$".utf8.contains($0) }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte)
    }

    /// `^[A-Za-z_][-A-Za-z0-9._]*$`
    private func isName(_ value: Int) -> Bool {
        guard document[value].kind == .string, draft == .draft2020 else { return false }
        let text = document.text[document.textRange(of: value)]
        guard let first = text.first, PlainSchema.isLetterOrDigit(first), first > UInt8(ascii: "9") else {
            return false
        }
        return text.allSatisfy { PlainSchema.isLetterOrDigit($0) || "-._".utf8.contains($0) }
    }
}
