import Git
import TestKit
import Testing

/// Every call to libgit2 can fail, and each failure comes out as an error.
@Suite struct FaultTests {
    /// Asks for everything there is, as a function of the repository alone.
    private static func everything(_ scratch: Scratch, faults: GitFaults?) throws -> [String] {
        let repository = try scratch.open(faults: faults)
        let head = try repository.resolve("HEAD")
        let first = try repository.resolve("HEAD~1")
        let (old, new) = (try repository.commit(first).tree, try repository.commit(head).tree)
        var lines = [head.description]
        var bytes: [UInt8] = []
        for entry in try repository.entries(ofTree: new) ?? [] where entry.kind.isFile {
            #expect(try repository.readBlob(entry.id, limit: 10_000, into: &bytes))
            lines.append("\(entry.path) \(try ObjectID(ofBlob: bytes.span, faults: faults))")
        }
        lines.append("\(try repository.entry(at: "a/b", inTree: new) as Any)")
        lines.append("\(try repository.diff(from: old, to: new))")
        lines.append("\(try repository.log(ofPath: "a", from: head, limit: 5))")
        lines.append("\(try repository.isAncestor(first, of: head)) \(try repository.mergeBase(first, head))")
        return lines
    }

    @Test(
        arguments: [(-1, GitError.Code.failed), (-36, .notOwned), (-33, .corrupt)] as [(Int32, GitError.Code)]
    )
    func `the k-th call fails, for every k, and nothing else happens`(
        status: Int32, code: GitError.Code
    ) throws {
        try Scratch.with { scratch in
            let text = (0..<40).map { "line \($0)\n" }.joined()
            try scratch.commit(["a/b": "1", "old": text])
            try scratch.commit(["a/b": "2", "old": nil, "new": text + "end\n"])
            let expected = try Self.everything(scratch, faults: nil)
            var call = 0
            while true {
                call += 1
                let faults = GitFaults(failing: call, with: status)
                do {
                    let lines = try Self.everything(scratch, faults: faults)
                    #expect(lines == expected)
                    #expect(faults.callCount == call - 1)
                    break
                } catch let error as GitError {
                    #expect(error.code == code, "call \(call): \(error)")
                    #expect(faults.callCount == call)
                }
            }
            #expect(call > 50)
        }
    }

    @Test func `a missing object at the k-th call is an error or an honest answer`() throws {
        try Scratch.with { scratch in
            let commits = try (0..<4).map { try scratch.commit(["a": "\($0)"], at: 1_000 + $0) }
            for call in 1...40 {
                let faults = GitFaults(failing: call, with: -3)
                var answer: Ancestry?
                let code = errorCode { () throws(GitError) in
                    let repository = try Repository.open(discovering: scratch.root, faults: faults)
                    answer = try repository.isAncestor(commits[0], of: commits[3])
                }
                #expect(code == nil || code == .notARepository)
                #expect(answer != .notAncestor)
                #expect(code == nil || call <= 3)
            }
        }
    }

    @Test func `calls are counted and can be watched`() throws {
        try Scratch.with { scratch in
            let head = try scratch.commit(["a": "1"])
            let faults = GitFaults { $0 == 4 ? -1 : nil }
            let repository = try scratch.open(faults: faults)
            #expect(faults.callCount == 3)
            let error = try thrown { () throws(GitError) in _ = try repository.commit(head) }
            #expect(error.description == "cannot read commit \(head): a failure was asked for")
            #expect(try repository.commit(head).id == head)
            #expect(faults.callCount == 6)
        }
    }
}
