import TestKit

/// Runs the scripts of steps as the runner would, with programs of our own in place of those that reach out.
struct ScriptBench {
    let folder: String

    /// A new folder with a `gh` that answers from files and notes what it was asked, and an `unzip` whose archive is a
    /// folder.
    static func with<Result>(_ body: (ScriptBench) throws -> Result) throws -> Result {
        try Files.withTemporaryFolder { folder in
            let bench = ScriptBench(folder: folder)
            for name in ["bin", "answers", "archive", "work"] { Files.makeFolder("\(folder)/\(name)") }
            try bench.program("gh", Self.gh)
            try bench.program("unzip", "cat \"$BENCH/archive/$3\"")
            return try body(bench)
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
        all["PATH"] = "\(folder)/bin:/usr/local/bin:/usr/bin:/bin"
        all["BENCH"] = folder
        all["GITHUB_OUTPUT"] = "\(folder)/output"
        let process = ChildProcess(
            ["/bin/bash", "-c", "cd \"$BENCH/work\" && exec bash --noprofile --norc -eo pipefail ../script"],
            environment: all)
        return try process.run(keepingOutput: true)
    }

    /// A file of the working folder or beside it; empty when it is not there.
    func text(_ path: String) -> String { Files.text(at: "\(folder)/\(path)") ?? "" }

    /// A program of ours; the rest of the line is bash.
    func program(_ name: String, _ script: String) throws {
        Files.write("#!/bin/bash\n\(script)\n", to: "\(folder)/bin/\(name)")
        _ = try ChildProcess(["/bin/chmod", "+x", "\(folder)/bin/\(name)"]).run()
    }

    /// `gh api [--method M] [--field k=@file] PATH …`: what is posted is kept, what is asked is looked up.
    private static let gh = """
        shift
        method=GET
        while [ $# -gt 0 ]; do
            case $1 in
            --method) method=$2; shift ;;
            --field) cp "${2#*=@}" "$BENCH/posted-${2%%=*}"; shift ;;
            --raw-field | --jq) [ "$1" = --jq ] || echo "field $2" >>"$BENCH/asked"; shift ;;
            --*) ;;
            *) path=$1 ;;
            esac
            shift
        done
        echo "$method $path" >>"$BENCH/asked"
        cat "$BENCH/answers/$(printf %s "$path" | sed 's/[^A-Za-z0-9]/_/g')"
        """
}
