import TestKit
import Testing

@testable import registry

/// Commits as nobody should send them, through `validate` and `ingest`: each ends with findings or a plain refusal, and
/// the database is as it was.
@Suite struct HostileCommitTests {
    private typealias World = RegistryWithDatabase

    /// A repository with a registry of one collection on the branch `main`, which is in the database.
    private static func withRegistry(_ body: (World) throws -> Void) throws {
        try ScratchRepository.with { scratch in
            let schema = """
                {"x-collection": {"folder": "models", "depth": 2, "key": ["id"]}, "type": "object",
                 "required": ["id"], "properties": {"id": {"type": "string", "x-path": "1-2"}, "size": {"type": "integer"}},
                 "additionalProperties": false}
                """
            Files.write(schema, to: scratch.root + "/schemas/model.schema.json")
            Files.write("id: acme/sound\n", to: scratch.root + "/models/acme/sound.yaml")
            try scratch.commitAll()
            try World.with(scratch) { world in
                #expect(world.run("ingest --rev main").exitCode == 0)
                try body(world)
            }
        }
    }

    /// Commits to the branch `hostile` what a stream of git's fast-import says, on top of `main`.
    private static func commit(_ changes: [UInt8], in world: World) throws {
        let head =
            "commit refs/heads/hostile\ncommitter A <a> 1700000000 +0000\ndata 1\nx\nfrom refs/heads/main\n"
        try world.repository.git("fast-import", "--quiet", input: Array(head.utf8) + changes)
    }

    /// A file of the stream.
    private static func file(_ path: String, _ text: String, mode: String = "100644") -> [UInt8] {
        Array("M \(mode) inline \(path)\ndata \(text.utf8.count)\n\(text)\n".utf8)
    }

    /// What all ways of looking at the branch say; they must agree, and an ingest says it too.
    private static func run(in world: World) throws -> String {
        let folder = world.repository.root
        var outputs: [String] = []
        for more in [[], ["--base", "main"], ["--base", "main", "--schemas-from", "main"]] {
            let arguments = ["registry", "validate", "--rev", "hostile", "--format", "json"] + more
            let outcome = GoldenScriptTests.run(arguments, in: folder)
            #expect(outcome.exitCode == 1, "\(more) \(outcome)")
            #expect(outcome.errorOutput.isEmpty)
            outputs.append(outcome.output.replacing(#/"files": \d+/#, with: "FILES"))
        }
        #expect(outputs[0] == outputs[1] && outputs[1] == outputs[2])
        // As a person sees it: nothing but the lines that the report makes.
        let text = GoldenScriptTests.run(["registry", "validate", "--rev", "hostile"], in: folder).output
        #expect(
            text.unicodeScalars.allSatisfy {
                $0 == "\n" || !["Cc", "Cf"].contains("\($0.properties.generalCategory)")
            })
        #expect(!text.contains("\n::"))
        let ingested = try ingest(in: world, exit: 1)
        #expect(ingested.output == text && ingested.errorOutput.isEmpty, "\(ingested)")
        return text
    }

    /// An ingest of the branch, wherever it comes from, after which the database is as before.
    private static func ingest(in world: World, exit code: Int32) throws -> GoldenScript.Outcome {
        let before = try world.history()
        let outcome = world.run("ingest --rev hostile --allow-diverged")
        #expect(outcome.exitCode == code, "\(outcome.errorOutput)")
        #expect(try world.history() == before)
        return outcome
    }

    @Test func `a link is told and never followed`() throws {
        try Self.withRegistry { world in
            let changes =
                Self.file("models/acme/x.yaml", "/etc/passwd", mode: "120000")
                + Self.file("models/zeppelin", "../../../../etc", mode: "120000")
                + Self.file("suppressions.yaml", "/etc/passwd", mode: "120000")
            try Self.commit(changes, in: world)
            let text = try Self.run(in: world)
            #expect(
                text.contains("models/acme/x.yaml:1:1: error[file/not-regular]: a symbolic link stands here"))
            #expect(text.contains("models/zeppelin:1:1: error[file/not-regular]"))
            #expect(text.contains("suppressions.yaml:1:1: error[file/unreadable]"))
            #expect(!text.contains("root:"))
        }
    }

    @Test func `a link in the place of a schema is told`() throws {
        try Self.withRegistry { world in
            try Self.commit(Self.file("schemas/provider.json", "/etc/passwd", mode: "120000"), in: world)
            let validated = GoldenScriptTests.run(
                ["registry", "validate", "--rev", "hostile"], in: world.repository.root)
            #expect(validated.exitCode == 1)
            #expect(validated.output.contains("schemas/provider.json:1:1: error[file/not-regular]"))
            #expect(try Self.ingest(in: world, exit: 1) == validated)
        }
    }

