import Documents
import Entities
import Text

/// The providers of models.dev as provider files.
enum ModelsDevProviders {
    /// The id of a provider in the registry: its own where it has one, else the source's.
    static func id(of provider: ModelsDev.Provider, in catalog: Catalog) -> String? {
        catalog.provider(named: provider.id)?.id.text ?? provider.id.registryID
    }

    static func proposal(_ provider: ModelsDev.Provider, id: String, origin: Origin) -> Proposal {
        let record = provider.record
        var file = Record([
            ("schema", "provider/v1"), ("id", .text(id)), ("name", .text(record["name"]?.text ?? id)),
        ])
        file["kind"] = .text(kind(of: id).rawValue)
        if provider.id.lowercased() != id {
            file["aliases"] = [[("value", Value.text(provider.id)), ("schemes", ["models_dev"])].record]
        }
        let documentation = record["doc"]?.text.flatMap(secure)
        file["docs_url"] = documentation.map(Value.text)
        var api = Record()
        api["base_url"] = record["api"]?.text.flatMap(secure).map(Value.text)
        if let format = format(of: record["npm"]?.text) { api["compatible"] = [Value.text(format)].list }
        let variables = (record["env"]?.texts ?? []).filter { $0.utf8.allSatisfy { $0 != 0x20 } }
        if !variables.isEmpty { api["env_names"] = .list(variables.map { .text($0) }) }
        if !api.isEmpty { file["api"] = .record(api) }
        file["status"] = [("stage", "active")].record
        file["source"] = origin.record(.thirdParty)
        return Proposal(path: "providers/\(id).yaml", record: file)
    }

    /// An address that can be followed as it stands; nil for one with a blank to fill in, or without encryption.
    private static func secure(_ url: String) -> String? {
        guard url.hasPrefix("https://"), !url.contains(where: { "${ ".contains($0) }) else { return nil }
        return url.hasSuffix("/") ? String(url.dropLast()) : url
    }

    private static func format(of package: String?) -> String? {
        switch package {
        case "@ai-sdk/openai-compatible", "@ai-sdk/openai": "openai"
        case "@ai-sdk/anthropic": "anthropic"
        case "@ai-sdk/google": "google"
        case "@ai-sdk/cohere": "cohere"
        default: nil
        }
    }

    private static let labs: Set<String> = [
        "bailing", "inception", "llama", "minimax", "minimax-cn", "minimax-cn-coding-plan",
        "minimax-coding-plan",
        "kimi-for-coding", "moonshotai-cn", "morph", "nova", "perplexity", "perplexity-agent", "poolside",
        "sakana",
        "sarvam", "stepfun", "stepfun-ai", "upstage", "xiaomi-token-plan-ams", "xiaomi-token-plan-cn",
        "xiaomi-token-plan-sgp", "zai-coding-plan", "zhipuai-coding-plan", "alibaba-cn",
        "alibaba-coding-plan",
        "alibaba-coding-plan-cn", "alibaba-token-plan", "alibaba-token-plan-cn", "nvidia", "v0",
    ]
    private static let clouds: Set<String> = [
        "azure-cognitive-services", "databricks", "ovhcloud", "qiniu-ai", "sap-ai-core", "scaleway",
        "snowflake-cortex", "stackit", "tencent-coding-plan", "tencent-tokenhub", "vultr", "github-models",
    ]
    private static let aggregators: Set<String> = [
        "302ai", "aihubmix", "anyapi", "auriko", "cloudflare-ai-gateway", "cortecs", "fastrouter",
        "freemodel",
        "frogbot", "github-copilot", "gitlab", "helicone", "huggingface", "iflowcn", "jiekou", "kilo",
        "llmgateway",
        "llmtr", "merge-gateway", "nano-gpt", "opencode", "opencode-go", "orcarouter", "poe", "qihang-ai",
        "requesty", "routing-run", "the-grid-ai", "vercel", "vivgrid", "zenmux", "abacus",
    ]

    /// What the source does not say: makers, clouds and resellers are known by name, the rest serve models.
    private static func kind(of id: String) -> Provider.Kind {
        if labs.contains(id) { return .lab }
        if clouds.contains(id) { return .cloud }
        if aggregators.contains(id) { return .aggregator }
        return id == "lmstudio" || id == "atomic-chat" ? .selfHosted : .inference
    }
}

extension [Value] {
    fileprivate var list: Value { .list(self) }
}
