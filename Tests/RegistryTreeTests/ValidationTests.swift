import Diagnostics
import Entities
import Glibc
import RegistryTree
import TestKit
import Testing

/// Whole runs over registries on disk.
@Suite struct ValidationTests {
    @Test func `the registry of this repository is clean and in canonical form`() throws {
        let validation = try Validation(root: Repository.root)
        #expect(validation.findings.map(\.message) == [])
        #expect(validation.checkedFileCount > 500)
        #expect(validation.catalog.models.count >= 40)
        let formatting = try Formatting(root: Repository.root, paths: [])
        #expect(formatting.changes.map(\.path) == [])
    }

    @Test func `what is found does not depend on the number of threads`() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("damaged registry: seed \(seed)")
        try Files.withTemporaryFolder { folder in
            for top in ["schemas", "models", "providers", "mappings", "accelerators"] {
                for path in Repository.files(below: top) {
                    Files.copy("\(Repository.root)/\(path)", to: "\(folder)/\(path)")
                }
            }
            damage(folder, seed: seed)
            let alone = try render(folder, jobs: 1)
            #expect(try Validation(root: folder).findings.count > 20)
            #expect(try render(folder, jobs: 2) == alone)
            #expect(try render(folder, jobs: 7) == alone)
        }
    }

    private func render(_ root: String, jobs: Int) throws -> String {
        var options = Validation.Options()
        options.jobs = jobs
        let validation = try Validation(root: root, options: options)
        let report = Report(validation.findings, checkedFileCount: validation.checkedFileCount)
        let files = try SourceFiles(of: .folder(root))
        return report.rendered(as: .text) { files.bytes(of: $0) }
    }

    /// Changes one byte in every tenth file.
    private func damage(_ folder: String, seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let files = ["models", "providers", "mappings"].flatMap { top in
            Files.tree(below: "\(folder)/\(top)").map { "\(folder)/\(top)/\($0)" }
        }
        for path in files where Int.random(in: 0..<10, using: &generator) == 0 {
            guard var bytes = Files.bytes(at: path), !bytes.isEmpty else { continue }
            bytes[Int.random(in: bytes.indices, using: &generator)] = UInt8.random(
                in: 0x21...0x7E, using: &generator)
            Files.write(bytes, to: path)
        }
    }

    @Test func `what is no plain file is reported and never opened`() throws {
        try Files.withTemporaryFolder { folder in
            ExampleTree.copy(to: folder)
            mkfifo("\(folder)/models/acme/pipe.yaml", 0o644)
            symlink("/etc/passwd", "\(folder)/models/acme/link.yaml")
            symlink("loop.yaml", "\(folder)/models/acme/loop.yaml")
            symlink("..", "\(folder)/models/up")
            mkdir("\(folder)/models/acme/folder.yaml", 0o755)
            Files.write([UInt8](repeating: 0x20, count: 2 << 20), to: "\(folder)/models/acme/large.yaml")
            Files.write("id: x\n", to: "\(folder)/models/acme/line\nbreak.yaml")
            Files.write("id: x\n", to: "\(folder)/models/acme/.hidden.yaml")
            let findings = try Validation(root: folder).findings
            let told = Dictionary(grouping: findings, by: \.location.path).mapValues { $0.map(\.rule) }
            #expect(told["models/acme/pipe.yaml"] == [.fileNotRegular])
            #expect(told["models/acme/link.yaml"] == [.fileNotRegular])
            #expect(told["models/acme/loop.yaml"] == [.fileNotRegular])
            #expect(told["models/up"] == [.fileNotRegular])
            #expect(told["models/acme/folder.yaml"] == [.fileNotRegular])
            #expect(told["models/acme/large.yaml"] == [.fileTooLarge])
            #expect(told["models/acme/line\nbreak.yaml"] == [.fileName])
            #expect(told["models/acme/.hidden.yaml"]?.isEmpty == false)
        }
    }

    @Test func `names that differ only by case clash`() throws {
        try Files.withTemporaryFolder { folder in
            ExampleTree.copy(to: folder)
            Files.copy("\(folder)/providers/acme.yaml", to: "\(folder)/providers/Acme.yaml")
            let rules = try Validation(root: folder).findings.map(\.rule)
            #expect(rules.contains(.fileCaseClash))
        }
    }

    @Test func `a root that cannot be read is a failure, not a finding`() {
        #expect(throws: TreeError.self) { try Validation(root: "/nonexistent") }
    }

    @Test func `the root is found from a folder below it`() throws {
        let found = try #require(RegistryRoot.nearest(to: "\(Repository.root)/models/meta"))
        #expect(Files.isFolder("\(found)/schemas"))
        #expect(RegistryRoot.nearest(to: "/") == nil)
    }
}
