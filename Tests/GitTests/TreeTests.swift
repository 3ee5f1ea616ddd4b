import Git
import TestKit
import Testing

@Suite struct TreeTests {
    @Test func `every kind of entry is told`() throws {
        try Scratch.with { scratch in
            try scratch.commit(["folder/file": "1", "tool": "2"])
            let submodule = try scratch.id("HEAD")
            let link = try scratch.store("blob", Array("/etc/passwd".utf8))
            try scratch.git("update-index", "--chmod=+x", "tool")
            try scratch.git("update-index", "--add", "--cacheinfo", "120000,\(link),link")
            try scratch.git("update-index", "--add", "--cacheinfo", "160000,\(submodule),module")
            let tree = try #require(ObjectID(try scratch.git("write-tree")))
            let entries = try #require(try scratch.open().entries(ofTree: tree))
            #expect(entries.map(\.path) == ["folder", "folder/file", "link", "module", "tool"])
            #expect(entries.map(\.kind) == [.folder, .file, .symbolicLink, .submodule, .executable])
            #expect(entries.map(\.name) == ["folder", "file", "link", "module", "tool"])
            #expect(entries[2].id == link)
            #expect(entries[3].id == submodule)
            #expect(entries.allSatisfy { $0.fault == nil })
        }
    }

    @Test func `a listing is in byte order of the paths, which is not git's`() throws {
        try Scratch.with { scratch in
            let paths = ["a-b", "a/x", "a0", "B", "z/é", "z/e", "z/\u{65}\u{301}", "日本"]
            for path in paths { Files.write(path, to: scratch.root + "/" + path) }
            try scratch.commit([:])
            let entries = try #require(try scratch.open().entries(ofTree: try scratch.id("HEAD^{tree}")))
            let expected = ["B", "a", "a-b", "a/x", "a0", "z", "z/e", "z/e\u{301}", "z/é", "日本"]
            #expect(entries.map { Array($0.path.utf8) } == expected.map { Array($0.utf8) })
        }
    }

    @Test func `five thousand files are listed in byte order`() throws {
        try Scratch.with { scratch in
            let paths = (0..<5_000).map { "models/v\($0 % 70)/m\($0 * 7_919 % 5_000).yaml" }
            let files = paths.map { "M 644 inline \($0)\ndata 1\nx\n" }.joined()
            let head = "commit refs/heads/main\ncommitter A <a> 0 +0000\ndata 0\n"
            try scratch.git("fast-import", "--quiet", input: Array((head + files).utf8))
            let tree = try scratch.id("main^{tree}")
            let entries = try #require(try scratch.open().entries(ofTree: tree, under: "models"))
            let listed = entries.filter { $0.kind == .file }.map(\.path)
            #expect(listed == paths.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) })
            #expect(entries.count == 5_070)
        }
    }

    @Test func `a part of the tree is listed by its whole paths`() throws {
        try Scratch.with { scratch in
            try scratch.commit(["a/b/c": "1", "a/b/d/e": "2", "a/f": "3"])
            let tree = try scratch.id("HEAD^{tree}")
            let repository = try scratch.open()
            let paths = ["a/b/c", "a/b/d", "a/b/d/e"]
            #expect(try repository.entries(ofTree: tree, under: "a/b")?.map(\.path) == paths)
            #expect(try repository.entries(ofTree: tree, under: "a/b/")?.map(\.path) == paths)
            #expect(try repository.entries(ofTree: tree, under: "a/f") == nil)
            #expect(try repository.entries(ofTree: tree, under: "x") == nil)
            let folder = try #require(try repository.entry(at: "a", inTree: tree)).id
            #expect(try repository.children(of: folder).map(\.path) == ["b", "f"])
        }
    }

    @Test func `one path is looked up`() throws {
        try Scratch.with { scratch in
            try scratch.commit(["a/b/c": "1"])
            let tree = try scratch.id("HEAD^{tree}")
            let repository = try scratch.open()
            let entry = try #require(try repository.entry(at: "a/b/c", inTree: tree))
            #expect(entry.path == "a/b/c")
            #expect(entry.id == (try scratch.id("HEAD:a/b/c")))
            #expect(try repository.entry(at: "a/b", inTree: tree)?.kind == .folder)
            for path in ["", "/", "a/x", "a/b/c/d", "A/b/c", "a/b\0", "a/../a/b/c"] {
                #expect(try repository.entry(at: path, inTree: tree) == nil, "\(path)")
            }
        }
    }

    @Test(arguments: [
        (Array("new\nline".utf8), NameFault.hiddenCharacter, "new<U+000A>line"),
        (Array("\u{1B}[31m".utf8), .hiddenCharacter, "<U+001B>[31m"),
        (Array("del\u{7F}".utf8), .hiddenCharacter, "del<U+007F>"),
        (Array("left\u{202E}right".utf8), .hiddenCharacter, "left<U+202E>right"),
        (Array("caf".utf8) + [0xE9], .notText, "caf<E9>"),
        ([0xFF, 0x0A], .notText, "<FF><0A>"),
        (Array("..".utf8), .reserved, ".."),
        (Array(".".utf8), .reserved, "."),
        (Array(".git".utf8), .reserved, ".git"),
        (Array(".GiT".utf8), .reserved, ".GiT"),
        (Array("a/b".utf8), .separator, "a<2F>b"),
        (Array("/etc".utf8), .separator, "<2F>etc"),
        ([UInt8](repeating: 97, count: 256), .tooLong, String(repeating: "a", count: 64) + "…"),
    ])
    func `a hostile name is told, spelled to be shown, and not entered`(
        name: [UInt8], fault: NameFault, spelling: String
    ) throws {
        try Scratch.with { scratch in
            let blob = try scratch.store("blob", Array("x".utf8))
            let inner = try scratch.storeTree([("100644", Array("inside".utf8), blob)])
            let tree = try scratch.storeTree([("40000", name, inner)])
            let entries = try #require(try scratch.open().entries(ofTree: tree))
            #expect(entries.map(\.path) == [spelling])
            #expect(entries.map(\.fault) == [fault])
        }
    }

