import Entities
import Sources
import Testing

struct ModelNamesTests {
    private let names: ModelNames = {
        var names = ModelNames()
        names.add("meta/llama-3.3-70b-instruct", names: ["meta-llama/Llama-3.3-70B-Instruct"])
        names.add("anthropic/claude-opus-4.5", names: [])
        names.add("openai/gpt-4o", names: [])
        names.add("openai/gpt-4o-mini", names: [])
        names.add("mistral/mixtral", names: [])
        names.add("acme/mixtral", names: [])
        return names
    }()

    @Test(arguments: [
        ("meta-llama/llama-3.3-70b-instruct", "meta/llama-3.3-70b-instruct", [NameRule.exact]),
        ("Llama-3.3-70B-Instruct", "meta/llama-3.3-70b-instruct", [.vendorLeftOut]),
        ("openai/gpt-4o-2024-05-13", "openai/gpt-4o", [.dateSuffix]),
        ("gpt-4o-mini-20240718", "openai/gpt-4o-mini", [.dateSuffix, .vendorLeftOut]),
        ("gpt-4o-latest", "openai/gpt-4o", [.latestSuffix, .vendorLeftOut]),
        ("meta-llama/llama-3.3-70b-instruct:free", "meta/llama-3.3-70b-instruct", [.serviceSuffix]),
        ("claude-opus-4-5", "anthropic/claude-opus-4.5", [.dotsAsDashes]),
        (
            "us.anthropic.claude-opus-4-5-20251101-v1:0", "anthropic/claude-opus-4.5",
            [.regionPrefix, .versionSuffix, .dateSuffix, .dotsAsDashes]
        ),
        ("some-gateway/openai/gpt-4o", "openai/gpt-4o", [.vendorLeftOut]),
        ("meta-llama/Llama-3.3-70B-Instruct-FP8", "meta/llama-3.3-70b-instruct", [.precisionSuffix]),
    ])
    func `A name is read as its rules allow`(name: String, model: String, rules: [NameRule]) throws {
        let match = try #require(names.match(name))
        #expect(match.model == model)
        #expect(match.rules == rules)
    }

    @Test(arguments: [
        // Part of another name, a name with more behind it, a version that nobody has, a name of two models.
        "gpt", "gpt-4o-mini-high", "my-gpt-4o", "claude-opus-4-6", "mixtral", "falsify",
    ])
    func `A name that no rule explains is nobody's`(name: String) {
        #expect(names.match(name) == nil)
    }

    @Test func `What a name says of its weights is kept`() {
        #expect(names.match("meta-llama/Llama-3.3-70B-Instruct-FP8")?.precision == .fp8)
        #expect(names.match("meta-llama/Llama-3.3-70B-Instruct")?.precision == nil)
    }

    @Test func `Likeness makes a proposal and never a match`() throws {
        let proposals = names.proposals(for: "claude-opus-4.6")
        #expect(names.match("claude-opus-4.6") == nil)
        #expect(proposals.first?.model == "anthropic/claude-opus-4.5")
        #expect(try #require(proposals.first).score > 0.9)
        #expect(names.proposals(for: "whisper").isEmpty)
    }
}
