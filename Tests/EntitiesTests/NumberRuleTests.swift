import Diagnostics
import Testing

@testable import Entities

/// Rules whose verdict depends on how far a number is off.
@Suite struct NumberRuleTests {
    /// The example model has 358,215,936 parameters.
    @Test(
        arguments: [
            ("config_exact", 358_215_936, nil),
            ("config_exact", 358_215_937, .parametersContradiction),
            ("safetensors", 358_215_936, nil),
            ("safetensors", 358_300_000, .parametersDeviation),
            ("safetensors", 380_000_000, .parametersContradiction),
            ("stated", 358_000_000, nil),
            ("stated", 400_000_000, nil),
            ("stated", 359_000_000, nil),
            ("stated", 356_000_000, .parametersDeviation),
            ("stated", 341_000_000, .parametersContradiction),
            ("stated", 7_000_000_000, .parametersContradiction),
            ("estimated", 360_000_000, nil),
            ("estimated", 700_000_000, .parametersDeviation),
            ("manual_override", 700_000_000, nil),
        ] as [(String, Int, RuleID?)])
    func `a count may be off by what its source leaves open`(source: String, value: Int, rule: RuleID?) {
        let findings = findings(
            at: "models/acme/rocket-1.yaml",
            """
            parameters:
              total: {value: \(value), param_source: \(source), checked_on: 2026-02-01}
            weights:
              - {format: safetensors, precision: bf16}

            """)
        #expect(findings.map(\.rule) == [rule].compactMap { $0 })
    }

    @Test(arguments: [
        ("bf16", 716_000_000, true), ("bf16", 358_000_000, false), ("bf16", 1_400_000_000, false),
        ("fp8", 360_000_000, true), ("int4", 250_000_000, true), ("int4", 716_000_000, false),
        ("mxfp4", 200_000_000, true), ("unknown", 1, true),
    ])
    func `weight files have about the size of their parameters`(precision: String, bytes: Int, fits: Bool) {
        let findings = findings(
            at: "models/acme/rocket-1.yaml",
            "weights:\n  - {format: safetensors, precision: \(precision), bytes: \(bytes)}\n")
        #expect(findings.map(\.rule) == (fits ? [] : [.weightsSize]))
    }

    @Test(arguments: [
        (80.0, 85_899_345_920, true), (80, 80_000_000_000, true), (141, 150_754_820_096, true),
        (192, 205_520_896_000, true), (24, 24_000_000_000, true), (80, 42_949_672_960, false),
        (80, 94_489_280_512, false), (16, 17_179_869_184_000, false),
    ])
    func `memory goes with its label in powers of ten or of two`(label: Double, bytes: Int, fits: Bool) {
        let findings = findings(
            at: "accelerators/acme-x1.yaml", "memory: {bytes: \(bytes), marketing_gb: \(label)}\n")
        #expect(findings.map(\.rule) == (fits ? [] : [.acceleratorMemory]))
    }

    /// The example offers ask 1.50 for output; these are put beside them at other providers.
    @Test(
        arguments: [
            // Two offers: only a nearly exact hundred or more, and only the price that is odd in itself.
            ([], "15", nil), ([], "150", "1.5"), ([], "170", nil), ([], "0.015", "1.5"), ([], "0.15", nil),
            // Four and more: ten when the others agree, the rest when near.
            (["1.40", "1.60"], "15", "1.5"), (["1.40", "1.60"], "12", nil), (["1.40", "9.00"], "15", nil),
            (["1.40", "9.00"], "190", "1.9"), (["1.40", "1.60"], "0.15", "1.5"),
            (["1.40", "1.60"], "0.0000015", "1.5"),
            (["1.40", "1.60"], "6.00", nil),
        ] as [([String], String, String?)])
    func `a price a power of ten off the others has slipped`(others: [String], price: String, meant: String?)
    {
        var registry = ExampleRegistry()
        for (index, other) in others.enumerated() {
            registry.put(mapping("other-\(index)", other), at: "mappings/other-\(index)/acme/rocket-1.yaml")
        }
        registry.put(mapping("borealis", price), at: "mappings/borealis/acme/rocket-1.yaml")
        let findings = registry.findings()
        #expect(
            findings.compactMap(\.hint)
                == [meant].compactMap { $0.map { "probable unit slip, did you mean \($0)?" } })
        #expect(findings.allSatisfy { $0.rule == .priceUnitSlip && $0.location.path.contains("borealis") })
    }

    @Test(arguments: ["USD", "JPY", "BTN"])
    func `a currency in use is one`(code: String) {
        #expect(Currency(code)?.code == code)
    }

    @Test(arguments: ["XXX", "XTS", "XAU", "usd", "US", "EURO", "ZZZ", ""])
    func `anything else is no currency`(code: String) {
        #expect(Currency(code) == nil)
    }

    private func mapping(_ provider: String, _ price: String) -> String {
        """
        schema: mapping/v1
        provider: \(provider)
        model: acme/rocket-1
        offers:
          - provider_model_id: rocket
            mode: serverless
            tier: standard
            prices:
              - effective_from: 2026-02-01
                currency: USD
                rates: [{meter: output_text, price: \(price), per: 1000000}]
                source: {kind: provider_page, checked_on: 2026-02-10}
            status: {stage: active}
            verified_on: 2026-02-10

        """
    }

    private func findings(at path: String, _ text: String) -> [Diagnostic] {
        var registry = ExampleRegistry()
        registry.replaceKeys(at: path, with: text)
        return registry.findings()
    }
}