    @Test(arguments: [
        "a.yaml", "-dash", "$(id)", "%0A::set-env", "EOF", "`id`", ".github", "..a", "a b", "名前",
    ])
    func `an odd name that is sound text is left alone`(name: String) throws {
        try Scratch.with { scratch in
            let blob = try scratch.store("blob", [])
            let tree = try scratch.storeTree([("100644", Array(name.utf8), blob)])
            let entries = try #require(try scratch.open().entries(ofTree: tree))
            #expect(entries.map(\.path) == [name])
            #expect(entries.map(\.fault) == [nil])
        }
    }

    @Test func `a name that a folder has twice is told`() throws {
        try Scratch.with { scratch in
            let one = try scratch.store("blob", Array("1".utf8))
            let inner = try scratch.storeTree([("100644", Array("x".utf8), one)])
            let tree = try scratch.storeTree([
                ("100644", Array("a".utf8), one), ("100644", Array("a-b".utf8), one),
                ("40000", Array("a".utf8), inner),
            ])
            let entries = try scratch.open().children(of: tree)
            #expect(entries.map(\.path) == ["a", "a", "a-b"])
            #expect(entries.map(\.fault) == [nil, .duplicate, nil])
        }
    }

    @Test func `folders deeper than the limit are listed and not entered`() throws {
        try Scratch.with { scratch in
            let blob = try scratch.store("blob", [])
            var tree = try scratch.storeTree([("100644", Array("leaf".utf8), blob)])
            for _ in 0..<60 { tree = try scratch.storeTree([("40000", Array("d".utf8), tree)]) }
            let repository = try scratch.open()
            let entries = try #require(try repository.entries(ofTree: tree))
            #expect(entries.count == 32)
            #expect(entries.allSatisfy { $0.kind == .folder })
            let two = try #require(try repository.entries(ofTree: tree, limits: TreeLimits(depth: 2)))
            #expect(two.map(\.path) == ["d", "d/d"])
        }
    }

    /// Twenty objects that unfold to ten to the twentieth paths, with and without a file in the end.
    @Test(arguments: [false, true])
    func `a tree that unfolds without end is refused`(isEmpty: Bool) throws {
        try Scratch.with { scratch in
            let blob = try scratch.store("blob", [])
            var tree = try scratch.storeTree(isEmpty ? [] : [("100644", Array("x".utf8), blob)])
            let names = (0..<10).map { Array("\($0)".utf8) }
            for _ in 0..<20 {
                tree = try scratch.storeTree(names.map { [tree] in ("40000", $0, tree) })
            }
            let empty = try scratch.storeTree([])
            let repository = try scratch.open()
            let limits = TreeLimits(entryCount: 10_000)
            let error = try thrown { () throws(GitError) in
                _ = try repository.entries(ofTree: tree, limits: limits)
            }
            #expect(error.code == .tooLarge)
            #expect(error.message == "there are more than 10000 files and folders")
            let code = errorCode { () throws(GitError) in
                _ = try repository.diff(from: empty, to: tree, limits: limits)
            }
            #expect(code == .tooLarge)
        }
    }

    @Test func `paths that are too long together are refused`() throws {
        try Scratch.with { scratch in
            try scratch.commit(["aaaaaaaa": "1", "bbbbbbbb": "1"])
            let tree = try scratch.id("HEAD^{tree}")
            let repository = try scratch.open()
            #expect(try repository.entries(ofTree: tree, limits: TreeLimits(pathByteCount: 16))?.count == 2)
            let code = errorCode { () throws(GitError) in
                _ = try repository.entries(ofTree: tree, limits: TreeLimits(pathByteCount: 15))
            }
            #expect(code == .tooLarge)
        }
    }

    @Test func `a missing or damaged folder is an error that names it`() throws {
        try Scratch.with { scratch in
            try scratch.commit(["a/b": "1"])
            let tree = try scratch.id("HEAD^{tree}")
            let folder = try scratch.id("HEAD:a")
            scratch.remove(folder)
            let damaged = try scratch.store("tree", Array("100644 no end".utf8))
            let repository = try scratch.open()
            let error = try thrown { () throws(GitError) in _ = try repository.entries(ofTree: tree) }
            #expect(error.code == .missingObject)
            #expect(error.subject == folder.description)
            #expect(
                errorCode { () throws(GitError) in _ = try repository.entries(ofTree: damaged) } == .failed)
            let blob = try scratch.store("blob", [])
            #expect(errorCode { () throws(GitError) in _ = try repository.children(of: blob) } == .wrongKind)
        }
    }
}
