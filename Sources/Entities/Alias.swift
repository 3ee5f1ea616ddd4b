/// Another name for an entity; upper and lower case are not told apart.
package struct Alias: Sendable, Hashable {
    /// Who uses the name.
    package enum Scheme: String, Sendable, CaseIterable {
        case huggingFace = "hf"
        case openRouter = "openrouter"
        case liteLLM = "litellm"
        case modelsDev = "models_dev"
        case api, marketing
    }

    /// How much of a name must agree.
    package enum Match: String, Sendable, CaseIterable {
        case exact, prefix
    }

    package var value: String
    /// Empty when not stated.
    package var schemes: [Scheme]
    package var match: Match
}

extension Alias: FieldsReadable {
    init?(_ fields: Fields) {
        guard let value = fields.text("value") else { return nil }
        self.value = value
        schemes = fields.words("schemes")
        match = fields.word("match") ?? .exact
    }
}
