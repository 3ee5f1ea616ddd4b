import Diagnostics
import Documents
import Testing
import Text

@testable import Entities

@Suite struct CatalogTests {
    private let catalog = ExampleRegistry().catalog()

    @Test func `entities stand in the order of their ids, whatever order they came in`() {
        let entities =
            catalog.models.map(Entity.model) + catalog.providers.map(Entity.provider)
            + catalog.mappings.map(Entity.mapping) + catalog.accelerators.map(Entity.accelerator)
        let reversed = Catalog(entities.reversed())
        #expect(reversed.models == catalog.models && reversed.mappings == catalog.mappings)
        #expect(catalog.models.map(\.id) == ["acme/glider", "acme/rocket-0", "acme/rocket-1"])
        #expect(catalog.mappings.map(\.provider) == ["acme", "borealis"])
    }

    @Test func `of two entities with one id the first stays`() throws {
        var second = try #require(catalog.model("acme/glider"))
        second.name = "Another"
        let doubled = Catalog(catalog.models.map(Entity.model) + [.model(second)])
        #expect(doubled.models == catalog.models)
    }

    @Test(
        arguments: [
            ("acme/rocket-1", "acme/rocket-1"), ("ACME/Rocket-1", "acme/rocket-1"),
            ("Rocket-One", "acme/rocket-1"),
            ("acme-ai/rocket-1", "acme/rocket-1"), ("rocket", nil),
        ] as [(String, Model.ID?)])
    func `a model is found by any of its names`(name: String, id: Model.ID?) {
        #expect(catalog.model(named: name)?.id == id)
    }

    @Test func `the longest prefix wins, an exact name over all`() throws {
        var registry = ExampleRegistry()
        registry.replaceKeys(
            at: "models/acme/glider.yaml",
            with: "aliases:\n  - value: gli\n    match: prefix\n  - value: Rocket-Sled\n")
        registry.replaceKeys(
            at: "models/acme/rocket-0.yaml", with: "aliases:\n  - value: glider-z\n    match: prefix\n")
        let catalog = registry.catalog()
        #expect(catalog.model(named: "Glider-2025-01-01")?.id == "acme/glider")
        #expect(catalog.model(named: "glider-zero")?.id == "acme/rocket-0")
        #expect(catalog.model(named: "rocket-sled")?.id == "acme/glider")
    }

    @Test func `offers are found by model and by provider`() {
        #expect(catalog.mappings(ofModel: "acme/rocket-1").map(\.provider) == ["acme", "borealis"])
        #expect(catalog.mappings(ofModel: "acme/glider").isEmpty)
        #expect(catalog.mappings(atProvider: "borealis").map(\.model) == ["acme/rocket-1"])
        #expect(catalog.mappings(atProvider: "nobody").isEmpty)
        #expect(catalog.offer(named: "rocket-1-2026-01-15", atProvider: "acme") != nil)
        #expect(catalog.offer(named: "rocket-1", atProvider: "borealis") == nil)
        #expect(catalog.provider(named: "ACME-AI")?.id == "acme")
        #expect(catalog.accelerator(named: "x1-80gb")?.id == "acme-x1")
    }

    @Test func `a finding between files stands at its value`() throws {
        var registry = ExampleRegistry()
        registry.put(
            """
            schema: mapping/v1
            provider: acme
            model: acme/rocket-1
            offers:
              - provider_model_id: rocket-1
                mode: serverless
                tier: standard
                region: us-2
                limits:
                  context: 262144
                status:
                  stage: deprecated
                  replaced_by: rocket-2
                verified_on: 2025-11-30
            """, at: "mappings/acme/acme/rocket-1.yaml")
        let findings = registry.findings()
        #expect(
            findings.map(\.rule) == [.offerRegion, .offerAboveModel, .referenceUnknown, .dateCheckedTooEarly])
        #expect(findings.map(\.location.span.start.line) == [8, 10, 13, 14])
        #expect(findings.map(\.location.span.start.column) == [13, 16, 20, 18])
        #expect(findings[0].hint == "did you mean \"us-1\"?")
        #expect(findings[2].hint == nil)
    }

    @Test func `the members of a circle are told once, at the first`() {
        var registry = ExampleRegistry()
        registry.replaceKeys(
            at: "models/acme/rocket-1.yaml",
            with: "status:\n  stage: deprecated\n  replaced_by: acme/rocket-0\n")
        let findings = registry.findings()
        #expect(findings.map(\.rule) == [.replacementCycle])
        #expect(findings.map(\.location.path) == ["models/acme/rocket-0.yaml"])
        #expect(findings[0].message.hasSuffix("\"acme/rocket-0\", \"acme/rocket-1\", \"acme/rocket-0\""))
    }

    @Test func `a place that was not noted falls back to what is around it`() throws {
        var registry = ExampleRegistry()
        registry.put("", at: "models/acme/rocket-1.yaml")
        #expect(registry.catalog().model("acme/rocket-1") == nil)
        let document = try #require(Documented.offer)
        let places = Places(document, path: "file.yaml")
        #expect(
            places.location(of: "/offers/1/limits/context").span == TextSpan(line: 4, column: 16, width: 4))
        #expect(places.location(of: "/offers/1/limits/context/deeper").span.start.line == 4)
        #expect(places.location(of: "/offers/7/limits/context").span == .start)
    }
}

private enum Documented {
    static let offer = Document(
        yaml: """
            offers:
              - region: eu-1
              - limits:
                  context: 8192
            """)
}
