import Documents
import Entities
import Text

/// The parameter counts that a repository's files give, each with how it is known.
struct RepositoryCounts {
    var total: CountCandidate?
    var active: CountCandidate?
    var embedding: CountCandidate?
    var vision: CountCandidate?
    var multiTokenPrediction: CountCandidate?
    var alarms: [Alarm] = []
    var refusals: [Refusal] = []

    private let facts: RepositoryFacts
    private let subject: String

    /// - Parameter subject: the model's id, for alarms.
    init(_ facts: RepositoryFacts, _ config: HuggingFaceConfig, subject: String) {
        self.facts = facts
        self.subject = subject
        let parameters = config.parameters
        let stored = storedCount(config)
        total = CountCandidate.best(of: totals(config, stored: stored))
        if let parameters {
            active = exact(parameters.active)
            embedding = exact(parameters.embedding)
            vision = parameters.vision.map { exact($0) }
            multiTokenPrediction = parameters.multiTokenPrediction.map {
                exact($0, note: parameters.multiTokenPredictionNote)
            }
        }
        if config.entity.vision != nil, vision == nil, let stored, let text = parameters?.languageModel,
            stored > text
        {
            vision = self.stored(stored - text, note: nil)
        }
    }

    private func exact(_ value: Int, note: String? = nil) -> CountCandidate {
        CountCandidate(value, .configExact, checkedOn: facts.seenOn, note: note)
    }

    private func stored(_ value: Int, note: String?) -> CountCandidate {
        CountCandidate(value, .safetensors, checkedOn: facts.seenOn, url: facts.pageURL, note: note)
    }

    private mutating func totals(_ config: HuggingFaceConfig, stored count: Int?) -> [CountCandidate] {
        var totals: [CountCandidate] = []
        let counted = config.parameters?.total
        if let count, let counted, let parameters = config.parameters {
            let parts = StoredDifference.parts(
                stored: count, architecture: config.entity, parameters: parameters)
            switch parts {
            case nil:
                totals = [stored(count, note: nil), exact(counted)]
            case []?:
                totals = [exact(counted, note: "Equal to the total of the stored tensors")]
            case let parts?:
                let names = parts.map { "\($0.name) (\($0.count))" }.joined(separator: ", ")
                totals = [exact(counted, note: "Together with the \(names) equal to the stored tensors")]
            }
        } else if let counted {
            totals = [exact(counted)]
        } else if let count {
            let note =
                "Stored total; the language model alone is config_exact and the rest is the vision tower with its projector"
            totals = [stored(count, note: config.parameters == nil ? nil : note)]
        }
        if let billions = facts.entry?.statedBillions, billions > 0, billions < 1_000_000 {
            let value = Int((billions * 1_000_000_000).rounded())
            if let best = totals.first {
                if let alarm = CountWatch.siblingSize(subject, stated: value, authority: best.value) {
                    alarms.append(alarm)
                }
            } else {
                totals = [CountCandidate(value, .stated, checkedOn: facts.seenOn, url: facts.entry?.url)]
            }
        }
        return totals
    }

    /// The values that the checkpoint stores; nil when they are unknown or packed words.
    private mutating func storedCount(_ config: HuggingFaceConfig) -> Int? {
        let precision = config.entity.nativePrecision?.weights
        let isFourBit = precision.map { $0.bitsPerWeight ?? 16 < 6 } ?? false
        if !facts.headers.isEmpty {
            let count = TensorCount(facts.headers)
            let isWhole = (facts.index?.shardCount ?? 1) == facts.headers.count
            return isWhole && count.uncounted.isEmpty ? count.parameters : nil
        }
        if let info = facts.info, let total = info.storedTotal {
            let known = config.parameters?.total ?? 0
            if info.hasPackedWords || isFourBit {
                refusals.append(
                    Refusal(
                        .notComparable, facts.repo, "\(total) stored values are packed words, no parameters"))
                return nil
            }
            // A checkpoint that does not say so, but stores too little for what it is.
            if let alarm = CountWatch.packedWords(
                subject, stored: total, known: known, isFourBit: facts.info?.storedValues.isEmpty ?? true)
            {
                alarms.append(alarm)
                return nil
            }
            return total
        }
        guard let index = facts.index, let bytes = precision?.plainBytes else { return nil }
        if let fault = index.fault(bytesEach: bytes) {
            refusals.append(Refusal(.notComparable, facts.repo, fault))
        }
        return index.parameterCount(bytesEach: bytes)
    }
}

extension Precision {
    /// Bytes of one value of a checkpoint that is not quantized; nil for the others, which mix types.
    fileprivate var plainBytes: Int? {
        switch self {
        case .fp32: 4
        case .bf16, .fp16: 2
        default: nil
        }
    }
}
