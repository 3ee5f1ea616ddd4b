/// Token limits of a model or an offer; absent ones are unknown, or the model's.
package struct TokenLimits: Sendable, Hashable {
    /// Input and output together.
    package var contextTokens: Int?
    package var maximumInputTokens: Int?
    package var maximumOutputTokens: Int?

    package init(contextTokens: Int? = nil, maximumInputTokens: Int? = nil, maximumOutputTokens: Int? = nil) {
        self.contextTokens = contextTokens
        self.maximumInputTokens = maximumInputTokens
        self.maximumOutputTokens = maximumOutputTokens
    }
}

extension TokenLimits: FieldsReadable {
    init?(_ fields: Fields) {
        contextTokens = fields.integer("context")
        maximumInputTokens = fields.integer("max_input")
        maximumOutputTokens = fields.integer("max_output")
    }
}
