import Git
import TestKit
import Testing

@Suite struct DiffTests {
    private static let poem = (0..<40).map { "line \($0) of a text\n" }.joined()

    /// The changes between two sets of files, one line each.
    private static func changes(
        _ old: [String: String], _ new: [String: String], renames: RenameLimits = RenameLimits()
    ) throws -> [String] {
        try Scratch.with { scratch in
            try scratch.commit(old.mapValues { $0 })
            let from = try scratch.id("HEAD^{tree}")
            var files: [String: String?] = new.mapValues { $0 }
            // A folder goes before a file can take its place.
            for path in old.keys where new[path] == nil { files[path] = .some(nil) }
            for path in old.keys where new[path] == nil { Files.remove(scratch.root + "/" + path) }
            for path in new.keys where Files.isFolder(scratch.root + "/" + path) {
                Files.remove(scratch.root + "/" + path)
            }
            try scratch.commit(files.filter { $0.value != nil })
            let to = try scratch.id("HEAD^{tree}")
            return try scratch.open().diff(from: from, to: to, renames: renames).map(text)
        }
    }

    private static func text(_ change: Change) -> String {
        switch change {
        case .added(let entry): "+ \(entry.path)"
        case .removed(let entry): "- \(entry.path)"
        case .modified(let old, let new):
            "~ \(new.path)" + (old.kind == new.kind ? "" : " \(old.kind) \(new.kind)")
        case .renamed(let old, let new, let similarity): "\(old.path) > \(new.path) \(similarity)%"
        }
    }

    @Test func `equal trees have no difference`() throws {
        #expect(try Self.changes(["a/b": "1"], ["a/b": "1"]) == [])
    }

    @Test func `files come, go and change, in byte order`() throws {
        let changes = try Self.changes(
            ["a-b": "1", "a/one": "1\n", "a/two": "2\n", "z": "same"],
            ["a-b": "2", "a/one": "1\n", "a/three": "something else\n", "z": "same", "B/x/y": "1"])
        #expect(changes == ["+ B/x/y", "~ a-b", "+ a/three", "- a/two"])
    }

    @Test func `a folder and a file take each other's place`() throws {
        let changes = try Self.changes(["a": "1", "b/x": "22"], ["a/x": "333", "b": "4444"])
        #expect(changes == ["- a", "+ a/x", "+ b", "- b/x"])
    }

    @Test func `names that differ only in how an accent is written are two files`() throws {
        try Scratch.with { scratch in
            let blob = try scratch.store("blob", [])
            let (one, two) = ("e\u{301}", "\u{E9}")
            let old = try scratch.storeTree([("100644", Array(two.utf8), blob)])
            let new = try scratch.storeTree([
                ("100644", Array(one.utf8), blob), ("100644", Array(two.utf8), blob),
            ])
            let changes = try scratch.open().diff(from: old, to: new)
            #expect(changes.map { Array($0.path.utf8) } == [Array(one.utf8)])
        }
    }

    @Test func `a file that moved unchanged is renamed, by its name where several have its content`() throws {
        let changes = try Self.changes(
            ["a/one": "x\n", "a/two": "x\n", "b": "x\n"], ["b": "x\n", "c/two": "x\n", "d/one": "x\n"])
        #expect(changes == ["a/two > c/two 100%", "a/one > d/one 100%"])
    }

    @Test func `a file that moved and changed a little is renamed`() throws {
        let changed = Self.poem.replacing("line 7 of", with: "line seven of")
        let changes = try Self.changes(["old": Self.poem], ["new": changed])
        let change = try #require(changes.first)
        #expect(changes.count == 1)
        #expect(change.hasPrefix("old > new 9"))
    }

