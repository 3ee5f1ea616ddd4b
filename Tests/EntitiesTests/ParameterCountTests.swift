import Documents
import Testing

@testable import Entities

/// An architecture of equal layers with the fields given, and its count.
struct CountedArchitecture: CustomTestStringConvertible, Sendable {
    let name: String
    let fields: String
    let total: Int
    let active: Int

    init(_ name: String, _ total: Int, active: Int? = nil, _ fields: String) {
        self.name = name
        self.fields = fields
        self.total = total
        self.active = active ?? total
    }

    var testDescription: String { name }
}

private func llama(layers: Int, hidden: Int, heads: Int, inner: Int) -> String {
    """
    layers: \(layers)
    hidden_size: \(hidden)
    vocab_size: 128256
    tie_embeddings: false
    layer_kinds:
      dense:
        mixer: {kind: full, heads: \(heads), kv_heads: 8, head_dim: 128}
        ffn: {kind: gated, intermediate_size: \(inner)}
        norm_count: 2
    layer_pattern: [{repeat: \(layers), of: [dense]}]
    """
}

/// Totals of published models, and small networks that sum up on paper.
private let countedArchitectures = [
    CountedArchitecture(
        "Llama 3.1 8B", 8_030_261_248, llama(layers: 32, hidden: 4096, heads: 32, inner: 14336)),
    CountedArchitecture(
        "Llama 3.1 70B", 70_553_706_496, llama(layers: 80, hidden: 8192, heads: 64, inner: 28672)),
    CountedArchitecture(
        "Llama 3.1 405B", 405_853_388_800, llama(layers: 126, hidden: 16384, heads: 128, inner: 53248)),
    CountedArchitecture(
        "Qwen2.5 72B", 72_706_203_648,
        """
        layers: 80
        hidden_size: 8192
        vocab_size: 152064
        tie_embeddings: false
        layer_kinds:
          dense:
            mixer: {kind: full, heads: 64, kv_heads: 8, head_dim: 128, qkv_bias: true}
            ffn: {kind: gated, intermediate_size: 29568}
            norm_count: 2
        layer_pattern: [{repeat: 80, of: [dense]}]
        """),
    CountedArchitecture(
        "Qwen3 235B A22B", 235_093_634_560, active: 22_190_763_520,
        """
        layers: 94
        hidden_size: 4096
        vocab_size: 151936
        tie_embeddings: false
        layer_kinds:
          sparse:
            mixer: {kind: full, heads: 64, kv_heads: 4, head_dim: 128, qk_norm: per_head}
            ffn:
              {kind: moe, experts: 128, active: 8, expert_form: gated, expert_size: 1536, router: softmax}
            norm_count: 2
        layer_pattern: [{repeat: 94, of: [sparse]}]
        """),
    CountedArchitecture(
        "DeepSeek V3 without its extra layer", 671_026_419_200, active: 37_552_297_472,
        """
        layers: 61
        hidden_size: 7168
        vocab_size: 129280
        tie_embeddings: false
        layer_kinds:
          dense:
            mixer: &mla
              {kind: mla, heads: 128, q_rank: 1536, kv_rank: 512, qk_nope_dim: 128, qk_rope_dim: 64, v_dim: 128}
            ffn: {kind: gated, intermediate_size: 18432}
            norm_count: 2
          sparse:
            mixer: *mla
            ffn:
              kind: moe
              experts: 256
              active: 8
              expert_form: gated
              expert_size: 2048
              shared_experts: 1
              shared_size: 2048
              router: sigmoid
              router_bias: true
            norm_count: 2
        layer_pattern: [{repeat: 3, of: [dense]}, {repeat: 58, of: [sparse]}]
        """),
]

