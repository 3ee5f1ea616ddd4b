import Text

/// The keywords of the drafts, to find those that were meant but misspelt.
enum Keywords {
    /// The keyword that a name nobody knows was probably meant to be; nil for known names and for names that
    /// resemble none, which a schema may have for its own ends.
    ///
    /// Only keywords that check something are offered: to lose a check in silence is what hurts.
    static func intended(by name: String, draft: Draft) -> String? {
        guard !isKnown(name, draft), !name.hasPrefix("x-") else { return nil }
        let near = Spelling.nearest(to: name, in: checking.filter { isKnown($0, draft) })
        return near.flatMap { near in
            Spelling.editDistance(Array(name.utf8), Array(near.utf8), limit: 2) <= 2 ? near : nil
        }
    }

    private static func isKnown(_ name: String, _ draft: Draft) -> Bool {
        guard allDrafts.contains(name) else { return since[name].map { $0.contains(draft) } ?? false }
        return true
    }

    /// Keywords offered for a misspelt one; `not`, `if`, `then` and `else` resemble too many words.
    private static let checking: [String] = {
        let annotating: Set<String> = [
            "$comment", "title", "description", "default", "examples", "readOnly", "writeOnly", "deprecated",
            "not", "if", "then", "else",
        ]
        return (Array(allDrafts) + since.keys).filter { !annotating.contains($0) }.sorted()
    }()

    private static let allDrafts: Set<String> = [
        "$schema", "$id", "$ref", "$comment", "title", "description", "default", "examples", "readOnly",
        "writeOnly", "type", "enum", "const", "multipleOf", "maximum", "exclusiveMaximum", "minimum",
        "exclusiveMinimum", "maxLength", "minLength", "pattern", "format", "contentMediaType",
        "contentEncoding", "items", "maxItems", "minItems", "uniqueItems", "contains", "maxProperties",
        "minProperties", "required", "additionalProperties", "definitions", "properties",
        "patternProperties", "dependencies", "propertyNames", "if", "then", "else", "allOf", "anyOf",
        "oneOf", "not",
    ]

    /// The drafts of keywords that not all drafts have.
    private static let since: [String: [Draft]] = {
        var since: [String: [Draft]] = [
            "additionalItems": [.draft7, .draft2019],
            "$recursiveRef": [.draft2019], "$recursiveAnchor": [.draft2019],
            "$dynamicRef": [.draft2020], "$dynamicAnchor": [.draft2020], "prefixItems": [.draft2020],
        ]
        for keyword in [
            "$anchor", "$defs", "$vocabulary", "contentSchema", "deprecated", "dependentRequired",
            "dependentSchemas", "maxContains", "minContains", "unevaluatedItems", "unevaluatedProperties",
        ] {
            since[keyword] = [.draft2019, .draft2020]
        }
        return since
    }()
}
