import Commands
import TestKit
import Testing

@testable import atlas

/// The door itself: how runs end.
struct ProgramTests {
    private func run(_ arguments: String...) -> GoldenScript.Outcome {
        Files.withTemporaryFolder { folder in
            CapturedConsole(folder: folder).outcome { Atlas.run(arguments, on: $0) }
        }
    }

    @Test func `A registry that is not there cannot be asked`() {
        let outcome = run("coverage")
        #expect(outcome.exitCode == 2)
        #expect(outcome.errorOutput.hasPrefix("atlas: no registry here: "))
    }

    @Test(arguments: [
        ["reconcile", "huggingface", "a.json"], ["reconcile", "chutes"],
        ["reconcile", "chutes", "a.json", "--against", "chutes"],
        ["reconcile", "chutes", "a.json", "--against", "price-csv", "b.csv"], ["coverage", "--today", "May"],
        ["nothing"],
    ])
    func `Wrong usage is told from failure`(arguments: [String]) {
        let outcome = Files.withTemporaryFolder { folder in
            CapturedConsole(folder: folder).outcome { Atlas.run(arguments, on: $0) }
        }
        #expect(outcome.exitCode == 64)
        #expect(outcome.output.isEmpty)
    }

    @Test func `A snapshot that is not there is a failure`() {
        #expect(run("reconcile", "chutes", "a.json").exitCode == 2)
    }
}
