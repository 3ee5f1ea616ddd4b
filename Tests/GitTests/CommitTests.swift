import Git
import TestKit
import Testing

@Suite struct CommitTests {
    @Test(arguments: ["HEAD", "main", "refs/heads/main", "v1", "HEAD~0", "@", "main^0"])
    func `the last commit has many names`(revision: String) throws {
        try Scratch.with { scratch in
            let commit = try scratch.commit(["a": "1"])
            try scratch.git("tag", "--annotate", "--message=one", "v1")
            #expect(try scratch.open().resolve(revision) == commit)
        }
    }

    @Test func `ids, whole and short, and ancestors are resolved`() throws {
        try Scratch.with { scratch in
            let first = try scratch.commit(["a": "1"])
            try scratch.commit(["a": "2"])
            try scratch.commit(["a": "3"])
            let repository = try scratch.open()
            #expect(try repository.resolve("HEAD~2") == first)
            #expect(try repository.resolve(first.description) == first)
            #expect(try repository.resolve(String(first.description.prefix(7))) == first)
        }
    }

    @Test(arguments: [
        "nowhere", "", "HEAD~1", "0123456789012345678901234567890123456789", "a..b", "HEAD:nowhere",
        "@{", "-",
    ])
    func `an unknown revision is a clear error`(revision: String) throws {
        try Scratch.with { scratch in
            try scratch.commit(["a": "1"])
            let repository = try scratch.open()
            let error = try thrown { () throws(GitError) in _ = try repository.resolve(revision) }
            #expect(error.code == .unknownRevision)
            #expect(error.message == "no commit, branch or tag has this name")
        }
    }

    @Test func `control characters in a revision are neither cut off nor shown`() throws {
        try Scratch.with { scratch in
            try scratch.commit(["a": "1"])
            let repository = try scratch.open()
            for (revision, shown) in [("HEAD\0", "HEAD<U+0000>"), ("\u{1B}[31m", "<U+001B>[31m")] {
                let error = try thrown { () throws(GitError) in _ = try repository.resolve(revision) }
                #expect(error.code == .unknownRevision)
                #expect(error.description.hasPrefix("cannot resolve the revision \"\(shown)\": "))
            }
        }
    }

    @Test func `a repository without commits has no HEAD`() throws {
        try Scratch.with { scratch in
            let repository = try scratch.open()
            #expect(
                errorCode { () throws(GitError) in _ = try repository.resolve("HEAD") } == .unknownRevision)
        }
    }

    @Test(arguments: ["HEAD:folder", "HEAD:folder/a"])
    func `a tree or a file is not a commit`(revision: String) throws {
        try Scratch.with { scratch in
            try scratch.commit(["folder/a": "1"])
            let repository = try scratch.open()
            #expect(errorCode { () throws(GitError) in _ = try repository.resolve(revision) } == .notACommit)
        }
    }

    @Test func `an abbreviation of two objects is ambiguous`() throws {
        try Scratch.with { scratch in
            let stream = (0..<2_000).map { "blob\ndata 5\n\(10_000 + $0)\n" }.joined()
            try scratch.git("fast-import", "--quiet", input: Array(stream.utf8))
            let ids = try scratch.git("cat-file", "--batch-all-objects", "--batch-check=%(objectname)")
            let prefixes = ids.split(separator: "\n").map { $0.prefix(4) }
            let twice = try #require(zip(prefixes, prefixes.dropFirst()).first { $0 == $1 }?.0)
            let repository = try scratch.open()
            let code = errorCode { () throws(GitError) in _ = try repository.resolve(String(twice)) }
            #expect(code == .ambiguousRevision)
        }
    }

    @Test func `a commit says what it holds`() throws {
        try Scratch.with { scratch in
            let first = try scratch.commit(["a": "1"])
            let second = try scratch.commit(
                ["a": "2"], message: "Lower the price\nof one\n\nDetails.", at: 1_700_000_100)
            let commit = try scratch.open().commit(second)
            #expect(commit.id == second)
            #expect(commit.tree == (try scratch.id("HEAD^{tree}")))
            #expect(commit.parents == [first])
            #expect(commit.summary == "Lower the price of one")
            #expect(commit.authorTime == commit.committerTime)
            #expect(commit.committerTime.secondsSinceEpoch == 1_700_000_100)
            #expect(commit.committerTime.offsetMinutes == 60)
            #expect(try scratch.open().commit(first).parents == [])
        }
    }

    @Test func `a commit that names no person and no text is read`() throws {
        try Scratch.with { scratch in
            let tree = try scratch.storeTree([])
            let id = try scratch.store(
                "commit",
                Array("tree \(tree)\nauthor \u{7F} <> 0 +0000\ncommitter \u{7F} <> -5 -0130\n\n".utf8))
            let commit = try scratch.open().commit(id)
            #expect(commit.summary == "")
            #expect(commit.tree == tree)
        }
    }

    @Test func `a commit that is a tree, damaged or far too long is refused`() throws {
        try Scratch.with { scratch in
            let head = try scratch.commit(["a": "1"])
            let tree = try scratch.id("HEAD^{tree}")
            let damaged = try scratch.store("commit", Array("tree nothing\n".utf8))
            let header = "tree \(tree)\nauthor A <a> 0 +0000\ncommitter A <a> 0 +0000\n\n"
            let long = try scratch.store(
                "commit", Array(header.utf8) + [UInt8](repeating: UInt8(ascii: "a"), count: 2 << 20))
            let repository = try scratch.open()
            #expect(errorCode { () throws(GitError) in _ = try repository.commit(tree) } == .wrongKind)
            #expect(errorCode { () throws(GitError) in _ = try repository.commit(damaged) } == .failed)
            #expect(errorCode { () throws(GitError) in _ = try repository.commit(long) } == .tooLarge)
            #expect(errorCode { () throws(GitError) in _ = try repository.commit(head) } == nil)
        }
    }
}