    @Test func `of two candidates the more similar is the old file`() throws {
        let half = (0..<40).map { $0 % 2 == 0 ? "line \($0) of a text\n" : "other \($0)\n" }.joined()
        let near = Self.poem.replacing("line 7 of", with: "line seven of")
        let changes = try Self.changes(["far": half, "near": near], ["new": Self.poem])
        #expect(changes.count == 2)
        #expect(changes.first == "- far")
        #expect(changes.last?.hasPrefix("near > new 9") == true)
    }

    @Test func `other content, other sizes and other kinds are no renames`() throws {
        #expect(try Self.changes(["old": Self.poem], ["new": "nothing alike\n"]) == ["+ new", "- old"])
        #expect(try Self.changes(["old": ""], ["new": "x\n"]) == ["+ new", "- old"])
    }

    @Test func `past the limits only unchanged content is recognised`() throws {
        let changed = Self.poem.replacing("line 7 of", with: "line seven of")
        let old = ["old": Self.poem, "same": "same\n"]
        let new = ["new": changed, "moved": "same\n"]
        for limits in [RenameLimits(fileByteCount: 100), RenameLimits(pairCount: 0)] {
            let changes = try Self.changes(old, new, renames: limits)
            #expect(changes == ["same > moved 100%", "+ new", "- old"])
        }
        #expect(try Self.changes(old, new, renames: RenameLimits(similarity: 99)).count == 3)
    }

    @Test func `a file that becomes executable or a link is modified`() throws {
        try Scratch.with { scratch in
            let blob = try scratch.store("blob", Array("x".utf8))
            func tree(_ mode: String) throws -> ObjectID {
                try scratch.storeTree([(mode, Array("a".utf8), blob)])
            }
            let file = try tree("100644")
            let repository = try scratch.open()
            #expect(
                try repository.diff(from: file, to: try tree("100755")).map(Self.text) == [
                    "~ a file executable"
                ])
            #expect(
                try repository.diff(from: file, to: try tree("120000")).map(Self.text) == [
                    "~ a file symbolicLink"
                ])
            #expect(
                try repository.diff(from: file, to: try tree("160000")).map(Self.text) == [
                    "~ a file submodule"
                ])
        }
    }

    @Test func `files that a partial clone lacks are still added and removed`() throws {
        try Scratch.with { scratch in
            try scratch.commit(["old": Self.poem])
            let from = try scratch.id("HEAD^{tree}")
            let blob = try scratch.id("HEAD:old")
            try scratch.commit(["old": nil, "new": Self.poem + "more\n"])
            scratch.remove(blob)
            let changes = try scratch.open().diff(from: from, to: try scratch.id("HEAD^{tree}"))
            #expect(changes.map(Self.text) == ["+ new", "- old"])
        }
    }

    @Test func `hostile names are told in a difference too`() throws {
        try Scratch.with { scratch in
            let blob = try scratch.store("blob", [])
            let inner = try scratch.storeTree([("100644", Array("x".utf8), blob)])
            let tree = try scratch.storeTree([("40000", Array("..".utf8), inner)])
            let changes = try scratch.open().diff(from: try scratch.storeTree([]), to: tree)
            guard case .added(let entry)? = changes.first else { return #expect(Bool(false), "\(changes)") }
            #expect(changes.count == 1)
            #expect(entry.path == "..")
            #expect(entry.fault == .reserved)
        }
    }

    @Test func `the cost grows with the difference and not with the tree`() throws {
        func calls(folders: Int) throws -> Int {
            try Scratch.with { scratch in
                let files = (0..<folders).map { ("f\($0)/x", "\($0)") }
                try scratch.commit(Dictionary(uniqueKeysWithValues: files))
                let from = try scratch.id("HEAD^{tree}")
                try scratch.commit(["f0/x": "changed"])
                let faults = GitFaults { _ in nil }
                let repository = try scratch.open(faults: faults)
                let changes = try repository.diff(from: from, to: try scratch.id("HEAD^{tree}"))
                #expect(changes.map(Self.text) == ["~ f0/x"])
                return faults.callCount
            }
        }
        #expect(try calls(folders: 2) == calls(folders: 60))
    }
}
