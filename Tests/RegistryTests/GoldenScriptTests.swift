import Commands
import Glibc
import TestKit
import Testing

@testable import registry

/// Every script of the program below Tests/Scripts, run through the program's own entry.
@Suite struct GoldenScriptTests {
    @Test func thereAreScripts() {
        #expect(GoldenScript.scripts(of: "registry").count >= 20)
    }

    /// `UPDATE_GOLDEN=1` rewrites the scripts with what the commands print; review the difference like code.
    @Test(arguments: GoldenScript.scripts(of: "registry")) func printsWhatTheScriptSays(path: String) {
        let faults = GoldenScript.faults(
            ofScript: path, isRewritten: getenv("UPDATE_GOLDEN") != nil, command: Self.run)
        for fault in faults { Issue.record(Comment(rawValue: fault)) }
    }

    /// Runs `registry` with these arguments, which name the program first, on a console of strings.
    static func run(_ arguments: [String], in folder: String) -> GoldenScript.Outcome {
        CapturedConsole(folder: folder).outcome { Registry.run(Array(arguments.dropFirst()), on: $0) }
    }
}
