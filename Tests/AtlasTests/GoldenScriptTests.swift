import Commands
import Glibc
import TestKit
import Testing

@testable import atlas

/// Every script of the program below Tests/Scripts, run through the program's own entry.
@Suite struct GoldenScriptTests {
    @Test func `There are scripts`() {
        #expect(GoldenScript.scripts(of: "atlas").count >= 3)
    }

    /// `UPDATE_GOLDEN=1` rewrites the scripts with what the commands print; review the difference like code.
    @Test(arguments: GoldenScript.scripts(of: "atlas"))
    func `It prints what the script says`(path: String) {
        let faults = GoldenScript.faults(ofScript: path, isRewritten: getenv("UPDATE_GOLDEN") != nil) {
            arguments, folder in
            CapturedConsole(folder: folder).outcome { Atlas.run(Array(arguments.dropFirst()), on: $0) }
        }
        for fault in faults { Issue.record(Comment(rawValue: fault)) }
    }
}
