import Git
import TestKit
import Testing

typealias Repository = Git.Repository

typealias Scratch = ScratchRepository

extension ScratchRepository {
    /// Writes files, removes those without a text, and commits.
    @discardableResult
    func commit(
        _ files: [String: String?], message: String = "a change", at seconds: Int = 1_700_000_000
    ) throws -> ObjectID {
        for (path, text) in files {
            if let text { Files.write(text, to: root + "/" + path) } else { Files.remove(root + "/" + path) }
        }
        try commitAll(message: message, at: seconds)
        return try id("HEAD")
    }

    /// Stores an object, whatever its content is.
    func store(_ kind: String, _ content: [UInt8]) throws -> ObjectID {
        try #require(ObjectID(try storeObject(kind, content)))
    }

    /// Stores a tree whose entries nobody checked.
    func storeTree(_ entries: [(mode: String, name: [UInt8], id: ObjectID)]) throws -> ObjectID {
        try #require(ObjectID(try storeFolder(entries.map { ($0.mode, $0.name, $0.id.description) })))
    }

    /// The object that git itself finds by a name.
    func id(_ revision: String) throws -> ObjectID {
        try #require(ObjectID(try git("rev-parse", "--verify", revision)))
    }

    /// Takes a loose object away.
    func remove(_ id: ObjectID) {
        let text = id.description
        let path = "\(root)/.git/objects/\(text.prefix(2))/\(text.dropFirst(2))"
        #expect(Files.bytes(at: path) != nil)
        Files.remove(path)
    }

    /// Opens it.
    func open(faults: GitFaults? = nil) throws -> Repository {
        try Repository.open(discovering: root, faults: faults)
    }

    /// The content of a blob.
    func text(_ id: ObjectID) throws -> String {
        var bytes: [UInt8] = []
        #expect(try open().readBlob(id, limit: 1 << 20, into: &bytes))
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// The code of the error that `body` ends with; nil when it ends well.
func errorCode(_ body: () throws(GitError) -> Void) -> GitError.Code? {
    do throws(GitError) {
        try body()
        return nil
    } catch {
        return error.code
    }
}

/// The error that `body` ends with.
func thrown(_ body: () throws(GitError) -> Void) throws -> GitError {
    var found: GitError?
    do throws(GitError) { try body() } catch { found = error }
    return try #require(found)
}
