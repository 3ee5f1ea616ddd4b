/// The drafts of JSON Schema that the engine speaks: draft-07, 2019-09 and 2020-12.
public enum Draft: Sendable, Hashable, CaseIterable {
    case draft7, draft2019, draft2020

    /// The URI of the draft's meta-schema, without a fragment.
    public var metaSchema: String {
        switch self {
        case .draft7: "http://json-schema.org/draft-07/schema"
        case .draft2019: "https://json-schema.org/draft/2019-09/schema"
        case .draft2020: "https://json-schema.org/draft/2020-12/schema"
        }
    }

    /// The draft's name in a schema's `$schema`.
    public var schemaURI: String { self == .draft7 ? metaSchema + "#" : metaSchema }

    /// The draft that a `$schema` value names directly; nil for the meta-schemas of others.
    public init?(metaSchema uri: String) {
        let name = uri.hasSuffix("#") ? String(uri.dropLast()) : uri
        guard let draft = Draft.allCases.first(where: { $0.metaSchema == name }) else { return nil }
        self = draft
    }
}

/// A draft with the vocabularies that the schema's meta-schema switches on.
struct Dialect: Sendable, Hashable {
    struct Vocabularies: OptionSet, Sendable, Hashable {
        let rawValue: UInt8
        static let applicator = Vocabularies(rawValue: 1)
        static let unevaluated = Vocabularies(rawValue: 2)
        static let validation = Vocabularies(rawValue: 4)
        static let formatAssertion = Vocabularies(rawValue: 8)
        static let standard: Vocabularies = [.applicator, .unevaluated, .validation]
    }

    var draft: Draft
    var vocabularies: Vocabularies = .standard

    /// The dialect of a meta-schema that names its vocabularies (2019-09 and 2020-12, core section 8.1.2).
    init(draft: Draft, vocabularyNames: [String]) {
        self.draft = draft
        vocabularies = []
        for name in vocabularyNames {
            switch name.split(separator: "/").last {
            case "applicator":
                vocabularies.formUnion(draft == .draft2019 ? [.applicator, .unevaluated] : .applicator)
            case "unevaluated": vocabularies.insert(.unevaluated)
            case "validation": vocabularies.insert(.validation)
            case "format-assertion": vocabularies.insert(.formatAssertion)
            default: break
            }
        }
    }

    init(draft: Draft) {
        self.draft = draft
    }
}

/// What kind of subschema, if any, the value of a keyword holds.
enum SubschemaPlace {
    /// The value is a schema.
    case schema
    /// The value is an array of schemas.
    case array
    /// The members of the value are schemas.
    case map
    /// The value is a schema or an array of schemas.
    case schemaOrArray
    /// The members of the value are schemas or arrays of names.
    case dependencies

    init?(keyword: String, draft: Draft) {
        switch keyword {
        case "additionalProperties", "contains", "propertyNames", "not", "if", "then", "else":
            self = .schema
        case "allOf", "anyOf", "oneOf": self = .array
        case "properties", "patternProperties", "definitions": self = .map
        case "$defs", "dependentSchemas":
            guard draft != .draft7 else { return nil }
            self = .map
        case "prefixItems":
            guard draft == .draft2020 else { return nil }
            self = .array
        case "items": self = draft == .draft2020 ? .schema : .schemaOrArray
        case "additionalItems":
            guard draft != .draft2020 else { return nil }
            self = .schema
        case "unevaluatedItems", "unevaluatedProperties", "contentSchema":
            guard draft != .draft7 else { return nil }
            self = .schema
        case "dependencies": self = .dependencies
        default: return nil
        }
    }
}
