import Documents
package import Entities
import Sizing
import Sources
import Text

/// One measured value of the truth table: what was measured of which model, on what, with which settings.
package struct TruthRow: Sendable {
    package let id: String
    package let kind: String
    package let model: String
    package let confidence: String
    package let value: Double
    /// The network, from the row or from the registry; nil where neither knows it.
    package let architecture: Architecture?
    package let accelerator: Accelerator?
    /// Cards as the row counts them.
    package let cardCount: Int
    package let settings: Settings

    /// What was set on the engine.
    package struct Settings: Sendable {
        private let record: Record

        init(_ record: Record) { self.record = record }

        /// A setting that is text.
        package func text(_ name: String) -> String? { record[name]?.text }

        /// A setting that is a number.
        package func number(_ name: String) -> Double? { record[name]?.number?.approximate }

        /// A setting as a whole number.
        package func integer(_ name: String) -> Int? { number(name).map { Int($0) } }

        /// A setting that is on or off.
        package func flag(_ name: String) -> Bool? { record[name]?.flag }
    }

    /// The rows of a table's file; what a row lacks is looked up in a registry.
    package static func rows(of bytes: [UInt8], knowing catalog: Catalog) throws -> [TruthRow] {
        let file = try json(bytes)
        let names = ModelNames(catalog)
        return (file["rows"]?.list ?? []).compactMap { row in
            guard let id = row["id"]?.text, let kind = row["kind"]?.text, let value = row["value"]?.number
            else {
                return nil
            }
            return TruthRow(row, id: id, kind: kind, value: value.approximate, catalog: catalog, names: names)
        }
    }

    /// A file of JSON, whose day does not matter.
    static func json(_ bytes: [UInt8]) throws -> Value {
        guard let day = CalendarDate(secondsSinceEpoch: 0) else { return .record(Record()) }
        return try Snapshot(name: "truth", bytes: bytes, origin: Origin(url: nil, seenOn: day)).json()
    }

    private init(
        _ row: Value, id: String, kind: String, value: Double, catalog: Catalog, names: ModelNames
    ) {
        self.id = id
        self.kind = kind
        self.value = value
        model = row["model"]?.text ?? ""
        confidence = row["confidence"]?.text ?? ""
        settings = Settings(row["settings"]?.record ?? Record())
        cardCount = row["hardware"]?["count"]?.integer ?? 1
        let card = row["hardware"]?["accelerator"]?.text ?? ""
        // Where either of two will do the first is taken.
        let first = card.split(separator: " ").first.map(String.init) ?? ""
        accelerator = catalog.accelerator(named: first)
        let own = (row["arch"]?.record).flatMap { TruthNetwork(id: id, $0)?.architecture }
        let known = names.match(model).flatMap { catalog.model(Model.ID($0.model))?.architecture }
        // Some rows say themselves that a table of theirs does not know all layers.
        let isIncomplete = row["note"]?.text?.contains("incomplete") == true
        architecture = isIncomplete ? known ?? own : own ?? known
    }

    /// Cards that the model really ran on: tables that multiply the two ways to spread experts count some twice.
    package var rankCount: Int {
        guard let tensor = settings.integer("moe_tp"), let expert = settings.integer("moe_ep"),
            tensor == expert,
            tensor > 1, tensor * expert == cardCount
        else { return cardCount }
        return expert
    }
}

/// A row's own words for a network.
private struct TruthNetwork {
    let architecture: Architecture