    @Test func `names that could be misread are told, spelt harmlessly`() throws {
        try Self.withRegistry { world in
            var changes: [UInt8] = []
            for name in [
                #"a\n::error::x.yaml"#, #"esc\033[31m.yaml"#, #"tab\t.yaml"#, #"caf\303\251.yaml"#,
                #"cafe\314\201.yaml"#, #"bad\377.yaml"#, #"bidi\342\200\256lmay.yaml"#,
                "x\u{60}id\u{60}.yaml",
            ] {
                changes += Self.file("\"models/acme/\(name)\"", "id: acme/x\n")
            }
            changes += Self.file("models/acme/Twin.yaml", "id: acme/Twin\n")
            changes += Self.file("models/acme/twin.yaml", "id: acme/twin\n")
            try Self.commit(changes, in: world)
            let text = try Self.run(in: world)
            #expect(text.split(separator: "error[file/name]").count - 1 == 5)
            #expect(text.contains("models/acme/twin.yaml:1:1: error[file/case-clash]"))
            #expect(text.contains("only in how its accents are encoded"))
        }
    }

    /// Commits a stored folder as `models/acme`, beside the schemas.
    private static func commit(vendor: String, in scratch: ScratchRepository) throws {
        let models = try scratch.storeFolder([("40000", Array("acme".utf8), vendor)])
        let schemas = try scratch.git("rev-parse", "main:schemas")
        let tree = try scratch.storeFolder([
            ("40000", Array("models".utf8), models), ("40000", Array("schemas".utf8), schemas),
        ])
        let commit = try scratch.git("commit-tree", "-m", "x", "-p", "main", tree)
        try scratch.git("update-ref", "refs/heads/hostile", commit)
    }

    @Test func `names of git's own, and one name twice, are told and not entered`() throws {
        try Self.withRegistry { world in
            let scratch = world.repository
            let blob = try scratch.storeObject("blob", Array("id: acme/x\n".utf8))
            let inner = try scratch.storeFolder([("100644", Array("config.yaml".utf8), blob)])
            let vendor = try scratch.storeFolder(
                [".git", "..", ".GIT"].map { ("40000", Array($0.utf8), inner) }
                    + [("100644", Array("x.yaml".utf8), blob), ("100644", Array("x.yaml".utf8), blob)])
            try Self.commit(vendor: vendor, in: scratch)
            let text = try Self.run(in: world)
            for name in [".git", "..", ".GIT"] {
                #expect(text.contains("models/acme/\(name):1:1: error[file/name]: the name belongs to git"))
            }
            #expect(text.contains("models/acme/x.yaml:1:1: error[file/name]: the name stands twice"))
            #expect(!text.contains("config.yaml"))
        }
    }

    @Test func `a submodule is told`() throws {
        try Self.withRegistry { world in
            let scratch = world.repository
            let id = try scratch.git("rev-parse", "main")
            try Self.commit(Array("M 160000 \(id) models/zeppelin\n".utf8), in: world)
            let text = try Self.run(in: world)
            #expect(text.contains("models/zeppelin:1:1: error[file/not-regular]: a submodule stands here"))
        }
    }

