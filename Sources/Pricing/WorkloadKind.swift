package import Entities

/// What models are bought for; prices are compared within one of them only.
package enum WorkloadKind: String, Sendable, CaseIterable {
    case llm
    case speechToText = "speech_to_text"
    case textToSpeech = "text_to_speech"
    case embeddings, rerank
    case imageGeneration = "image_generation"
    case vision
    case videoGeneration = "video_generation"
    case moderation

    /// The workload of a name or another name for it, in any case: `transcription`, `tts`, `chat`. Nil for others.
    package init?(named name: String) {
        let word = name.lowercased().replacing("-", with: "_").replacing(" ", with: "_")
        guard let kind = WorkloadKind(rawValue: word) ?? WorkloadKind.otherNames[word] else { return nil }
        self = kind
    }

    /// What a model is for, as its variant and modalities tell.
    package init(of model: Model) {
        let (input, output) = (model.modalities.input, model.modalities.output)
        switch model.variant {
        case .embedding: self = .embeddings
        case .reranker, .reward: self = .rerank
        case .image: self = .imageGeneration
        case .video: self = .videoGeneration
        case .audio: self = output.contains(.audio) && !input.contains(.audio) ? .textToSpeech : .speechToText
        case .vision:
            // A service that judges pictures and takes no text; a language model that sees is still one.
            if model.id.text.contains("moderation") {
                self = .moderation
            } else {
                self = input.contains(.text) ? .llm : .vision
            }
        default: self = .llm
        }
    }

    /// True where a bare `minute` on a price list is one of sound or video.
    package var countsMedia: Bool {
        [.speechToText, .textToSpeech, .videoGeneration].contains(self)
    }

    /// The unit in which prices of this workload are shown side by side.
    package var comparableUnit: BillingUnit {
        switch self {
        case .llm, .embeddings, .moderation: BillingUnit(.token, size: 1_000_000)
        case .speechToText: BillingUnit(.mediaSecond, size: 3_600)
        case .textToSpeech: BillingUnit(.character, size: 1_000_000)
        case .rerank: BillingUnit(.search, size: 1_000)
        case .imageGeneration, .vision: BillingUnit(.image, size: 1_000)
        case .videoGeneration: BillingUnit(.mediaSecond, size: 60)
        }
    }

    private static let otherNames: [String: WorkloadKind] = [
        "transcription": .speechToText, "stt": .speechToText, "asr": .speechToText, "tts": .textToSpeech,
        "speech": .textToSpeech, "embedding": .embeddings, "reranking": .rerank, "reranker": .rerank,
        "image_gen": .imageGeneration, "image": .imageGeneration, "images": .imageGeneration,
        "video": .videoGeneration, "video_gen": .videoGeneration, "chat": .llm, "completion": .llm,
        "text_generation": .llm,
    ]
}