    init?(id: String, _ row: Record) {
        guard let layers = row["layers"]?.integer, let hidden = row["hidden"]?.integer, row["heads"] != nil,
            let vocabulary = row["vocab"]?.integer
        else { return nil }
        let norms = row["norms"]?.integer ?? 2
        func layer(_ mixer: Value, _ ffn: Value) -> Value {
            ["mixer": mixer, "ffn": ffn, "norm_count": Value(norms)]
        }
        guard let mixer = TruthNetwork.mixer(row) else { return nil }
        let dense = TruthNetwork.dense(row)
        let moe = TruthNetwork.experts(row)
        var kinds = Record()
        var pattern: [Value] = []
        func run(_ name: String, _ count: Int) {
            pattern.append(["repeat": Value(count), "of": [.text(name)]])
        }
        let firstDense = moe == nil ? layers : row["first_dense"]?.integer ?? 0
        if let window = row["sliding_window"]?.integer, let windowed = row["swa_layers"]?.integer,
            let ffn = moe ?? dense,
            var sliding = mixer.record
        {
            sliding["kind"] = "sliding"
            sliding["window"] = Value(window)
            kinds["sliding"] = layer(.record(sliding), ffn)
            kinds["full"] = layer(mixer, ffn)
            run("sliding", windowed)
            run("full", layers - windowed)
        } else {
            if firstDense > 0 {
                guard let dense else { return nil }
                kinds["dense"] = layer(mixer, dense)
                run("dense", firstDense)
            }
            if let moe, layers > firstDense {
                kinds["moe"] = layer(mixer, moe)
                run("moe", layers - firstDense)
            }
        }
        var record = Record([
            ("type", moe == nil ? "dense" : "moe"), ("layers", Value(layers)), ("hidden_size", Value(hidden)),
            ("vocab_size", Value(vocabulary)), ("tie_embeddings", .flag(row["tie"]?.flag ?? false)),
            ("layer_kinds", .record(kinds)), ("layer_pattern", .list(pattern)),
        ])
        if row["lm_bias"]?.flag == true { record["head_bias"] = true }
        if row["layernorm"]?.flag == true { record["norm"] = "layer" }
        guard let architecture = Architecture(record: record) else { return nil }
        self.architecture = architecture
    }

    private static func mixer(_ row: Record) -> Value? {
        if let rank = row["kv_lora_rank"] {
            var mixer = Record([("kind", "mla"), ("heads", row["heads"] ?? 1), ("kv_rank", rank)])
            mixer["q_rank"] = row["q_lora_rank"]
            mixer["qk_nope_dim"] = row["qk_nope"]
            mixer["qk_rope_dim"] = row["qk_rope"]
            mixer["v_dim"] = row["v_head_dim"]
            return .record(mixer)
        }
        guard let heads = row["heads"], let width = row["head_dim"] else { return nil }
        var mixer = Record([
            ("kind", "full"), ("heads", heads), ("kv_heads", row["kv_heads"] ?? heads), ("head_dim", width),
        ])
        if row["qkv_bias"]?.flag == true || row["attn_bias"]?.flag == true { mixer["qkv_bias"] = true }
        if row["o_bias"]?.flag == true || row["attn_bias"]?.flag == true { mixer["output_bias"] = true }
        if row["attn_sinks"]?.flag == true { mixer["sinks"] = true }
        switch row["qknorm"]?.text {
        case "head": mixer["qk_norm"] = "per_head"
        case "full": mixer["qk_norm"] = "full"
        default: break
        }
        return .record(mixer)
    }

    private static func dense(_ row: Record) -> Value? {
        guard let inner = row["intermediate"] else { return nil }
        let isPlain = row["ungated"]?.flag == true
        var ffn = Record([("kind", isPlain ? "plain" : "gated"), ("intermediate_size", inner)])
        if row["mlp_bias"]?.flag == true { ffn["bias"] = true }
        return .record(ffn)
    }

    private static func experts(_ row: Record) -> Value? {
        guard let count = row["experts"] ?? row["E"], let active = row["topk"],
            let width = row["moe_intermediate"] ?? row["M"]
        else { return nil }
        var ffn = Record([
            ("kind", "moe"), ("experts", count), ("active", active), ("expert_form", "gated"),
            ("expert_size", width), ("router", "softmax"),
        ])
        if let shared = (row["shared"] ?? row["n_shared"])?.integer, shared > 0, let size = width.integer {
            ffn["shared_experts"] = Value(shared)
            ffn["shared_size"] = row["shared_M"] ?? Value(shared * size)
        }
        if let gates = row["shared_gate"]?.integer, gates > 0 { ffn["shared_gate"] = true }
        // gpt-oss is the one whose attention has biases: its experts and router have them too.
        if row["attn_bias"]?.flag == true {
            ffn["router_bias"] = true
            ffn["expert_bias"] = true
        }
        return .record(ffn)
    }
}
