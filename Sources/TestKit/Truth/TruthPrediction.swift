import Entities
package import Sizing

/// What the sizing engine says where a row of the truth table says what was measured.
package struct TruthPrediction: Sendable {
    /// In the row's own unit; the same three times where the engine gives no range.
    package let value: Estimate

    /// Why a row cannot be predicted.
    package struct Refusal: Error, Sendable {
        package let reason: String

        package init(_ reason: String) { self.reason = reason }
    }

    private static let gib = 1_073_741_824.0

    /// The prediction for a row; throws the reason where there is none.
    package init(of row: TruthRow) throws(Refusal) {
        guard let architecture = row.architecture else {
            throw Refusal("the network is neither in the row nor in the registry")
        }
        switch row.kind {
        case "params.total": value = Estimate(exact: try Self.count(architecture) { Double($0.total) })
        case "params.active": value = Estimate(exact: try Self.count(architecture) { Double($0.active) })
        case "weights.gguf_file_gib", "weights.loaded_gib_per_gpu":
            value = try Self.weights(row, architecture)
        case "kv.kib_per_token", "kv.bytes_per_token_per_gpu", "kv.cache_mib", "kv.tokens_in_pool",
            "kv.cpu_blocks_in_4gib":
            value = try Self.cache(row, architecture)
        case "kv.pool_gib": value = try Self.pool(row, architecture)
        case "vram.activation_peak_gib": value = try Self.activation(row, architecture)
        case "vram.non_torch_gib", "vram.cuda_graph_gib": value = Self.overhead(row)
        case "vram.total": value = try Self.total(row, architecture)
        case "perf.tpot_ms": value = try Self.speed(row).outputToken * 1_000
        case "perf.ttft_ms": value = try Self.speed(row).firstToken * 1_000
        case "perf.decode_tps_single": value = try Self.speed(row).tokensPerSecond
        case "perf.prefill_tps_single": value = try Self.prefillRate(row)
        case "perf.max_output_tps_per_gpu":
            value = try Self.speed(row).tokensPerSecond * (1 / Double(row.rankCount))
        case "perf.mlperf_tokens_s": throw Refusal("how long the prompts are is not said")
        default: throw Refusal("this kind is not predicted")
        }
    }

    private static func count(
        _ architecture: Architecture, _ part: (ParameterCount) -> Double
    ) throws(Refusal) -> Double {
        guard let count = architecture.parameterCount else {
            throw Refusal("the parameters cannot be counted")
        }
        return part(count)
    }

    // MARK: Memory

    /// The format that a row names, in its many ways.
    static func format(_ row: TruthRow) -> WeightFormat? {
        let settings = row.settings
        let name =
            settings.text("quant") ?? settings.text("weight_dtype") ?? settings.text("precision") ?? "bf16"
        if let format = WeightFormat(name) { return format }
        let word = name.uppercased().replacing("UD-", with: "").replacing("-QAT", with: "")
        switch word {
        case "FP4": return .plain(.nvfp4)
        case "NVFP4 MODELOPT-MIXED W4A16+FP8": return .plain(.nvfp4)
        case "INT8 W8A8": return .plain(.int8)
        case "Q6_K_L", "Q6_K_XL": return .gguf(.q6_k)
        case "Q5_K_XL": return .gguf(.q5_k_m)
        case "Q4_K_XL", "Q4_K_L", "Q4_K_P": return .gguf(.q4_k_m)
        case "Q3_K_XL": return .gguf(.q3_k_l)
        case "Q2_K_XL", "Q2_K_L": return .gguf(.q2_k)
        case "Q8_K_XL": return .gguf(.q8_0)
        default: return WeightFormat(word)
        }
    }

    private static func engine(_ row: TruthRow) -> EngineProfile {
        let name = EngineProfile.Engine(named: row.settings.text("engine") ?? "vllm") ?? .vllm
        return .profile(name, version: row.settings.text("version"))
    }

    /// Rows that name no card are of large ones.
    private static func isLarge(_ row: TruthRow) -> Bool {
        (row.accelerator?.memory.bytes ?? 80 << 30) >= 70 << 30
    }

    private static func layout(_ row: TruthRow) -> Layout {
        Layout(
            tensorRanks: row.settings.integer("tp") ?? 1, pipelineStages: row.settings.integer("pp") ?? 1)
    }

    private static func weights(_ row: TruthRow, _ architecture: Architecture) throws(Refusal) -> Estimate {
        let model = try footprint(row, architecture)
        if row.kind == "weights.gguf_file_gib" {
            // The bits of a weight that llama.cpp logs tell a file with an importance matrix from one without.
            if let bits = row.settings.number("bits_per_weight"), model.format == .gguf(.q4_0),
                let other = ModelFootprint(architecture, as: .gguf(.q4_0_imatrix)),
                let count = architecture.parameterCount?.total
            {
                let logged = bits * Double(count) / 8
                let isOther = abs(other.weights.total - logged) < abs(model.weights.total - logged)
                let bytes = (isOther ? other : model).weights.total
                return Estimate(bytes / gib, within: 0.001, confidence: .high)
            }
            return Estimate(model.weights.total / gib, within: 0.001, confidence: .high)
        }
        return MemoryNeed.loadedWeights(model, layout(row), engine: engine(row)) * (1 / gib)
    }

    /// The network in the format that a row names.
    private static func footprint(
        _ row: TruthRow, _ architecture: Architecture
    ) throws(Refusal) -> ModelFootprint {
        guard let format = format(row) else { throw Refusal("the format of the weights is not known") }
        guard let model = ModelFootprint(architecture, as: format, cacheBytes: cacheBytes(row)) else {
            throw Refusal("the parameters cannot be counted")
        }
        return model
    }

    static func cacheBytes(_ row: TruthRow) -> Double {
        switch row.settings.text("kv_dtype")?.lowercased() {
        case "fp8", "int8", "fp8_e4m3", "fp8_e5m2": 1
        case "q8_0": 34.0 / 32
        case "q5_0": 22.0 / 32
        case "q5_1": 24.0 / 32
        case "q4_0": 18.0 / 32
        case "q4_1": 20.0 / 32
        case "f32", "fp32", "float32": 4
        default: 2
        }
    }

    private static func cache(_ row: TruthRow, _ architecture: Architecture) throws(Refusal) -> Estimate {
        guard let geometry = CacheGeometry(architecture) else { throw Refusal("a layer kind is not there") }
        let ranks = row.settings.integer("tp") ?? 1
        let growth = geometry.growthBytesPerToken(cacheBytes: cacheBytes(row), tensorRanks: ranks)
        if row.settings.text("pool") == "swa layers" {
            // The pool of the layers with a window, by the token that is held in it.
            let held = geometry.groups.filter { $0.windowTokens != nil }.reduce(0) {
                $0 + Double($1.layerCount) * $1.bytesPerToken(cacheBytes: cacheBytes(row), tensorRanks: ranks)
            }
            return Estimate(held, within: 0.01, confidence: .high)
        }
        switch row.kind {
        case "kv.kib_per_token": return Estimate(growth / 1_024, within: 0.01, confidence: .high)
        case "kv.bytes_per_token_per_gpu": return Estimate(growth, within: 0.01, confidence: .high)
        case "kv.cache_mib":
            let tokens = row.settings.integer("context") ?? 0
            let bytes = geometry.sequenceBytes(tokens: tokens, cacheBytes: cacheBytes(row))
            return Estimate(bytes / 1_048_576, within: 0.01, confidence: .high)
        case "kv.cpu_blocks_in_4gib":
            return Estimate(4 * gib / growth / 16, within: 0.01, confidence: .high)
        default:
            guard let pool = row.settings.number("kv_pool_gib_per_gpu") else {
                throw Refusal("the pool is not said")
            }
            return Estimate(pool * gib / growth, within: 0.01, confidence: .high)
        }
    }

    /// What is left for the cache of the share that the engine reserves.
    private static func pool(_ row: TruthRow, _ architecture: Architecture) throws(Refusal) -> Estimate {
        let engine = engine(row)
        guard let card = row.accelerator else { throw Refusal("the accelerator is not in the registry") }
        let weights = MemoryNeed.loadedWeights(try footprint(row, architecture), layout(row))
        let total = row.settings.number("total_gpu_gib") ?? Double(card.usableBytes) / gib
        let reserved = total * (row.settings.number("gpu_memory_utilization") ?? engine.utilization)
        let runtime =
            (row.settings.integer("tp") ?? 1) > 1 ? engine.runtimeGiB.grouped : engine.runtimeGiB.alone
        let taken = weights * (1 / gib) + (try activation(row, architecture)) + runtime
        return Estimate(
            low: reserved - taken.high, point: reserved - taken.point, high: reserved - taken.low,
            confidence: .medium)
    }

    /// Tokens of one batch of llama.cpp, from the settings or the command.
    private static func batchedTokens(_ row: TruthRow) -> Int? {
        if let tokens = row.settings.integer("ubatch") { return tokens }
        let words = (row.settings.text("command") ?? "").split(separator: " ")
        guard let place = words.firstIndex(where: { $0 == "-ub" || $0 == "--ubatch-size" }),
            place + 1 < words.count
        else { return nil }
        return Int(words[place + 1])
    }

    private static func activation(_ row: TruthRow, _ architecture: Architecture) throws(Refusal) -> Estimate
    {
        let sequences = row.settings.integer("max_num_seqs") ?? row.settings.integer("max_num_seqs_assumed")
        let peak = ActivationPeak(
            of: try footprint(row, architecture), engine: engine(row), layout: layout(row),
            isLargeCard: isLarge(row), sequences: sequences,
            holdsOutput: (row.settings.integer("pp") ?? 1) == 1)
        return peak.bytes * (1 / gib)
    }

    private static func overhead(_ row: TruthRow) -> Estimate {
        let engine = engine(row)
        if row.kind == "vram.cuda_graph_gib" { return engine.graphGiB }
        return (row.settings.integer("tp") ?? 1) > 1 ? engine.runtimeGiB.grouped : engine.runtimeGiB.alone
    }

    private static func total(_ row: TruthRow, _ architecture: Architecture) throws(Refusal) -> Estimate {
        let model = try footprint(row, architecture)
        var engine = engine(row)
        if row.settings.flag("swa_full") == true { engine.keepsWindows = false }
        let context = row.settings.integer("context") ?? 4_096
        let workload = Workload(promptTokens: context, outputTokens: 0, concurrency: 1)
        if engine.engine == .vllm, let card = row.accelerator {
            // A server that reserves what it may: its share of the card.
            let reserved = ServingCard(card, running: engine).reservedBytes
            return Estimate(reserved / gib, within: 0.06, confidence: .medium)
        }
        let need = MemoryNeed(
            of: model, workload: workload, engine: engine, isLargeCard: isLarge(row),
            batchedTokens: batchedTokens(row))
        let isMiB = row.value > 1_000
        return need.needed * (1 / (isMiB ? 1_048_576 : gib))
    }
}
