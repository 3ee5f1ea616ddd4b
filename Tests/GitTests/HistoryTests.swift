import Git
import TestKit
import Testing

@Suite struct HistoryTests {
    @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8] as [UInt64], [true, false])
    func `ancestors and merge bases are those of the definition, whatever the clocks say`(
        seed: UInt64, clocksAreRight: Bool
    ) throws {
        try Scratch.with { scratch in
            let history = try RandomHistory(
                seed: seed, commitCount: 18, clocksAreRight: clocksAreRight, in: scratch)
            let repository = try scratch.open()
            for (first, firstID) in history.ids.enumerated() {
                for (second, secondID) in history.ids.enumerated() {
                    let note: Comment = "seed \(seed), commits \(first) and \(second)"
                    let isAncestor = history.ancestors(of: second).contains(first)
                    #expect(
                        try repository.isAncestor(firstID, of: secondID)
                            == (isAncestor ? .ancestor : .notAncestor), note)
                    let bases = history.bestBases(first, second)
                    switch try repository.mergeBase(firstID, secondID) {
                    case .commit(let base): #expect(bases.contains(base), note)
                    case .none: #expect(bases.isEmpty, note)
                    case .cannotBeProved: Issue.record("nothing is missing; \(note)")
                    }
                }
            }
        }
    }

    @Test(arguments: [11, 12, 13, 14, 15, 16] as [UInt64])
    func `the log of a path is git's`(seed: UInt64) throws {
        try Scratch.with { scratch in
            let history = try RandomHistory(seed: seed, commitCount: 25, clocksAreRight: true, in: scratch)
            let repository = try scratch.open()
            for start in [24, 23, 15] {
                for path in ["f0", "f1", "f2"] {
                    let text = try scratch.git("log", "--format=%H", "c\(start)", "--", path)
                    let expected = text.split(separator: "\n").compactMap { ObjectID($0) }
                    let log = try repository.log(ofPath: path, from: history.ids[start], limit: 100)
                    #expect(log.commits.map(\.id) == expected, "seed \(seed), \(path) from \(start)")
                    #expect(!log.isCut)
                    let two = try repository.log(ofPath: path, from: history.ids[start], limit: 2)
                    #expect(two.commits == Array(log.commits.prefix(2)))
                }
            }
        }
    }

    @Test func `a folder has a history, and a path that never was has none`() throws {
        try Scratch.with { scratch in
            let first = try scratch.commit(["models/a/x": "1", "other": "1"], message: "first", at: 1)
            try scratch.commit(["other": "2"], at: 2)
            let third = try scratch.commit(["models/a/y": "1"], message: "third", at: 3)
            let last = try scratch.commit(["models/a/x": nil, "models/a/y": nil], message: "gone", at: 4)
            let repository = try scratch.open()
            let log = try repository.log(ofPath: "models/a", from: last, limit: 10)
            #expect(log.commits.map(\.id) == [last, third, first])
            #expect(log.commits.map(\.summary) == ["gone", "third", "first"])
            #expect(try repository.log(ofPath: "models/b", from: last, limit: 10) == PathHistory())
        }
    }

    /// Eight commits in a row, and a clone of the last three.
    private static func withShallowClone(_ body: (_ all: [ObjectID], borrowing Repository) throws -> Void)
        throws
    {
        try Scratch.with { scratch in
            let all = try (0..<8).map {
                try scratch.commit(["a": "\($0 / 2)", "b": "\($0)"], at: 1_000 + $0)
            }
            try scratch.git(
                "clone", "--quiet", "--depth=3", "file://" + scratch.root, scratch.beside("shallow"))
            let repository = try Repository.open(discovering: scratch.beside("shallow"))
            #expect(repository.isShallow == true)
            try body(all, repository)
        }
    }

    @Test func `a shallow clone says what it cannot prove`() throws {
        try Self.withShallowClone { all, repository in
            let tip = all[7]
            for known in 5...7 { #expect(try repository.isAncestor(all[known], of: tip) == .ancestor) }
            // The clone does not have it, but knows it as a parent.
            #expect(try repository.isAncestor(all[4], of: tip) == .ancestor)
            #expect(try repository.isAncestor(all[3], of: tip) == .cannotBeProved)
            let stranger = try #require(ObjectID(String(repeating: "12", count: 20)))
            #expect(try repository.isAncestor(stranger, of: tip) == .cannotBeProved)
            // What lies beyond the border comes before both.
            #expect(try repository.isAncestor(tip, of: all[6]) == .notAncestor)
            #expect(try repository.isAncestor(tip, of: all[3]) == .cannotBeProved)
            #expect(try repository.mergeBase(all[6], tip) == .commit(all[6]))
            #expect(try repository.mergeBase(all[3], tip) == .cannotBeProved)
        }
    }

    @Test func `a whole clone knows that a commit it lacks is no ancestor`() throws {
        try Scratch.with { scratch in
            let commit = try scratch.commit(["a": "1"])
            let repository = try scratch.open()
            let stranger = try #require(ObjectID(String(repeating: "12", count: 20)))
            #expect(try repository.isAncestor(stranger, of: commit) == .notAncestor)
            #expect(try repository.isAncestor(commit, of: stranger) == .cannotBeProved)
        }
    }

    @Test func `an ancestor is proved by one way though another is cut off`() throws {
        try Scratch.with { scratch in
            let base = try scratch.commit(["a": "1"], at: 1_000)
            try scratch.git("checkout", "--quiet", "-b", "side")
            let lost = try scratch.commit(["b": "1"], at: 5_000)
            try scratch.commit(["b": "2"], at: 6_000)
            try scratch.git("checkout", "--quiet", "main")
            try scratch.commit(["a": "2"], at: 2_000)
            try scratch.git("merge", "--quiet", "--no-edit", "side", at: 7_000)
            let tip = try scratch.id("HEAD")
            scratch.remove(lost)
            #expect(try scratch.open().isAncestor(base, of: tip) == .ancestor)
        }
    }

    @Test func `the log of a shallow clone says that it is cut`() throws {
        try Self.withShallowClone { all, repository in
            let log = try repository.log(ofPath: "b", from: all[7], limit: 10)
            #expect(log.commits.map(\.id) == [all[7], all[6]])
            #expect(log.isCut)
            let one = try repository.log(ofPath: "b", from: all[7], limit: 1)
            #expect(!one.isCut)
            #expect(
                try repository.log(ofPath: "b", from: all[0], limit: 10)
                    == PathHistory(commits: [], isCut: true))
        }
    }
}
