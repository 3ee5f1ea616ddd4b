import Entities
package import Sizing

/// Predictions of speed.
extension TruthPrediction {
    /// The model as a row's engine served it, and what was asked of it.
    package static func served(_ row: TruthRow) throws(Refusal) -> (ServedModel, Workload) {
        guard let architecture = row.architecture else {
            throw Refusal("the network is neither in the row nor in the registry")
        }
        let settings = row.settings
        let isSingle = row.kind.hasSuffix("_single")
        guard let prompt = settings.integer("input_tokens") ?? settings.integer("prompt_tokens"),
            let output = settings.integer("output_tokens"), prompt > 0 || output > 0,
            let concurrency = settings.integer("concurrency") ?? (isSingle || isOffline(row) ? 1 : nil)
        else { throw Refusal("the load is not said") }
        guard let card = row.accelerator else { throw Refusal("the accelerator is not in the registry") }
        guard var format = format(row) else { throw Refusal("the format of the weights is not known") }
        let engine = place(row).engine
        // gpt-oss has experts in MXFP4 and attention in sixteen bits, whatever a row calls that.
        var fixed: [TensorRole: WeightFormat]?
        if row.model.contains("gpt-oss") {
            format = .plain(.mxfp4)
            let roles = [TensorRole.query, .key, .value, .attentionOutput]
            fixed = Dictionary(uniqueKeysWithValues: roles.map { ($0, .plain(.bf16)) })
        }
        // TensorRT-LLM caches in eight bits beside quantized weights, as NVIDIA's checkpoints declare.
        let isEightBit = format.nominalBits < 16 && engine == .tensorRT
        guard
            let footprint = ModelFootprint(
                architecture, as: format, cacheBytes: isEightBit ? 1 : cacheBytes(row), fixed: fixed),
            let model = ServedModel(
                footprint, on: ServingCard(card, running: .profile(engine)), layout: layout(row, engine))
        else { throw Refusal("the parameters cannot be counted, or the card has no rate") }
        let load = Workload(promptTokens: prompt, outputTokens: output, concurrency: concurrency)
        return (model, isOffline(row) ? try fullest(load, model) : load)
    }

    private static func isOffline(_ row: TruthRow) -> Bool { row.kind == "perf.max_output_tps_per_gpu" }

    /// How the model was cut: by the row's word, else into as many ranks as there are cards; llama.cpp cuts by layers.
    private static func layout(_ row: TruthRow, _ engine: EngineProfile.Engine) -> Layout {
        if engine == .llamaCPP { return Layout(pipelineStages: row.cardCount) }
        if let word = row.settings.text("parallelism"), let ranks = Int(word.drop { !$0.isNumber }) {
            return word.hasPrefix("DEP") ? Layout(dataRanks: ranks) : Layout(tensorRanks: ranks)
        }
        return Layout(
            tensorRanks: row.settings.integer("tp").map { min($0, row.rankCount) } ?? row.rankCount)
    }

    /// The engine and the generation of cards of a row.
    package static func place(_ row: TruthRow) -> (engine: EngineProfile.Engine, generation: String?) {
        let engine = EngineProfile.Engine(named: row.settings.text("engine") ?? "") ?? .vllm
        return (
            engine, row.accelerator?.architecture?.lowercased().split(separator: " ").first.map(String.init)
        )
    }

    static func speed(_ row: TruthRow) throws(Refusal) -> SpeedEstimate {
        let (model, workload) = try served(row)
        return SpeedEstimate(of: model, workload: workload)
    }

    /// Tokens of a prompt by the time to the first token.
    static func prefillRate(_ row: TruthRow) throws(Refusal) -> Estimate {
        let (model, workload) = try served(row)
        let first = SpeedEstimate(of: model, workload: workload).firstToken
        let tokens = Double(workload.promptTokens)
        return Estimate(
            low: tokens / first.high, point: tokens / first.point, high: tokens / first.low,
            confidence: first.confidence)
    }

    /// The load of a row whose cards are kept as full as they can be; engines take so many sequences at most.
    private static func fullest(_ load: Workload, _ model: ServedModel) throws(Refusal) -> Workload {
        let question = SizingQuestion(model.footprint, workload: load)
        guard let most = SizingSolver.concurrency(question, on: model.card, layout: model.layout) else {
            throw Refusal("it does not fit")
        }
        var full = load
        full.concurrency = min(most, 4_096 * model.layout.dataRanks)
        return full
    }
}
