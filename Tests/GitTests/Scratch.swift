import Git
import TestKit
import Testing

typealias Repository = Git.Repository

/// A folder with a git repository in it, made by git itself and the same every time.
struct Scratch {
    /// The folder of the work tree.
    let root: String
    private let base: String

    /// Something that git refused to do.
    struct Refusal: Error, CustomStringConvertible {
        let description: String
    }

    /// Hands an empty repository to `body`, and removes it afterwards.
    static func with<Result>(_ body: (Scratch) throws -> Result) throws -> Result {
        try Files.withTemporaryFolder { folder in
            let scratch = Scratch(root: folder + "/work", base: folder)
            Files.makeFolder(scratch.root)
            try scratch.git("init", "--quiet", "--initial-branch=main")
            return try body(scratch)
        }
    }

    /// A path beside the repository.
    func beside(_ name: String) -> String { base + "/" + name }

    /// Runs git in the work tree, at a given time; fails where git fails.
    @discardableResult
    func git(_ arguments: String..., at seconds: Int = 1_700_000_000, input: [UInt8] = []) throws -> String {
        var environment = [
            "HOME": base, "PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC",
            "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1",
        ]
        for role in ["AUTHOR", "COMMITTER"] {
            environment["GIT_\(role)_NAME"] = "Ada"
            environment["GIT_\(role)_EMAIL"] = "ada@example.org"
            environment["GIT_\(role)_DATE"] = "@\(seconds) +0100"
        }
        var process = ChildProcess(["git", "-C", root] + arguments, environment: environment)
        process.inputPath = beside("input")
        Files.write(input, to: process.inputPath)
        let outcome = try process.run(keepingOutput: true)
        guard outcome.status == 0 else {
            throw Refusal(description: "git \(arguments.joined(separator: " ")) ended with \(outcome.status)")
        }
        return outcome.text
    }

    /// Writes files, removes those without a text, and commits.
    @discardableResult
    func commit(
        _ files: [String: String?], message: String = "a change", at seconds: Int = 1_700_000_000
    ) throws -> ObjectID {
        for (path, text) in files {
            if let text { Files.write(text, to: root + "/" + path) } else { Files.remove(root + "/" + path) }
        }
        try git("add", "--all")
        try git("commit", "--quiet", "--allow-empty", "--message", message, at: seconds)
        return try id("HEAD")
    }

    /// Stores an object, whatever its content is.
    func store(_ kind: String, _ content: [UInt8]) throws -> ObjectID {
        let text = try git("hash-object", "-t", kind, "-w", "--literally", "--stdin", input: content)
        return try #require(ObjectID(text))
    }

    /// Stores a tree whose entries nobody checked.
    func storeTree(_ entries: [(mode: String, name: [UInt8], id: ObjectID)]) throws -> ObjectID {
        let content = entries.flatMap { entry -> [UInt8] in
            Array((entry.mode + " ").utf8) + entry.name + [0] + entry.id.bytes
        }
        return try store("tree", content)
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
