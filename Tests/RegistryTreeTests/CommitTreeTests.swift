import Diagnostics
import Entities
import Git
import RegistryTree
import TestKit
import Testing

/// A registry read from a commit: the same findings as on the disk, whatever the repository looks like.
@Suite struct CommitTreeTests {
    @Test func `a commit of any repository is judged as its files on the disk are`() throws {
        try ScratchRepository.with { scratch in
            let folder = scratch.root + "/data/registry"
            ExampleTree.copy(to: folder)
            Files.write("id: nobody\n", to: folder + "/providers/zeppelin.yaml")
            Files.write("text\n", to: folder + "/models/acme/readme.txt")
            try scratch.commitAll()
            try scratch.git("clone", "--quiet", "--bare", scratch.root, scratch.beside("bare"))
            let onDisk = try Validation(root: folder)
            #expect(onDisk.findings.count > 5 && onDisk.commit == nil)
            Files.remove(scratch.root + "/data")
            let places = [
                (folder, true), (folder + "/models/acme", false),
                (scratch.beside("bare") + "/data/registry", true),
            ]
            for (place, isExact) in places {
                let tree = try CommitTree(of: "main", at: place, isExact: isExact)
                #expect(tree.folder == "data/registry" && tree.commit.parents.isEmpty)
                #expect(tree.commit.committerTime.secondsSinceEpoch == 1_700_000_000)
                let validation = try Validation(of: .commit(tree))
                #expect(validation.findings == onDisk.findings)
                #expect(validation.checkedFileCount == onDisk.checkedFileCount)
                #expect(validation.catalog.models == onDisk.catalog.models)
                #expect(validation.commit?.commit.id == tree.commit.id)
            }
        }
    }

    @Test func `the number of threads never shows, nor where a file is missing from a partial clone`() throws
    {
        try ScratchRepository.with { scratch in
            ExampleTree.copy(to: scratch.root)
            for number in 100..<500 {
                let text = "schema: provider/v1\nid: p\(number)\nname: \(number % 7)\n"
                Files.write(text, to: "\(scratch.root)/providers/p\(number).yaml")
            }
            try scratch.commitAll()
            let commit = try CommitTree(of: "main", at: scratch.root, isExact: true)
            var options = Validation.Options()
            let once = try Validation(of: .commit(commit), options: options).findings
            #expect(once.count > 1_500)
            for jobs in [2, 5] {
                options.jobs = jobs
                #expect(try Validation(of: .commit(commit), options: options).findings == once)
            }
            for number in [300, 450] {
                let blob = try scratch.git("rev-parse", "HEAD:providers/p\(number).yaml")
                Files.remove("\(scratch.root)/.git/objects/\(blob.prefix(2))/\(blob.dropFirst(2))")
            }
            for jobs in [1, 2, 5] {
                options.jobs = jobs
                let error = #expect(throws: TreeError.self) {
                    try Validation(of: .commit(commit), options: options)
                }
                let text = error?.description ?? ""
                #expect(text.hasPrefix("\"providers/p300.yaml\": cannot read blob "))
                #expect(text.contains("shallow, partial or damaged clone"))
            }
        }
    }

    @Test func `another source's schemas and suppressions are the measure, and one's own are checked too`()
        throws
    {
        try ScratchRepository.with { scratch in
            ExampleTree.copy(to: scratch.root)
            try scratch.commitAll()
            Files.write("{\"type\": 7}", to: scratch.root + "/schemas/provider.schema.json")
            Files.write("id: nobody\n", to: scratch.root + "/providers/zeppelin.yaml")
            let base = try CommitTree(of: "main", at: scratch.root, isExact: true)
            let found = try Validation(of: .folder(scratch.root), by: .commit(base)).findings
            let paths = Set(found.map(\.location.path))
            #expect(paths == ["schemas/provider.schema.json", "providers/zeppelin.yaml"])
            #expect(found.contains { $0.rule == .schemaRequired })
        }
    }
}
