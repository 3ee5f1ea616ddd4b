package import Text

/// The repository with a model's original weights.
package struct HuggingFace: Sendable, Hashable, FieldsReadable {
    package var repo: String
    /// The commit that the facts were read from.
    package var revision: String?
    /// True when the weights are given only after an agreement; nil when unknown.
    package var isGated: Bool?

    init?(_ fields: Fields) {
        guard let repo = fields.text("repo") else { return nil }
        self.repo = repo
        revision = fields.text("revision")
        isGated = fields.knownFlag("gated")
    }
}

/// The terms of a model's weights, or of its use where there are none.
package struct License: Sendable, Hashable, FieldsReadable {
    /// An SPDX identifier, or `LicenseRef-` and a name.
    package var id: String
    package var url: String?

    init?(_ fields: Fields) {
        guard let id = fields.text("id") else { return nil }
        self.id = id
        url = fields.text("url")
    }
}

/// How a model thinks before it answers.
package struct Reasoning: Sendable, Hashable, FieldsReadable {
    /// Whether a model thinks before it answers.
    package enum Mode: String, Sendable, CaseIterable {
        case none, optional, always
    }

    /// How callers steer the thinking.
    package enum Control: String, Sendable, CaseIterable {
        case toggle, effort, budget
    }

    /// From least to most.
    package enum Effort: String, Sendable, CaseIterable {
        case none, minimal, low, medium, high, xhigh, max
    }

    package var mode: Mode
    package var controls: [Control]
    package var efforts: [Effort]
    package var minimumBudgetTokens: Int?
    package var maximumBudgetTokens: Int?
    /// The field of the vendor's response that carries the thinking.
    package var field: String?

    init?(_ fields: Fields) {
        guard let mode: Mode = fields.word("mode") else { return nil }
        self.mode = mode
        controls = fields.words("controls")
        efforts = fields.words("efforts")
        minimumBudgetTokens = fields.integer("budget_min")
        maximumBudgetTokens = fields.integer("budget_max")
        field = fields.text("field")
    }
}

/// A model's token limits at its vendor, and how its context came to be.
package struct ContextLimits: Sendable, Hashable, FieldsReadable {
    /// Input and output together.
    package var contextTokens: Int
    package var maximumInputTokens: Int?
    package var maximumOutputTokens: Int?
    /// The context that the model was trained for, where a scaling method extends it.
    package var nativeContextTokens: Int?
    package var extendedBy: RotaryPositions.Scaling?
    package var source: Source?

    init?(_ fields: Fields) {
        guard let contextTokens = fields.integer("context") else { return nil }
        self.contextTokens = contextTokens
        maximumInputTokens = fields.integer("max_input")
        maximumOutputTokens = fields.integer("max_output")
        nativeContextTokens = fields.integer("native_context")
        extendedBy = fields.word("extended_by")
        source = fields.part("source")
    }

    /// The three limits that offers state too.
    package var limits: TokenLimits {
        TokenLimits(
            contextTokens: contextTokens, maximumInputTokens: maximumInputTokens,
            maximumOutputTokens: maximumOutputTokens)
    }
}

/// How text becomes tokens.
package struct Tokenizer: Sendable, Hashable, FieldsReadable {
    /// The algorithm.
    package enum Kind: String, Sendable, CaseIterable {
        case bpe, unigram, wordpiece, byte, other
    }

    package var kind: Kind?
    package var vocabularySize: Int?

    init?(_ fields: Fields) {
        kind = fields.word("kind")
        vocabularySize = fields.integer("vocab_size")
    }
}

/// One published set of weight files.
package struct WeightFiles: Sendable, Hashable, FieldsReadable {
    /// A file format.
    package enum Format: String, Sendable, CaseIterable {
        case safetensors, gguf, mlx, onnx, pytorch, exl2, exl3, other
    }

    package var format: Format
    /// The precision of the bulk of the weights.
    package var precision: Precision
    /// The quantization as the format spells it: `Q4_K_M`.
    package var quantization: String?
    /// The size of all files.
    package var bytes: Int?
    package var shardCount: Int?
    package var url: String?
    package var source: Source?

    init?(_ fields: Fields) {
        guard let format: Format = fields.word("format"), let precision: Precision = fields.word("precision")
        else { return nil }
        self.format = format
        self.precision = precision
        quantization = fields.text("quantization")
        bytes = fields.integer("bytes")
        shardCount = fields.integer("shards")
        url = fields.text("url")
        source = fields.part("source")
    }
}

/// One published benchmark result.
package struct Benchmark: Sendable, Hashable, FieldsReadable {
    package var name: String
    /// Version, subset or number of shots.
    package var variant: String?
    package var score: Number
    package var metric: String?
    package var harness: String?
    package var source: Source

    init?(_ fields: Fields) {
        guard let name = fields.text("name"), let score = fields.number("score"),
            let source: Source = fields.part("source")
        else { return nil }
        self.name = name
        variant = fields.text("variant")
        self.score = score
        metric = fields.text("metric")
        harness = fields.text("harness")
        self.source = source
    }
}
