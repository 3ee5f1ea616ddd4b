package import Text

/// What a model is: identity, limits, abilities and, for open weights, its architecture.
package struct Model: Sendable, Hashable {
    /// Its id in the registry: `meta/llama-3.1-8b`.
    package typealias ID = Identifier<Model>

    /// What a model was made for.
    package enum Variant: String, Sendable, CaseIterable {
        case base, instruct, reasoning, code, embedding, reranker, reward, vision, audio, image, video
    }

    /// Vendor and model: `meta/llama-3.1-8b`.
    package var id: ID
    package var name: String
    package var vendor: String
    package var family: String?
    package var version: String?
    package var variant: Variant
    /// The Hugging Face repository is a name of the model too and not repeated here.
    package var aliases: [Alias]
    package var huggingFace: HuggingFace?
    package var hasOpenWeights: Bool
    /// Nil when unknown.
    package var license: License?
    package var announced: CalendarDate?
    /// Nil when unknown.
    package var released: CalendarDate?
    package var knowledgeCutoff: CalendarDate?
    package var status: Status
    package var modalities: Modalities
    /// Empty when nothing is known.
    package var capabilities: [Capability]
    package var reasoning: Reasoning?
    /// Nil for models without tokens, such as those that give images.
    package var limits: ContextLimits?
    package var tokenizer: Tokenizer?
    package var architecture: Architecture?
    package var parameters: Parameters?
    package var weights: [WeightFiles]
    package var benchmarks: [Benchmark]
    package var source: Source
}

extension Model: FieldsReadable {
    init?(_ fields: Fields) {
        guard let id = fields.text("id"), let name = fields.text("name"), let vendor = fields.text("vendor"),
            let variant: Variant = fields.word("variant"), let status: Status = fields.part("status"),
            let modalities: Modalities = fields.part("modalities"), let source: Source = fields.part("source")
        else { return nil }
        self.id = ID(id)
        self.name = name
        self.vendor = vendor
        family = fields.text("family")
        version = fields.text("version")
        self.variant = variant
        aliases = fields.parts("aliases")
        huggingFace = fields.part("hugging_face")
        hasOpenWeights = fields.flag("open_weights")
        license = fields.part("license")
        announced = fields.date("announced")
        released = fields.date("released")
        knowledgeCutoff = fields.date("knowledge_cutoff")
        self.status = status
        self.modalities = modalities
        capabilities = fields.words("capabilities")
        reasoning = fields.part("reasoning")
        limits = fields.part("limits")
        tokenizer = fields.part("tokenizer")
        architecture = fields.part("architecture")
        parameters = fields.part("parameters")
        weights = fields.parts("weights")
        benchmarks = fields.parts("benchmarks")
        self.source = source
    }
}
