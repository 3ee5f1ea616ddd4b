import Commands
import TestKit
import Testing

@testable import registry

/// Commands that read the standard input.
@Suite struct StreamTests {
    private func run(_ arguments: [String], input: [String]) -> GoldenScript.Outcome {
        let captured = CapturedConsole(folder: "", input: input)
        let code = Registry.run(arguments, on: captured.console)
        return GoldenScript.Outcome(
            output: captured.output, errorOutput: captured.errorOutput, exitCode: code)
    }

    @Test func `"-" is the standard input`() {
        let outcome = run(["json", "-"], input: ["a: 1", "---", "b: [x]"])
        #expect(outcome.output == "{\"a\": 1}\n{\"b\": [\"x\"]}\n")
        #expect(outcome.exitCode == 0)
    }

    @Test func `a conversation with Bowtie`() {
        let outcome = run(
            ["schema", "bowtie"],
            input: [
                #"{"cmd": "start", "version": 1}"#,
                #"{"cmd": "dialect", "dialect": "https://json-schema.org/draft/2020-12/schema"}"#,
                #"{"cmd": "run", "seq": 7, "case": {"description": "", "schema": {"type": "integer"}, "#
                    + #""tests": [{"description": "", "instance": 1}, {"description": "", "instance": "1"}]}}"#,
                #"{"cmd": "run", "seq": 8, "case": {"description": "", "schema": {"type": "no"}, "tests": []}}"#,
                #"{"cmd": "stop"}"#,
                #"{"cmd": "start", "version": 1}"#,
            ])
        let lines = outcome.output.split(separator: "\n")
        #expect(lines.count == 4)
        #expect(lines[0].contains(#""language": "swift""#))
        #expect(lines[1] == #"{"ok": true}"#)
        #expect(lines[2] == #"{"seq": 7, "results": [{"valid": true}, {"valid": false}]}"#)
        #expect(lines[3].hasPrefix(#"{"seq": 8, "errored": true"#) || lines[3].contains(#""errored": true"#))
        #expect(outcome.exitCode == 0)
    }
}
