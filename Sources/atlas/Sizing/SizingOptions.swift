import ArgumentParser
import Commands
import Entities
import Sizing

/// What every command that sizes takes: the load, the format and the engine.
struct SizingOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A load: low, medium or high. Single numbers below go before it.", valueName: "name"))
    var preset: String?

    @Option(help: "Tokens of a prompt.")
    var prompt: Int?

    @Option(help: "Tokens of an answer.")
    var output: Int?

    @Option(help: "Tokens of prompt and answer together; the prompt is what the answer leaves.")
    var context: Int?

    @Option(help: "Sequences served at a time.")
    var batch: Int?

    @Option(
        help: ArgumentHelp(
            "How the weights are stored: bf16, fp8, int8, awq, nvfp4, nf4, Q4_K_M and the like.",
            discussion: "Default: as the vendor publishes them.", valueName: "format"))
    var precision: WeightFormat?

    @Option(help: ArgumentHelp("How the cache is stored: bf16, fp8, q8_0, q4_0.", valueName: "format"))
    var kv: CachePrecision = .bf16

    @Option(help: "The engine: vllm, sglang, tensorrt-llm, llama.cpp.")
    var engine: EngineProfile.Engine = .vllm

    func validate() throws {
        if let preset, !Workload.presets.contains(where: { $0.name == preset }) {
            throw ValidationError("--preset takes \(Workload.presets.map(\.name).joined(separator: ", "))")
        }
        for (name, value) in [("prompt", prompt), ("output", output), ("context", context), ("batch", batch)]
        {
            if let value, !(1...100_000_000).contains(value) {
                throw ValidationError("--\(name) takes a number from 1 to 100,000,000")
            }
        }
    }

    /// The load; a context gives what the answer leaves to the prompt.
    var workload: Workload {
        let base = Workload.presets.first { $0.name == preset }?.workload ?? .reference
        let answer = min(output ?? base.outputTokens, context.map { max(1, $0 - 1) } ?? .max)
        let given = context.map { max(1, $0 - answer) }
        return Workload(
            promptTokens: prompt ?? given ?? base.promptTokens, outputTokens: answer,
            concurrency: batch ?? base.concurrency)
    }

    /// The question about a model; nil where neither its architecture nor its size is known.
    func question(_ model: Model) -> SizingQuestion? {
        guard let network = model.sizedNetwork else { return nil }
        let native = model.architecture?.nativePrecision?.weights ?? .bf16
        let format = precision ?? .plain(native == .unknown ? .bf16 : native)
        return ModelFootprint(network.architecture, as: format, cacheBytes: kv.bytes).map {
            SizingQuestion($0, workload: workload, isAssumed: network.isAssumed)
        }
    }

    /// The engine that reads a format: what was asked for, but llama.cpp for its own files.
    func engine(reading format: WeightFormat) -> EngineProfile.Engine {
        if case .gguf = format { .llamaCPP } else { engine }
    }

    /// A card with the engine on it that reads a format.
    func serving(_ card: Accelerator, _ format: WeightFormat) -> ServingCard {
        ServingCard(card, running: .profile(engine(reading: format)))
    }
}

/// A format of the cache by the bytes that a value takes.
enum CachePrecision: String, CaseIterable, ExpressibleByArgument {
    case fp32, bf16, fp16, fp8, int8, q8_0, q5_1, q5_0, q4_1, q4_0

    var bytes: Double {
        switch self {
        case .fp32: 4
        case .bf16, .fp16: 2
        case .fp8, .int8: 1
        case .q8_0: 34.0 / 32
        case .q5_1: 24.0 / 32
        case .q5_0: 22.0 / 32
        case .q4_1: 20.0 / 32
        case .q4_0: 18.0 / 32
        }
    }
}

extension WeightFormat: ExpressibleByArgument {
    init?(argument: String) { self.init(argument) }
}

extension EngineProfile.Engine: ExpressibleByArgument {
    init?(argument: String) { self.init(named: argument) }
}

extension Catalog {
    /// The model that a name stands for.
    ///
    /// Throws with the nearest name where there is none.
    func requiredModel(_ name: String) throws -> Model {
        if let model = model(named: name) { return model }
        let short = models.filter { $0.id.text.hasSuffix("/" + name.lowercased()) }
        if short.count == 1 { return short[0] }
        throw Failure("no model is called \"\(name)\"" + hint(name, among: models.map(\.id.text)))
    }

    /// The accelerator that a name stands for.
    ///
    /// Throws with the nearest name where there is none.
    func requiredAccelerator(_ name: String) throws -> Accelerator {
        if let card = accelerator(named: name) { return card }
        throw Failure("no accelerator is called \"\(name)\"" + hint(name, among: accelerators.map(\.id.text)))
    }

    private func hint(_ name: String, among ids: [String]) -> String {
        NearestName.hint(for: name, among: ids)
    }
}
