/// A source that this program reads.
package enum SourceName: String, Sendable, CaseIterable {
    case huggingFace = "huggingface"
    case modelsDev = "models-dev"
    case liteLLM = "litellm"
    case genAIPrices = "genai-prices"
    case openRouter = "openrouter"
    case chutes
    case priceCSV = "price-csv"
    case accelerators

    /// Where the source is found when its snapshot does not say.
    package var url: String? {
        switch self {
        case .huggingFace: "https://huggingface.co/models"
        case .modelsDev: "https://github.com/anomalyco/models.dev"
        case .liteLLM: "https://github.com/BerriAI/litellm"
        case .genAIPrices: "https://github.com/pydantic/genai-prices/"
        case .openRouter: "https://openrouter.ai/api/v1/models"
        case .chutes: "https://llm.chutes.ai/v1/models"
        case .priceCSV, .accelerators: nil
        }
    }
}
