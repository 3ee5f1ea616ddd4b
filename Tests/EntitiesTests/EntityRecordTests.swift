import Diagnostics
import Documents
import Testing
import Text

@testable import Entities

@Suite struct EntityRecordTests {
    private let catalog = ExampleRegistry().catalog()

    @Test func `a model keeps what its file says`() throws {
        let model = try #require(catalog.model("acme/rocket-1"))
        #expect(model.name == "Rocket 1" && model.version == "1" && model.variant == .instruct)
        #expect(model.aliases.map(\.value) == ["rocket-one"] && model.aliases[0].schemes == [.marketing])
        #expect(model.huggingFace?.repo == "acme-ai/Rocket-1" && model.huggingFace?.isGated == false)
        #expect(model.hasOpenWeights && model.license?.id == "Apache-2.0" && model.license?.url == nil)
        #expect(model.released == CalendarDate(year: 2026, month: 1, day: 15))
        #expect(model.announced == CalendarDate(year: 2025, month: 12, day: nil))
        #expect(
            model.modalities.input == [.text, .image] && model.capabilities == [.tools, .reasoning, .vision])
        #expect(model.limits?.contextTokens == 131_072 && model.limits?.extendedBy == .yarn)
        #expect(model.parameters?.total.value == model.architecture?.parameterCount?.total)
        #expect(model.parameters?.total.provenance == .configExact)
        #expect(model.weights.first?.bytes == 716_440_960)
        let architecture = try #require(model.architecture)
        #expect(architecture.layerKinds.map(\.name) == ["local", "global"])
        guard case .sliding(let attention, windowTokens: 4096) = architecture.layerKinds[0].layer.mixer else {
            Issue.record("the local layers are sliding")
            return
        }
        #expect(attention.valueHeadDimension == 128 && !attention.hasProjectionBias)
    }

    @Test func `an offer keeps its prices exactly`() throws {
        let (mapping, offer) = try #require(catalog.offer(named: "ROCKET-1", atProvider: "acme"))
        #expect(mapping.model == "acme/rocket-1" && offer.mode == .serverless && offer.tier == .standard)
        #expect(offer.limits.maximumOutputTokens == 8192 && offer.quantization?.weights == .bf16)
        #expect(offer.prices.count == 2)
        let period = try #require(offer.openPeriod)
        #expect(period.effective.from == CalendarDate("2026-02-01") && period.currency == "USD")
        #expect(period.rates[0].price == Number("0.5").flatMap { Money($0) })
        #expect(period.rates[3].freeReason == .notBilled && period.rates[4].per == 1000)
        #expect(period.rates[4].pricePerMillion?.description == "10000")
        #expect(period.tiers[0].boundary == .exclusive && period.tiers[0].measure == .inputTokens)
        #expect(period.variants[0].mode == .batch && period.variants[0].tier == nil)
    }

    @Test func `a provider and an accelerator keep what their files say`() throws {
        let provider = try #require(catalog.provider("acme"))
        #expect(provider.regions.map(\.id) == ["eu-1", "us-1"] && provider.api?.authentication == .bearer)
        #expect(provider.acceleratorOffers[0].accelerator == "acme-x1")
        #expect(provider.acceleratorOffers[0].countOptions == [1, 8])
        let accelerator = try #require(catalog.accelerator("acme-x1"))
        #expect(accelerator.memory.bytes == 80 << 30 && !accelerator.memory.isUnified)
        #expect(accelerator.rates[.bf16]?.denseOperationsPerSecond == 400_000_000_000_000)
        #expect(accelerator.rates[.fp4] == nil && accelerator.interconnect?.direction == .unidirectional)
    }

    @Test(arguments: [
        "", "[]", "text", "id: 5", "id: acme/x\nname: X", "id: acme/x\nname: X\nvendor: acme\nstatus: [a]",
    ])
    func `a document of another shape gives nothing and does not trap`(text: String) {
        for kind in EntityKind.allCases {
            var findings: [Diagnostic] = []
            let document = Document(yaml: text) ?? Document()
            let record = EntityRecord(document, kind: kind, path: "file.yaml", findings: &findings)
            #expect(record == nil && findings.isEmpty)
        }
    }

    @Test(arguments: [
        ("meter: input_text", "meter: tea", ["/offers/0/prices/0/rates/0"]),
        ("price: 0.45", "price: -0.45", ["/offers/0/prices/0/rates/0"]),
        ("effective_from: 2026-02-01", "effective_from: soon", ["/offers/0/prices/0"]),
        ("stage: active", "stage: [active]", ["/offers/0/status"]),
        ("verified_on: 2026-02-10", "verified_on: soon", ["/offers/0"]),
        ("verified_on: 2026-02-10", "verified_on: 2026-02-10\n    performance: null", []),
        ("model: acme/rocket-1", "model: 1", [""]),
    ])
    func `what is there and cannot be read is noted at its place, once`(
        old: String, new: String, pointers: [String]
    ) throws {
        let path = "mappings/borealis/acme/rocket-1.yaml"
        let text = try #require(ExampleRegistry().files[path])
        #expect(text.contains(old))
        let document = try #require(Document(yaml: text.replacing(old, with: new, maxReplacements: 1)))
        let misfits = Misfits()
        var findings: [Diagnostic] = []
        _ = EntityRecord(document, kind: .mapping, path: path, misfits: misfits, findings: &findings)
        let noted = misfits.diagnostics(in: document, path: path)
        #expect(noted.map(\.pointer) == pointers)
        #expect(noted.allSatisfy { $0.rule == .schemaTooLoose && $0.severity == .error })
        misfits.removeAll()
        #expect(misfits.diagnostics(in: document, path: path).isEmpty)
    }

    @Test(arguments: ["0", "-1", "1", "10000000", "9223372036854775807", "1e300", "99999999999999999999"])
    func `no number traps, whatever it stands for`(number: String) {
        var registry = ExampleRegistry()
        for (path, text) in registry.files {
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
                guard let colon = line.lastIndex(of: ":"), Number(String(line[colon...].dropFirst(2))) != nil
                else { return String(line) }
                return line[...colon] + " " + number
            }
            registry.put(lines.joined(separator: "\n"), at: path)
        }
        #expect(registry.files.values.contains { $0.contains("per: " + number) })
        _ = registry.findings()
    }

    @Test func `the findings of one file have an end`() {
        let rate = "          - {meter: image, price: 0, per: 1}\n"
        var registry = ExampleRegistry()
        let text = registry.files["mappings/borealis/acme/rocket-1.yaml"] ?? ""
        let many = text.replacing(
            "        rates:\n", with: "        rates:\n" + String(repeating: rate, count: 900))
        registry.put(many, at: "mappings/borealis/acme/rocket-1.yaml")
        #expect(registry.findings().count == Limits.standard.findingsPerFile)
    }

    @Test func `a day that does not exist is told, and the month is kept`() throws {
        var registry = ExampleRegistry()
        registry.replaceKeys(at: "models/acme/rocket-1.yaml", with: "knowledge_cutoff: 2025-02-30\n")
        let model = try #require(registry.catalog().model("acme/rocket-1"))
        #expect(model.knowledgeCutoff == CalendarDate("2025-02"))
        let finding = try #require(registry.findings().first)
        #expect(finding.rule == .dateImpossible && finding.pointer == "/knowledge_cutoff")
        #expect(finding.message == "\"2025-02-30\" is not a day of the calendar")
    }

    @Test(
        arguments: [
            ("2026-01-01", "2026-02-01", "2026-02-01", nil, false),
            ("2026-01-01", "2026-02-02", "2026-02-01", nil, true),
            ("2026-01-01", nil, "2026-02-01", "2026-03-01", true),
            ("2026-03-01", nil, "2026-02-01", "2026-03-01", false),
            ("2026-01-01", nil, "2026-02-01", nil, true),
        ] as [(String, String?, String, String?, Bool)])
    func `periods overlap when they share a day`(
        from: String, until: String?, otherFrom: String, otherUntil: String?, overlap: Bool
    ) throws {
        let period = try #require(self.period(from, until))
        let other = try #require(self.period(otherFrom, otherUntil))
        #expect(period.overlaps(other) == overlap)
        #expect(other.overlaps(period) == overlap)
        let first = try #require(CalendarDate(from))
        #expect(period.contains(first))
        if let until { #expect(!period.contains(try #require(CalendarDate(until)))) }
    }

    private func period(_ from: String, _ until: String?) -> EffectivePeriod? {
        let text = "effective_from: \(from)\n" + (until.map { "effective_to: \($0)\n" } ?? "")
        return Document(yaml: text).flatMap { EffectivePeriod(Fields($0)) }
    }
}
