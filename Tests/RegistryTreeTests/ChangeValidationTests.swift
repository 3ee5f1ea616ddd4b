import Diagnostics
import Documents
import Git
import RegistryTree
import TestKit
import Testing
import Text

/// What `--base` reports, held against its definition computed the slow way.
@Suite struct ChangeValidationTests {
    /// A repository whose commits come from a random registry.
    private struct History {
        let scratch: ScratchRepository
        var registry: RandomRegistry

        /// Lays the registry out on the disk and commits it.
        func commit() throws -> CommitTree {
            for name in Files.names(in: scratch.root) where name != ".git" {
                Files.remove(scratch.root + "/" + name)
            }
            for (path, text) in registry.files { Files.write(text, to: scratch.root + "/" + path) }
            try scratch.commitAll()
            return try CommitTree(of: "HEAD", at: scratch.root, isExact: true)
        }

        var cache: String { scratch.root + "/.git/model-atlas/ties" }
    }

    private static let options: Validation.Options = {
        var options = Validation.Options()
        options.today = CalendarDate("2026-06-01")
        return options
    }()

    /// The definition: all that the whole result has and the whole base has not, and all of files that changed.
    private static func expected(
        _ scratch: ScratchRepository, from base: CommitTree, to head: CommitTree, by rules: RegistrySource?
    ) throws -> [Diagnostic] {
        let before = try Validation(of: .commit(base), by: rules, options: options).findings
        let after = try Validation(of: .commit(head), by: rules, options: options).findings
        let names = try scratch.git(
            "diff", "--name-only", "--no-renames", base.commit.id.description, head.commit.id.description)
        let changed = Set(names.split(separator: "\n").map(String.init))
        return after.filter { finding in
            changed.contains(finding.location.path)
                || !before.contains { old in
                    old.rule == finding.rule && old.location == finding.location
                        && old.message == finding.message && old.pointer == finding.pointer
                }
        }
    }

    @Test(arguments: [4, 6, 8, 10])
    func `what a change causes is told exactly, with a cache and without`(
        seed: UInt64
    ) throws {
        try ScratchRepository.with { scratch in
            var history = History(scratch: scratch, registry: RandomRegistry(seed: seed))
            var random = SeededGenerator(seed: seed &+ 1_000)
            let first = try history.commit()
            var base = first
            for step in 0..<5 {
                for _ in 0..<Int.random(in: 1...3, using: &random) { history.registry.change() }
                if step == 3, seed % 3 == 0 { history.registry.changeSchema() }
                let head = try history.commit()
                let rules: RegistrySource? = step == 4 ? .commit(first) : nil
                let expected = try Self.expected(scratch, from: base, to: head, by: rules)
                func check(_ what: String, _ source: RegistrySource) throws {
                    var options = Self.options
                    options.jobs = Int.random(in: 1...3, using: &random)
                    let found = try ChangeValidation(of: source, since: base, by: rules, options: options)
                        .findings
                    #expect(found == expected, "seed \(seed), step \(step), \(what)")
                }
                try check("as kept from an earlier base", .commit(head))
                try check("as kept from this base", .commit(head))
                try check("on the disk", .folder(scratch.root))
                Files.remove(history.cache)
                try check("with nothing kept", .commit(head))
                base = head
            }
        }
    }

    /// What is told of a change of the example registry, which must be what the definition says.
    private static func told(
        from before: [String: String], to after: [String: String]
    ) throws -> [Diagnostic] {
        try ScratchRepository.with { scratch in
            ExampleTree.copy(to: scratch.root)
            func commit(_ files: [String: String]) throws -> CommitTree {
                for (path, text) in files { Files.write(text, to: scratch.root + "/" + path) }
                try scratch.commitAll()
                return try CommitTree(of: "HEAD", at: scratch.root, isExact: true)
            }
            let (base, head) = (try commit(before), try commit(after))
            let found = try ChangeValidation(of: .commit(head), since: base, options: options).findings
            #expect(try found == expected(scratch, from: base, to: head, by: nil))
            return found
        }
    }

    /// The path and text of a model that is retired and replaced by another.
    private static func model(_ name: String, replacedBy other: String?) -> (String, String) {
        let path = Repository.root + "/Tests/Fixtures/example-registry/models/acme/rocket-0.yaml"
        let text = (Files.text(at: path) ?? "").replacing("rocket-0", with: name)
            .replacing(
                "  replaced_by: acme/rocket-1\n", with: other.map { "  replaced_by: acme/\($0)\n" } ?? "")
        return ("models/acme/\(name).yaml", text)
    }

    /// The path and text of a mapping with one offer that is replaced by another.
    private static func mapping(_ number: Int, replacedBy other: String?) -> (String, String) {
        let path = Repository.root + "/Tests/Fixtures/example-registry/mappings/borealis/acme/rocket-1.yaml"
        let text = (Files.text(at: path) ?? "").replacing(
            "provider_model_id: acme/rocket-1", with: "provider_model_id: offer-\(number)"
        )
        .replacing("model: acme/rocket-1", with: "model: acme/m\(number)")
        .replacing(
            "      stage: active\n",
            with: "      stage: active\n" + (other.map { "      replaced_by: \($0)\n" } ?? ""))
        return ("mappings/borealis/acme/m\(number).yaml", text)
    }

    @Test func `replacements that a change sends round in a circle are told where the circle begins`() throws
    {
        let before = (1...6).map { Self.model("m\($0)", replacedBy: $0 == 6 ? nil : "m\($0 + 1)") }
        let after = [Self.model("m6", replacedBy: "m1")]
        let found = try Self.told(
            from: Dictionary(uniqueKeysWithValues: before), to: Dictionary(uniqueKeysWithValues: after))
        #expect(found.contains { $0.rule == .replacementCycle && $0.location.path == "models/acme/m1.yaml" })
    }

    @Test func `what a retired replacement was replaced by in turn is named`() throws {
        let before = (1...5).map { Self.model("m\($0)", replacedBy: $0 == 5 ? "rocket-1" : "m\($0 + 1)") }
        let found = try Self.told(
            from: Dictionary(uniqueKeysWithValues: before),
            to: Dictionary(uniqueKeysWithValues: [Self.model("n", replacedBy: "m1")]))
        #expect(
            found.contains {
                $0.location.path == "models/acme/n.yaml" && $0.hint?.contains("acme/rocket-1") == true
            })
    }

    @Test func `offers are followed within their provider, and a name that none has is looked for among all`()
        throws
    {
        let models = (1...6).map { Self.model("m\($0)", replacedBy: nil) }
        let offers = (1...6).map { Self.mapping($0, replacedBy: $0 == 6 ? nil : "offer-\($0 + 1)") }
        let before = Dictionary(uniqueKeysWithValues: models + offers)
        let circle = try Self.told(
            from: before, to: Dictionary(uniqueKeysWithValues: [Self.mapping(6, replacedBy: "offer-1")]))
        #expect(
            circle.contains {
                $0.rule == .replacementCycle && $0.location.path == "mappings/borealis/acme/m1.yaml"
            })
        let slip = try Self.told(
            from: before, to: Dictionary(uniqueKeysWithValues: [Self.mapping(6, replacedBy: "ofer-3")]))
        #expect(slip.contains { $0.hint == "did you mean \"offer-3\"?" })
    }
}
