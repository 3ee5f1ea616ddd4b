import Glibc
import TestKit
import Testing

/// `tools/workflows`, with a Python of our own in place of the one that asks PyPI.
@Suite struct WorkflowToolTests {
    /// Makes an environment whose programs do nothing; `zizmor` ends as it is told.
    private static let python = #"""
        #!/bin/sh
        mkdir -p "$3/bin"
        for name in pip check-jsonschema; do printf '#!/bin/sh\nexit 0\n' >"$3/bin/$name"; done
        printf '#!/bin/sh\nexit %s\n' "$ZIZMOR_STATUS" >"$3/bin/zizmor"
        chmod +x "$3"/bin/*
        """#

    /// Runs a copy of the script with such a Python; `more` is what its environment has besides.
    private func run(python: String, _ more: [String: String] = [:]) throws -> ChildProcess.Outcome {
        try Files.withTemporaryFolder { folder in
            for path in ["tools/workflows", "tools/workflows.txt"] {
                Files.write(Repository.text(of: path), to: "\(folder)/\(path)")
            }
            Files.write(python, to: "\(folder)/bin/python3")
            chmod("\(folder)/bin/python3", 0o755)
            let environment = ["PATH": "\(folder)/bin:/usr/bin:/bin"].merging(more) { $1 }
            return try ChildProcess(
                ["/bin/sh", "-c", "exec bash \"\(folder)/tools/workflows\" 2>&1"], environment: environment
            ).run(keepingOutput: true)
        }
    }

    @Test(arguments: [("true", Int32(1), "on GitHub is a failure"), ("", 0, "skipped, nothing was checked")])
    func `without its programs it checks nothing and says why in one line, and fails on GitHub alone`(
        isGitHub: String, status: Int32, words: String
    ) throws {
        let outcome = try run(python: "#!/bin/sh\nexit 1\n", ["GITHUB_ACTIONS": isGitHub])
        #expect(outcome.status == status)
        #expect(outcome.text.hasPrefix("workflows: ") && outcome.text.contains(words), "\(outcome.text)")
        #expect(outcome.text.contains("PyPI cannot be reached, or Python has no venv"))
        #expect(outcome.text.split(separator: "\n").count == 1, "\(outcome.text)")
    }

    @Test(arguments: [("0", Int32(0)), ("14", 14)])
    func `with them it ends as they do`(zizmor: String, status: Int32) throws {
        let outcome = try run(python: Self.python, ["ZIZMOR_STATUS": zizmor])
        #expect(outcome.status == status, "\(outcome.text)")
        #expect(outcome.text.contains("workflows: they keep to") == (status == 0))
    }
}
