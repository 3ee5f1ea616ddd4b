import TestKit

/// Runs the scripts of steps as the runner would, with programs of our own in place of those that reach out.
struct ScriptBench {
    let folder: String

    /// A new folder for the files that the programs of `Tests/Fixtures/runner` answer from.
    static func with<Result>(_ body: (ScriptBench) throws -> Result) rethrows -> Result {
        try Files.withTemporaryFolder { folder in
            for name in ["answers", "archive", "checkout"] { Files.makeFolder("\(folder)/\(name)") }
            return try body(ScriptBench(folder: folder))
        }
    }

    /// What `gh api` answers to a path, its jq filter having run.
    func answer(_ path: String, _ text: String) {
        let name = path.map { $0.isLetter || $0.isNumber ? String($0) : "_" }.joined()
        Files.write(text, to: "\(folder)/answers/\(name)")
    }

    /// Puts a file into the archive that is downloaded.
    func archive(_ name: String, _ bytes: [UInt8]) { Files.write(bytes, to: "\(folder)/archive/\(name)") }

    /// Runs a script with the shell and the options that the runner uses; its output and how it ended.
    func run(_ script: String, environment: [String: String]) throws -> ChildProcess.Outcome {
        Files.write(script, to: "\(folder)/script")
        var all = environment
        all["PATH"] = "\(Repository.root)/Tests/Fixtures/runner:/usr/local/bin:/usr/bin:/bin"
        all["BENCH"] = folder
        all["GITHUB_OUTPUT"] = "\(folder)/output"
        let process = ChildProcess(
            [
                "/bin/bash", "-c",
                "cd \"$BENCH/checkout\" && exec bash --noprofile --norc -eo pipefail ../script",
            ],
            environment: all)
        return try process.run(keepingOutput: true)
    }

    /// A file of the working folder or beside it; empty when it is not there.
    func text(_ path: String) -> String { Files.text(at: "\(folder)/\(path)") ?? "" }
}
