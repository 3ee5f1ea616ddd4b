import Diagnostics
import Testing

@testable import Entities

/// Texts that hold a secret, put together so that no scanner takes this file for one, and what it is called.
private let secrets: [(String, String)] = [
    ("sk-" + "proj-" + "abcDEF0123456789abcDEF0123", "an API key"),
    ("the key sk-" + String(repeating: "0a1b", count: 8) + ", revoked", "an API key"),
    ("AKIAIOSFODNN7EXAMPLE", "an AWS key"),
    ("ghp_" + String(repeating: "a1B2", count: 9), "a GitHub token"),
    ("hf_" + String(repeating: "aB3", count: 12), "a Hugging Face token"),
    ("AIza" + String(repeating: "x1Y2z", count: 7), "a Google API key"),
    ("xoxb-" + "1234567890a-bcd", "a Slack token"),
    ("-----BEGIN RSA " + "PRIVATE KEY-----", "a private key"),
    ("eyJhbGciOiJIUzI1NiJ9." + "eyJzdWIiOiIxMjM0In0." + "c2lnbmF0dXJlMTIz", "a signed token"),
    ("https://anna:geheim@acme.example/", "an address with a password"),
    ("Note: see https://a.example/b and https://anna:geheim@acme.example", "an address with a password"),
    ("https://acme.example/file?token=0123456789abcdef", "a secret in an address"),
    ("https://acme.example/file?a=b&sig=0123456789abcdef0123456789abcdef", "a secret in an address"),
    ("https://acme.example/f?a=1&r=aB1cD2eF3gH4iJ5kL6mN7oP8qR9sT0uV", "a secret in an address"),

]

@Suite struct SecretTests {
    @Test(arguments: secrets)
    func `a secret is known by its look`(text: String, kind: String) {
        #expect(Secret.leak(in: Array(text.utf8)[...]) == .secret(kind))
    }

    @Test(arguments: [
        "meta-llama/Llama-3.1-8B-Instruct", "task-decomposition-with-skilled-workers-2025",
        "sk-telecom-a-x-4-0-light-instruct", "hf_architecture", "gpt-4o-mini-transcribe-2025-12-15",
        "https://docs.acme.example/en/docs/about-claude/models?view=classic&tabs=overview-and-comparison",
        "https://github.com/acme/x/blob/095f58a51c4ca8e61b66ec108d86f223f8d559ce/core/config.json",
        "https://acme.example/file?ref=095f58a51c4ca8e61b66ec108d86f223f8d559ce",
        "https://acme.example/@anna/post", "write to anna@acme.example: she knows",
        "a/b?c=" + "0123456789abcdef",
        "https://acme.example/prices?key=pricing-of-all-models", "AKIAIOSF", "eyJhbGciOiJIUzI1NiJ9",
    ])
    func `ordinary text is none`(text: String) {
        #expect(Secret.leak(in: Array(text.utf8)[...]) == nil)
    }

    @Test func `the finding does not repeat the secret`() throws {
        let secret = "ghp_" + String(repeating: "a1B2", count: 9)
        var registry = ExampleRegistry()
        registry.replaceKeys(at: "providers/acme.yaml", with: "name: \(secret)\n")
        let finding = try #require(registry.findings().first)
        #expect(finding.rule == .textSecret && finding.pointer == "/name")
        #expect(!"\(finding)".contains("a1B2"))
    }

    @Test func `a user's name in an address is told without the name`() throws {
        var registry = ExampleRegistry()
        registry.replaceKeys(at: "providers/acme.yaml", with: "name: https://anna@acme.example\n")
        let finding = try #require(registry.findings().first)
        #expect(finding.rule == .textUserinfo)
        #expect(!"\(finding)".contains("anna"))
    }
}
