/// A kind of content that a model takes or gives.
package enum Modality: String, Sendable, CaseIterable {
    case text, image, audio, video, pdf, embedding
}

/// Kinds of content in and out.
package struct Modalities: Sendable, Hashable {
    package var input: [Modality]
    package var output: [Modality]
}

extension Modalities: FieldsReadable {
    init?(_ fields: Fields) {
        input = fields.words("input")
        output = fields.words("output")
    }
}

/// Something a model or an offer can do beyond plain completion.
package enum Capability: String, Sendable, CaseIterable {
    case tools
    case parallelTools = "parallel_tools"
    case structuredOutput = "structured_output"
    case jsonMode = "json_mode"
    case reasoning, vision, caching, batch
    case fineTuning = "fine_tuning"
    case streaming, logprobs
    case systemPrompt = "system_prompt"
    case webSearch = "web_search"
    case computerUse = "computer_use"
}