/// One layer on a hidden state of 10 with a vocabulary of 100, tied, without norms: the count above 1,000 is
/// that of its mixer or feed-forward part.
private let partCounts: [(mixer: String, feedForward: String, count: Int)] = [
    ("{kind: none}", "{kind: none}", 0),
    ("{kind: none}", "{kind: gated, intermediate_size: 7}", 210),
    ("{kind: none}", "{kind: gated, intermediate_size: 7, bias: true}", 210 + 14 + 10),
    ("{kind: none}", "{kind: plain, intermediate_size: 7, bias: true}", 140 + 7 + 10),
    ("{kind: full, heads: 4, kv_heads: 2, head_dim: 3}", "{kind: none}", 120 + 60 + 60 + 120),
    ("{kind: full, heads: 4, kv_heads: 2, head_dim: 3, v_head_dim: 5}", "{kind: none}", 120 + 60 + 100 + 200),
    ("{kind: full, heads: 4, kv_heads: 2, head_dim: 3, keys_are_values: true}", "{kind: none}", 300),
    ("{kind: full, heads: 4, kv_heads: 2, head_dim: 3, output_gate: fused}", "{kind: none}", 480),
    ("{kind: full, heads: 4, kv_heads: 2, head_dim: 3, output_gate: headwise}", "{kind: none}", 400),
    ("{kind: full, heads: 4, kv_heads: 2, head_dim: 3, qkv_bias: true}", "{kind: none}", 360 + 12 + 6 + 6),
    ("{kind: full, heads: 4, kv_heads: 2, head_dim: 3, output_bias: true}", "{kind: none}", 370),
    ("{kind: full, heads: 4, kv_heads: 2, head_dim: 3, qk_norm: full}", "{kind: none}", 360 + 12 + 6),
    ("{kind: full, heads: 4, kv_heads: 2, head_dim: 3, qk_norm: per_head}", "{kind: none}", 366),
    ("{kind: sliding, heads: 4, kv_heads: 2, head_dim: 3, window: 8, sinks: true}", "{kind: none}", 364),
    ("{kind: chunked, heads: 4, kv_heads: 2, head_dim: 3, chunk: 8}", "{kind: none}", 360),
    (
        "{kind: mla, heads: 2, kv_rank: 4, qk_nope_dim: 3, qk_rope_dim: 1, v_dim: 5}", "{kind: none}",
        80 + 50 + 4 + 64 + 100
    ),
    (
        "{kind: mla, heads: 2, q_rank: 6, kv_rank: 4, qk_nope_dim: 3, qk_rope_dim: 1, v_dim: 5}",
        "{kind: none}", 60 + 6 + 48 + 50 + 4 + 64 + 100
    ),
    (
        """
        kind: sparse_indexed
        indexer: {heads: 2, head_dim: 3, top_k: 8, key_norm: layer, head_weights: true}
        over: {kind: full, heads: 4, kv_heads: 2, head_dim: 3}
        """, "{kind: none}", 60 + 30 + 6 + 20 + 360
    ),
    (
        "{kind: linear, form: gated_delta, key_heads: 2, value_heads: 4, key_dim: 3, value_dim: 5, conv_kernel: 4}",
        "{kind: none}", 10 * (12 + 40) + 80 + 32 * 4 + 8 + 5 + 200
    ),
    (
        "{kind: linear, form: lightning, key_heads: 4, value_heads: 4, key_dim: 3, value_dim: 3}",
        "{kind: none}", 360 + 120 + 120 + 12
    ),
    (
        "{kind: mamba2, heads: 4, head_dim: 3, state_size: 5, groups: 2, conv_kernel: 4, conv_bias: true}",
        "{kind: none}", 10 * (12 + 32 + 4) + 32 * 4 + 32 + 12 + 12 + 120
    ),
    (
        "{kind: none}",
        """
        kind: moe
        experts: 5
        active: 5
        expert_form: plain
        expert_size: 7
        shared_experts: 2
        shared_size: 6
        shared_gate: true
        latent_size: 4
        router: sigmoid
        router_bias: true
        """, 5 * 2 * 4 * 7 + 50 + 5 + 120 + 10 + 80
    ),
]

@Suite struct ParameterCountTests {
    @Test(arguments: countedArchitectures)
    func `a network counts exactly`(counted: CountedArchitecture) throws {
        let count = try #require(architecture(counted.fields)?.parameterCount)
        #expect(count.total == counted.total)
        #expect(count.active == counted.active)
    }

    @Test(arguments: partCounts.indices)
    func `each part counts by its formula`(index: Int) throws {
        let part = partCounts[index]
        let fields = small(mixer: part.mixer, feedForward: part.feedForward)
        #expect(try #require(architecture(fields)?.parameterCount).total == 1000 + part.count)
    }

    @Test(arguments: [("rms", 60), ("layer", 120), ("layer_no_bias", 60), ("unweighted", 0)])
    func `norms count by their form`(norm: String, count: Int) throws {
        let fields = small(mixer: "{kind: none}", feedForward: "{kind: none}", norms: 5, norm: norm)
        #expect(try #require(architecture(fields)?.parameterCount).total == 1000 + count)
    }

    @Test func `embeddings count twice unless tied, towers are in the total only`() throws {
        let fields =
            small(mixer: "{kind: none}", feedForward: "{kind: none}").replacing("true", with: "false")
            + "head_bias: true\nvision: {parameters: 500}\nextras: [{name: scale, parameters: 7}]\n"
        let count = try #require(architecture(fields)?.parameterCount)
        #expect(count == ParameterCount(total: 2607, active: 2107, embedding: 2000))
    }

    @Test(arguments: [
        "vision: {layers: 2}\n",
        "layer_pattern: [{repeat: 1, of: [other]}]\n",
    ])
    func `what cannot be counted is not guessed`(fields: String) throws {
        var text = small(mixer: "{kind: none}", feedForward: "{kind: none}")
        if fields.hasPrefix("layer_pattern") { text = text.replacing("of: [one]", with: "of: [other]") }
        if fields.hasPrefix("vision") { text += fields }
        #expect(try #require(architecture(text)).parameterCount == nil)
    }

    @Test func `absurd widths neither trap nor wrap round`() throws {
        let part =
            "{kind: moe, experts: 10000000, active: 1, expert_form: gated, expert_size: 10000000, router: hash}"
        let fields = small(mixer: "{kind: none}", feedForward: part)
            .replacing("hidden_size: 10", with: "hidden_size: 10000000")
            .replacing("repeat: 1", with: "repeat: 10000000")
        #expect(try #require(architecture(fields)).parameterCount == nil)
        let beyond = fields.replacing("experts: 10000000", with: "experts: 10000001")
        #expect(try #require(architecture(beyond)).layerKinds.isEmpty)
    }

    private func small(mixer: String, feedForward: String, norms: Int = 0, norm: String? = nil) -> String {
        func indented(_ text: String) -> String {
            "\n" + text.split(separator: "\n").map { "      " + $0 + "\n" }.joined()
        }
        return """
            layers: 1
            hidden_size: 10
            vocab_size: 100
            tie_embeddings: true
            norm: \(norm ?? "unweighted")
            layer_kinds:
              one:
                mixer: \(indented(mixer))
                ffn: \(indented(feedForward))
                norm_count: \(norms)
            layer_pattern: [{repeat: 1, of: [one]}]

            """
    }

    private func architecture(_ fields: String) -> Architecture? {
        let source = "source: {kind: config_json, checked_on: 2026-01-01}\n"
        return Document(yaml: "type: dense\n" + source + fields).flatMap { Architecture(Fields($0)) }
    }
}
