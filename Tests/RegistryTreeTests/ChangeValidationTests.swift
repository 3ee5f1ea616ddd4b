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
}
