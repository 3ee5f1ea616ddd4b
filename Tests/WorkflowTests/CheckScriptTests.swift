import TestKit
import Testing

/// The scripts that judge a change and that let an ingest begin.
@Suite struct CheckScriptTests {
    /// Runs the script with a `registry` that ends as it is told; how it was called is noted.
    private func check(validateEndsWith status: Int, diffEndsWith diffStatus: Int = 0) throws
        -> (calls: [String], status: Int32, files: [String])
    {
        try ScriptBench.with { bench in
            let outcome = try bench.run(
                "exec \(Repository.root)/tools/check-change registry . base head report",
                environment: ["VALIDATE_STATUS": String(status), "DIFF_STATUS": String(diffStatus)])
            let calls = bench.text("calls").split(separator: "\n").map(String.init)
            return (calls, outcome.status, Files.tree(below: bench.folder + "/checkout/report"))
        }
    }

    @Test func `C1 every look at a change is by the schemas of its base`() throws {
        let (calls, status, files) = try check(validateEndsWith: 0)
        let validations = calls.filter { $0.hasPrefix("validate ") }
        #expect(validations.count == 5)
        for call in validations {
            #expect(call.hasPrefix("validate --root . --rev head --base base --schemas-from base --format "))
        }
        #expect(
            calls.filter { $0.hasPrefix("diff ") } == [
                "diff --root . base head --format json", "diff --root . base head --format markdown",
            ])
        #expect(status == 0)
        #expect(
            files == ["diff.json", "diff.md", "report.json", "report.md", "report.sarif", "report.txt"])
    }

    @Test func `findings fail the check when all is written`() throws {
        let (calls, status, files) = try check(validateEndsWith: 1)
        #expect(status == 1)
        #expect(calls.last?.hasSuffix("--format github") == true)
        #expect(files.count == 6)
    }

    @Test func `what cannot be read is no clean report`() throws {
        #expect(try check(validateEndsWith: 2).status == 2)
        #expect(try check(validateEndsWith: 0, diffEndsWith: 2).status == 2)
        #expect(try check(validateEndsWith: 137).status == 137)
    }

    @Test(arguments: [
        ("true", "identical", 0), ("true", "ahead", 0), ("true", "behind", 1), ("true", "diverged", 1),
        ("false", "identical", 1), ("", "identical", 1), ("true", "", 1),
    ])
    func `C9 what is not on the protected branch is not ingested`(
        isProtected: String, position: String, status: Int32
    )
        throws
    {
        let script = try #require(Workflow.named("ingest").step(named: "Ask the repository")?.run)
        try ScriptBench.with { bench in
            bench.answer("repos/o/r/branches/main", isProtected + "\n")
            bench.answer("repos/o/r/compare/abc...main", position + "\n")
            let outcome = try bench.run(script, environment: ["REPOSITORY": "o/r", "COMMIT": "abc"])
            #expect(outcome.status == status, "\(outcome.text)")
        }
    }

    @Test func `C9 no answer is no leave`() throws {
        let script = try #require(Workflow.named("ingest").step(named: "Ask the repository")?.run)
        try ScriptBench.with { bench in
            let outcome = try bench.run(script, environment: ["REPOSITORY": "o/r", "COMMIT": "abc"])
            #expect(outcome.status != 0)
        }
    }
}
