import Entities
import TestKit
import Testing

@testable import RegistryTree

/// What came, went, or got another id; and what the policy says of it.
@Suite struct RegistryChangeTests {
    @Test func `a state does not differ from itself`() {
        let report = PairOfStates().report()
        #expect(report.change.isEmpty)
        #expect(report.outcome == "ok")
        #expect(report.summary == "no changes")
    }

    @Test func `the same content under another id is a new name, and its mappings follow`() throws {
        var states = PairOfStates()
        states.move(
            "models/acme/rocket-1.yaml", to: "models/acme/rocket-one.yaml", "id: acme/rocket-1\n",
            "id: acme/rocket-one\n")
        states.move(
            "mappings/acme/acme/rocket-1.yaml", to: "mappings/acme/acme/rocket-one.yaml",
            "model: acme/rocket-1\n", "model: acme/rocket-one\n")
        states.edit("mappings/acme/acme/rocket-one.yaml", "price: 0.50\n", "price: 0.55\n")
        let change = states.change()
        let model = try #require(change.entity("acme/rocket-one"))
        #expect(model.event == .renamed(from: "acme/rocket-1"))
        #expect(model.fields == [])
        #expect(
            model.dependants == [
                Dependant(link: .offer, path: "mappings/acme/acme/rocket-1.yaml", remains: false),
                Dependant(link: .offer, path: "mappings/borealis/acme/rocket-1.yaml", remains: true),
                Dependant(link: .replacement, path: "models/acme/rocket-0.yaml", remains: true),
            ])
        let mapping = try #require(change.entity("acme/acme/rocket-one"))
        #expect(mapping.event == .renamed(from: "acme/acme/rocket-1"))
        #expect(mapping.priceLines == ["input_text: 0.5 → 0.55"])
        #expect(change.entities.count == 2)
    }

    @Test(arguments: [
        ("aliases:\n  - value: rocket-one", "aliases:\n  - value: Rocket-ONE\n  - value: other"),
        ("schemes: [marketing]", "schemes: [marketing]\n  - value: acme/rocket-1"),
        ("  repo: acme-ai/Rocket-1", "  repo: ACME-ai/rocket-1"),
    ])
    func `the same names under another id are a new name`(old: String, new: String) throws {
        var states = PairOfStates()
        states.move(
            "models/acme/rocket-1.yaml", to: "models/acme/falcon.yaml", "id: acme/rocket-1\n",
            "id: acme/falcon\n")
        states.edit("models/acme/falcon.yaml", old, new)
        states.edit("models/acme/falcon.yaml", "name: Rocket 1", "name: Falcon")
        let model = try #require(states.change().entity("acme/falcon"))
        #expect(model.event == .renamed(from: "acme/rocket-1"))
        #expect(model.fieldLines.contains("name: Rocket 1 → Falcon"))
    }

    @Test func `another thing under another id is none`() throws {
        var states = PairOfStates()
        states.head["models/acme/glider.yaml"] = nil
        states.head["models/acme/plane.yaml"] = (states.base["models/acme/glider.yaml"] ?? "")
            .replacing("acme/glider", with: "acme/plane").replacing("context: 8192", with: "context: 4096")
        let change = states.change()
        #expect(change.entities.map(\.event) == [.removed, .added])
        #expect(change.entities.map(\.id) == ["acme/glider", "acme/plane"])
    }

    @Test func `who builds on what went is named`() throws {
        var states = PairOfStates()
        states.head["providers/acme.yaml"] = nil
        states.head["mappings/acme/acme/rocket-1.yaml"] = nil
        states.head["accelerators/acme-x1.yaml"] = nil
        let change = states.change()
        #expect(
            change.entity("acme")?.dependants == [
                Dependant(link: .offer, path: "mappings/acme/acme/rocket-1.yaml", remains: false)
            ])
        #expect(
            change.entity("acme-x1")?.dependants == [
                Dependant(link: .rental, path: "providers/acme.yaml", remains: false)
            ])
        #expect(change.entity("acme/acme/rocket-1")?.dependants == [])
        #expect(states.report().concerns.map(\.kind) == [.removal, .removal])
    }

    @Test func `an offer that goes is missed by those that name it as replacement`() throws {
        var states = PairOfStates()
        let path = "mappings/acme/acme/glider.yaml"
        let glider = (states.base["mappings/borealis/acme/rocket-1.yaml"] ?? "")
            .replacing("provider: borealis", with: "provider: acme")
            .replacing("acme/rocket-1", with: "acme/glider")
            .replacing("stage: active", with: "stage: deprecated\n      replaced_by: rocket-1")
        (states.base[path], states.head[path]) = (glider, glider)
        states.edit(
            "mappings/acme/acme/rocket-1.yaml", "provider_model_id: rocket-1\n", "provider_model_id: r1\n")
        let entity = try #require(states.change().entity("acme/acme/rocket-1"))
        #expect(entity.dependants == [Dependant(link: .replacement, path: path, remains: true)])
        #expect(entity.prices.first?.new == nil || entity.prices.allSatisfy { $0.offer == "r1" })
        #expect(states.report().concerns.map(\.subject) == ["offers[rocket-1]"])
    }

    @Test func `the limits of a model concern those who offer it, its name does not`() throws {
        var states = PairOfStates()
        states.edit("models/acme/rocket-1.yaml", "name: Rocket 1", "name: Rocket I")
        #expect(states.change().entity("acme/rocket-1")?.dependants == [])
        states.edit("models/acme/rocket-1.yaml", "max_output: 16384", "max_output: 8192")
        #expect(states.change().entity("acme/rocket-1")?.dependants.count == 3)
        #expect(states.report().outcome == "ok")
    }

    @Test func `a file that cannot be read is neither removed nor added`() {
        var states = PairOfStates()
        states.head["models/acme/glider.yaml"] = "id: ["
        states.head["models/acme/new.yaml"] = "id: ["
        states.base["providers/borealis.yaml"] = "id: ["
        let change = states.change()
        #expect(change.entities == [])
        #expect(
            change.uncompared.map { "\($0.path) \($0.side)" } == [
                "models/acme/glider.yaml head", "models/acme/new.yaml head", "providers/borealis.yaml base",
            ])
        #expect(ChangeReport(change, policy: ChangePolicy()).needsMaintainer)
    }

    @Test func `schemas and suppressions that changed are a reason to look`() {
        let change = PairOfStates().change(
            baseRules: ["schemas/a.json": [1], "schemas/b.json": [1]],
            headRules: ["schemas/a.json": [2], "schemas/b.json": [1], "suppressions.yaml": []])
        #expect(change.changedRules == ["schemas/a.json", "suppressions.yaml"])
        #expect(ChangePolicy().concerns(about: change).map(\.kind) == [.rules, .rules])
    }

    @Test func `past prices are not rewritten without a word`() {
        var states = PairOfStates()
        states.edit("mappings/acme/acme/rocket-1.yaml", "price: 3\n", "price: 2\n")
        let concern = states.report().concerns.first
        #expect(concern?.kind == .pastPrices)
        #expect(concern?.subject == "offers[rocket-1].prices[2026-01-15].rates[output_text].price")
    }

    @Test func `the policy's limits are its own`() {
        var states = PairOfStates()
        states.edit("mappings/acme/acme/rocket-1.yaml", "price: 0.50\n", "price: 0.75\n")
        states.head["providers/nova.yaml"] = (states.base["providers/borealis.yaml"] ?? "")
            .replacing("borealis", with: "nova")
        #expect(states.report().concerns.map(\.kind) == [.priceMove, .newProvider])
        var policy = ChangePolicy()
        policy.largestPriceMovePercent = 50
        #expect(states.report(policy).concerns.map(\.kind) == [.newProvider])
        policy.accepted = [.newProvider]
        #expect(states.report(policy).outcome == "ok")
    }

    @Test func `exactly the files that say something else are told of, either way round`() {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("two random states: seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        let paths = ["models", "providers", "mappings", "accelerators"].flatMap {
            Repository.files(below: $0)
        }
        let texts = Dictionary(uniqueKeysWithValues: paths.map { ($0, Repository.text(of: $0)) })
        for _ in 0..<2 {
            var states = PairOfStates()
            states.base = texts.filter { _ in Int.random(in: 0..<10, using: &generator) > 0 }
            states.head = texts.filter { _ in Int.random(in: 0..<10, using: &generator) > 0 }
            for path in paths.shuffled(using: &generator).prefix(20) {
                states.head[path] = states.head[path]?.replacing("checked_on: 2026", with: "checked_on: 2025")
            }
            let (old, new) = (entities(states.base), entities(states.head))
            let differing = Set(paths.filter { old[$0] != new[$0] })
            let change = states.change()
            #expect(told(in: change, old: old, new: new) == differing, "seed \(seed)")
            (states.base, states.head) = (states.head, states.base)
            #expect(told(in: states.change(), old: new, new: old) == differing, "seed \(seed)")
        }
    }

    private func entities(_ files: [String: String]) -> [String: Entity] {
        var entities: [String: Entity] = [:]
        for (path, text) in files { entities[path] = PairOfStates.entity(at: path, text) }
        return entities
    }

    /// The paths that a change speaks of, both where something has a new one.
    private func told(in change: RegistryChange, old: [String: Entity], new: [String: Entity]) -> Set<String>
    {
        var paths = Set(change.entities.map(\.path)).union(change.uncompared.map(\.path))
        for entity in change.entities {
            guard case .renamed(let id) = entity.event else { continue }
            paths.formUnion(old.values.filter { $0.kind == entity.kind && $0.id == id }.map(\.path))
        }
        return paths
    }
}
