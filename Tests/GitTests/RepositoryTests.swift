import Dispatch
import Git
import Glibc
import TestKit
import Testing

@Suite struct RepositoryTests {
    @Test func `a work tree is opened from any folder in it`() throws {
        try Scratch.with { scratch in
            try scratch.commit(["models/acme/one.yaml": "id: acme/one\n"])
            for folder in ["", "/models/acme"] {
                let repository = try Repository.open(discovering: scratch.root + folder)
                #expect(repository.workTree == scratch.root)
                #expect(repository.gitDirectory == scratch.root + "/.git")
                #expect(repository.isBare == false)
                #expect(repository.isShallow == false)
            }
        }
    }

    @Test func `a bare repository has no work tree and the same commits`() throws {
        try Scratch.with { scratch in
            let commit = try scratch.commit(["a": "1"])
            try scratch.git("clone", "--quiet", "--bare", scratch.root, scratch.beside("bare"))
            let repository = try Repository.open(discovering: scratch.beside("bare"))
            #expect(repository.isBare == true)
            #expect(repository.workTree == nil)
            #expect(repository.gitDirectory == scratch.beside("bare"))
            #expect(try repository.resolve("main") == commit)
        }
    }

    @Test func `a second work tree is opened too`() throws {
        try Scratch.with { scratch in
            let commit = try scratch.commit(["a": "1"])
            try scratch.git("worktree", "add", "--quiet", scratch.beside("second"))
            let repository = try Repository.open(discovering: scratch.beside("second"))
            #expect(repository.workTree == scratch.beside("second"))
            #expect(try repository.resolve("HEAD") == commit)
        }
    }

    @Test func `where there is no repository, the error names the place`() throws {
        try Files.withTemporaryFolder { folder in
            let error = try thrown { () throws(GitError) in _ = try Repository.open(discovering: folder) }
            #expect(error.code == .notARepository)
            #expect(
                error.description
                    == "cannot open the git repository at \"\(folder)\": there is none, and none in a folder above"
            )
        }
    }

    @Test func `a folder that is not there has no repository`() {
        let code = errorCode { () throws(GitError) in _ = try Repository.open(discovering: "/nowhere/at/all")
        }
        #expect(code == .notARepository)
    }

    /// Only root can give a folder away; anybody else sees what libgit2 answers then.
    @Test func `another user's repository is refused with what to do about it`() throws {
        try Scratch.with { scratch in
            let isRoot = getuid() == 0
            if isRoot {
                for path in [scratch.root, scratch.root + "/.git"] {
                    #expect(chown(path, 65_534, 65_534) == 0)
                }
            }
            let error = try thrown { () throws(GitError) in
                _ = try Repository.open(
                    discovering: scratch.root, faults: isRoot ? nil : GitFaults(failing: 1, with: -36))
            }
            #expect(error.code == .notOwned)
            #expect(error.message == "it belongs to another user")
            #expect(
                error.hint
                    == "if you trust it: git config --global --add safe.directory FOLDER, the one that holds .git"
            )
        }
    }

    @Test func `a partial clone is opened and says which file it lacks`() throws {
        try Scratch.with { scratch in
            try scratch.commit(["a": "old\n"])
            let old = try scratch.id("HEAD:a")
            try scratch.commit(["a": "new\n"])
            try scratch.git("config", "uploadpack.allowFilter", "true")
            try scratch.git(
                "clone", "--quiet", "--filter=blob:none", "file://" + scratch.root, scratch.beside("partial"))
            let repository = try Repository.open(discovering: scratch.beside("partial"))
            var bytes: [UInt8] = []
            let error = try thrown { () throws(GitError) in
                _ = try repository.readBlob(old, limit: 100, into: &bytes)
            }
            #expect(error.code == .missingObject)
            #expect(error.message == "shallow, partial or damaged clone: object \(old) is missing")
        }
    }

    @Test func `a repository of an unknown make is refused in libgit2's words`() throws {
        try Scratch.with { scratch in
            try scratch.git("config", "core.repositoryformatversion", "1")
            try scratch.git("config", "extensions.novelty", "true")
            let error = try thrown { () throws(GitError) in _ = try Repository.open(discovering: scratch.root)
            }
            #expect(error.code == .failed)
            #expect(error.message == "unsupported extension name extensions.novelty")
        }
    }

    @Test func `two threads read with a repository each`() throws {
        try Scratch.with { scratch in
            let files = Dictionary(uniqueKeysWithValues: (0..<100).map { ("f/\($0)", "content \($0)\n") })
            let commit = try scratch.commit(files.mapValues { $0 })
            let expected = files.map { "\($0.key)=\($0.value)" }.sorted()
            let readings = Readings()
            let path = scratch.root
            DispatchQueue.concurrentPerform(iterations: 2) { _ in
                readings.append(Result { try Self.everything(in: path, commit) })
            }
            for reading in readings.all { #expect(try reading.get() == expected) }
            #expect(readings.all.count == 2)
        }
    }

    private static func everything(in path: String, _ commit: ObjectID) throws -> [String] {
        let repository = try Repository.open(discovering: path)
        var lines: [String] = []
        var bytes: [UInt8] = []
        for _ in 0..<20 {
            lines = []
            let tree = try repository.commit(commit).tree
            for entry in try repository.entries(ofTree: tree, under: "f") ?? [] {
                _ = try repository.readBlob(entry.id, limit: 100, into: &bytes)
                lines.append("\(entry.path)=\(String(decoding: bytes, as: UTF8.self))")
            }
        }
        return lines.sorted()
    }
}
