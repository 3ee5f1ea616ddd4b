import Git
import TestKit
import Testing

@Suite struct BlobTests {
    @Test(arguments: [[], Array("hello\r\n".utf8), [0, 255, 10], [UInt8](repeating: 7, count: 100_000)])
    func `content comes as it was stored, under the id that we compute too`(content: [UInt8]) throws {
        try Scratch.with { scratch in
            let id = try scratch.store("blob", content)
            #expect(try ObjectID(ofBlob: content.span) == id)
            let repository = try scratch.open()
            var bytes: [UInt8] = [1, 2, 3]
            #expect(try repository.readBlob(id, limit: content.count, into: &bytes))
            #expect(bytes == content)
            #expect(try repository.byteCount(ofBlob: id) == content.count)
        }
    }

    @Test func `no filter and no line ending of the attributes is applied`() throws {
        try Scratch.with { scratch in
            let attributes = "* text eol=crlf filter=evil\n"
            try scratch.git("config", "filter.evil.smudge", "touch \(scratch.beside("evil"))")
            try scratch.commit([".gitattributes": attributes, "a": "1\n2\n"])
            #expect(try scratch.text(try scratch.id("HEAD:a")) == "1\n2\n")
            #expect(Files.bytes(at: scratch.beside("evil")) == nil)
        }
    }

    @Test(arguments: [false, true])
    func `a large blob is refused by its header`(isPacked: Bool) throws {
        try Scratch.with { scratch in
            Files.write([UInt8](repeating: 0, count: 100 << 20), to: scratch.root + "/big")
            let head = try scratch.commit([:])
            if isPacked { try scratch.git("gc", "--quiet") }
            let id = try scratch.id("HEAD:big")
            let faults = GitFaults { _ in nil }
            let repository = try scratch.open(faults: faults)
            #expect(try repository.commit(head).id == head)
            let before = faults.callCount
            var bytes: [UInt8] = [1]
            #expect(try !repository.readBlob(id, limit: 1 << 20, into: &bytes))
            #expect(bytes == [])
            // The header is all that was asked for.
            #expect(faults.callCount == before + 1)
            #expect(bytes.capacity < 1 << 20)
        }
    }

    @Test func `a missing blob says so`() throws {
        try Scratch.with { scratch in
            try scratch.commit(["a": "1"])
            let id = try scratch.id("HEAD:a")
            scratch.remove(id)
            let repository = try scratch.open()
            var bytes: [UInt8] = []
            let error = try thrown { () throws(GitError) in
                _ = try repository.readBlob(id, limit: 9, into: &bytes)
            }
            #expect(error.code == .missingObject)
            #expect(error.operation == .readBlob)
            #expect(
                error.description
                    == "cannot read blob \(id): shallow, partial or damaged clone: object \(id) is missing; "
                    + "git fetch --unshallow brings older commits, a clone without --filter brings every file"
            )
        }
    }

    @Test func `a tree is not a blob`() throws {
        try Scratch.with { scratch in
            try scratch.commit(["a": "1"])
            let tree = try scratch.id("HEAD^{tree}")
            let repository = try scratch.open()
            let error = try thrown { () throws(GitError) in _ = try repository.byteCount(ofBlob: tree) }
            #expect(error.code == .wrongKind)
            #expect(error.message == "this is a tree")
        }
    }

    @Test func `content under a wrong id is found`() throws {
        try Scratch.with { scratch in
            let good = try scratch.store("blob", Array("good".utf8))
            let evil = try scratch.store("blob", Array("evil".utf8))
            func path(_ id: ObjectID) -> String {
                "\(scratch.root)/.git/objects/\(id.description.prefix(2))/\(id.description.dropFirst(2))"
            }
            let content = try #require(Files.bytes(at: path(evil)))
            Files.remove(path(good))
            Files.write(content, to: path(good))
            let repository = try scratch.open()
            var bytes: [UInt8] = []
            let code = errorCode { () throws(GitError) in
                _ = try repository.readBlob(good, limit: 9, into: &bytes)
            }
            #expect(code == .corrupt)
            #expect(bytes == [])
        }
    }

    @Test func `ids are ordered and spelled by their bytes`() throws {
        let text = "0123456789abcdef0123456789abcdef01234567"
        let id = try #require(ObjectID(text))
        #expect(id.description == text)
        #expect(ObjectID(text.uppercased()) == id)
        #expect(ObjectID(bytes: id.bytes) == id)
        #expect(id.abbreviated == "0123456789")
        let ids = try ["00", "7f", "80", "ff"].flatMap { first in
            try ["00", "ff"].map { try #require(ObjectID(first + String(repeating: "11", count: 18) + $0)) }
        }
        #expect(ids.reversed().sorted() == ids)
    }

    @Test(arguments: ["", "0123", String(repeating: "g", count: 40), String(repeating: "é", count: 20)])
    func `other texts are no ids`(text: String) {
        #expect(ObjectID(text) == nil)
        #expect(ObjectID(bytes: Array(text.utf8)) == nil || text.utf8.count == ObjectID.byteCount)
    }
}
