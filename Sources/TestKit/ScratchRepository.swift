/// A folder with a git repository in it, made by git itself and the same every time.
package struct ScratchRepository {
    /// The folder of the work tree.
    package let root: String
    private let base: String

    /// Something that git refused to do.
    package struct Refusal: Error, CustomStringConvertible {
        package let description: String
    }

    /// Hands an empty repository to `body`, and removes it afterwards.
    package static func with<Result>(_ body: (ScratchRepository) throws -> Result) throws -> Result {
        try Files.withTemporaryFolder { folder in
            let scratch = ScratchRepository(at: folder + "/work", homeIn: folder)
            Files.makeFolder(scratch.root)
            try scratch.git("init", "--quiet", "--initial-branch=main")
            return try body(scratch)
        }
    }

    /// The repository in a folder, which git may yet have to make; `base` is a folder for what lies beside it.
    package init(at root: String, homeIn base: String) {
        self.root = root
        self.base = base
    }

    /// A path beside the repository.
    package func beside(_ name: String) -> String { base + "/" + name }

    /// Runs git in the work tree, at a given time; fails where git fails.
    @discardableResult
    package func git(_ arguments: String..., at seconds: Int = 1_700_000_000, input: [UInt8] = []) throws
        -> String
    {
        try git(arguments, at: seconds, input: input)
    }

    /// Runs git with a list of arguments.
    @discardableResult
    package func git(_ arguments: [String], at seconds: Int = 1_700_000_000, input: [UInt8] = []) throws
        -> String
    {
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

    /// Commits the work tree as it is.
    package func commitAll(message: String = "a change", at seconds: Int = 1_700_000_000) throws {
        try git("add", "--all", "--force")
        try git("commit", "--quiet", "--allow-empty", "--message", message, at: seconds)
    }

    /// Stores an object, whatever its content is; its id in hexadecimal digits.
    package func storeObject(_ kind: String, _ content: [UInt8]) throws -> String {
        try git("hash-object", "-t", kind, "-w", "--literally", "--stdin", input: content)
    }

    /// Stores a tree whose entries nobody checked, and returns its id.
    package func storeFolder(_ entries: [(mode: String, name: [UInt8], id: String)]) throws -> String {
        let content = entries.flatMap { entry -> [UInt8] in
            let digits = entry.id.utf8.map { UInt8(Character(Unicode.Scalar($0)).hexDigitValue ?? 0) }
            let id = stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
            return Array((entry.mode + " ").utf8) + entry.name + [0] + id
        }
        return try storeObject("tree", content)
    }
}