    @Test func `a file of a hundred megabytes is told by its header`() throws {
        try Self.withRegistry { world in
            let size = 100 << 20
            var changes = Array("M 100644 inline models/acme/large.yaml\ndata \(size)\n".utf8)
            changes += [UInt8](repeating: 0x20, count: size) + [0x0A]
            try Self.commit(changes, in: world)
            let text = try Self.run(in: world)
            #expect(
                text.contains(
                    "models/acme/large.yaml:1:1: error[file/too-large]: the file is larger than 1048576 bytes"
                ))
        }
    }

    /// Five gigabytes are not made here: only the header of the object is, which is all that may be read of it.
    @Test func `a file of five gigabytes is told by its header`() throws {
        try Self.withRegistry { world in
            let scratch = world.repository
            let id = try Self.storeHeader("blob \(5 << 30)\0", in: scratch)
            let vendor = try scratch.storeFolder([("100644", Array("large.yaml".utf8), id)])
            try Self.commit(vendor: vendor, in: scratch)
            let text = try Self.run(in: world)
            #expect(text.contains("models/acme/large.yaml:1:1: error[file/too-large]"))
        }
    }

    /// Stores an object of which there is nothing but the header, under an id of its own: a stream of zlib with one
    /// block that is not compressed and not the last.
    private static func storeHeader(_ header: String, in scratch: ScratchRepository) throws -> String {
        let content = Array(header.utf8) + [UInt8](repeating: 0x20, count: 200)
        let length = [UInt8(content.count & 0xFF), UInt8(content.count >> 8)]
        let stream = [0x78, 0x01, 0x00] + length + length.map { ~$0 } + content
        let id = String(repeating: "5", count: 40)
        Files.write(stream, to: scratch.root + "/.git/objects/\(id.prefix(2))/\(id.dropFirst(2))")
        return id
    }

    @Test func `folders four thousand deep are not entered`() throws {
        try Self.withRegistry { world in
            let path = "models/" + String(repeating: "d/", count: 4_000) + "x.yaml"
            try Self.commit(Self.file(path, "id: x\n"), in: world)
            let text = try Self.run(in: world)
            #expect(text.contains("d:1:1: error[file/not-regular]: a folder stands where a file should be"))
            #expect(text.utf8.count < 10_000)
        }
    }

    @Test func `a hundred thousand files are looked at, and what is wrong with them is counted`() throws {
        try Self.withRegistry { world in
            let scratch = world.repository
            var stream = "blob\nmark :1\ndata 6\nid: x\n\n"
            stream +=
                "commit refs/heads/hostile\ncommitter A <a> 1700000000 +0000\ndata 1\nx\nfrom refs/heads/main\n"
            for folder in 0..<100 {
                for file in 0..<1_000 { stream += "M 100644 :1 models/v\(folder)/f\(file).txt\n" }
            }
            try scratch.git("fast-import", "--quiet", input: Array(stream.utf8))
            let arguments = [
                "registry", "validate", "--rev", "hostile", "--format", "github", "--base", "main",
            ]
            let outcome = GoldenScriptTests.run(arguments, in: scratch.root)
            #expect(outcome.exitCode == 1)
            #expect(outcome.output.contains("100000 errors in 100000 files"))
            #expect(outcome.output.utf8.count < 10_000)
            let ingested = try Self.ingest(in: world, exit: 1)
            // Bare truths: an output of millions of bytes says nothing in a report of failure.
            let (isNamed, isCounted) = (
                ingested.output.hasPrefix("models/v0/f0.txt:1:1: error[file/extension]"),
                ingested.output.contains("\n75000 more findings left out\n")
                    && ingested.output.contains("\n100000 errors in ")
            )
            #expect(isNamed && isCounted)
        }
    }

    @Test func `a tree that unfolds without end is refused`() throws {
        try Self.withRegistry { world in
            let scratch = world.repository
            let blob = try scratch.storeObject("blob", Array("id: x\n".utf8))
            var tree = try scratch.storeFolder([("100644", Array("x.txt".utf8), blob)])
            for _ in 0..<6 {
                tree = try scratch.storeFolder((0..<12).map { ("40000", Array("f\($0 + 10)".utf8), tree) })
            }
            let schemas = try scratch.git("rev-parse", "main:schemas")
            let top = try scratch.storeFolder([
                ("40000", Array("models".utf8), tree), ("40000", Array("schemas".utf8), schemas),
            ])
            try scratch.git("update-ref", "refs/heads/hostile", scratch.git("commit-tree", "-m", "x", top))
            let validated = GoldenScriptTests.run(
                ["registry", "validate", "--rev", "hostile"], in: scratch.root)
            #expect(validated.exitCode == 2 && validated.output.isEmpty)
            let words = "registry: the registry has more than 500000 files and folders"
            #expect(validated.errorOutput.hasPrefix(words))
            #expect(try Self.ingest(in: world, exit: 2) == validated)
        }
    }

    /// The check of a pull request goes by the schemas of its base; what is on the protected branch has passed it, and
    /// an ingest goes by the commit's own. What the database makes of loose schemas: `HostileValueTests`.
    @Test func `a schema loosened in the same change does not count`() throws {
        try Self.withRegistry { world in
            let scratch = world.repository
            let schema = #"{"x-collection": {"folder": "models", "depth": 2, "key": ["id"]}}"#
            let changes =
                Self.file("schemas/model.schema.json", schema)
                + Self.file("models/acme/x.yaml", "id: acme/x\nsize: huge\n")
            try Self.commit(changes, in: world)
            func run(_ more: String...) -> GoldenScript.Outcome {
                GoldenScriptTests.run(["registry", "validate", "--rev", "hostile"] + more, in: scratch.root)
            }
            #expect(run().exitCode == 0 && run("--base", "main").exitCode == 0)
            for more in [[], ["--base", "main"]] {
                let outcome = GoldenScriptTests.run(
                    ["registry", "validate", "--rev", "hostile", "--schemas-from", "main"] + more,
                    in: scratch.root)
                #expect(outcome.exitCode == 1)
                #expect(outcome.output.contains("models/acme/x.yaml:2:7: error[schema/type]"))
            }
            #expect(world.run("ingest --rev hostile").exitCode == 0)
        }
    }
}
