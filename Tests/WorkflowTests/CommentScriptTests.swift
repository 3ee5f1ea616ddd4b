import TestKit
import Testing

/// The workflow that writes comments, given reports as a stranger could forge them.
@Suite struct CommentScriptTests {
    private static let workflow = Workflow.named("comment")
    private static let environment = [
        "REPOSITORY": "o/r", "RUN_ID": "7", "HEAD_SHA": "abc",
        "RUN_URL": "https://github.example/o/r/actions/runs/7",
        "NUMBER": "12", "LC_ALL": "C.UTF-8",
    ]

    private func runStep(_ name: String, on bench: ScriptBench) throws -> ChildProcess.Outcome {
        try bench.run(try #require(Self.workflow.step(named: name)?.run), environment: Self.environment)
    }

    /// A bench on which a report about pull request 12 waits.
    private func withReport<Result>(_ body: (ScriptBench) throws -> Result) throws -> Result {
        try ScriptBench.with { bench in
            bench.answer("repos/o/r/actions/runs/7/artifacts?name=registry-report", "9 1000\n")
            bench.answer("repos/o/r/actions/artifacts/9/zip", "zip")
            bench.answer("repos/o/r/pulls/12", "abc open\n")
            bench.answer("repos/o/r/issues/12/comments?per_page=100", "")
            bench.answer("repos/o/r/issues/12/comments", "")
            bench.answer("repos/o/r/issues/comments/5", "")
            bench.answer("repos/o/r/code-scanning/sarifs", "")
            bench.archive("number", Array("12".utf8))
            bench.archive("diff.md", Array("<!-- mark -->\n**1 model altered**\n".utf8))
            bench.archive("report.md", Array("**2 errors in 8 files**\n\nmore\n".utf8))
            bench.archive("report.sarif", Array("{}".utf8))
            return try body(bench)
        }
    }

    @Test func `a report is fetched, posted and shown`() throws {
        try withReport { bench in
            let fetched = try runStep("Fetch the report", on: bench)
            #expect(fetched.status == 0, "\(fetched.text)")
            #expect(bench.text("output") == "number=12\n")
            let posted = try runStep("Comment", on: bench)
            #expect(posted.status == 0, "\(posted.text)")
            #expect(
                bench.text("posted-body") == """
                    <!-- model-atlas: report of registry validate and registry diff -->
                    **1 model altered**


                    **2 errors in 8 files**

                    Every finding stands at its line, and in the [log](https://github.example/o/r/actions/runs/7).

                    """)
            #expect(bench.text("asked").contains("POST repos/o/r/issues/12/comments\n"))
            let shown = try runStep("Show the findings as code scanning alerts", on: bench)
            #expect(shown.status == 0, "\(shown.text)")
            #expect(bench.text("asked").contains("field ref=refs/pull/12/head\n"))
            #expect(!bench.text("posted-sarif").isEmpty)
        }
    }

    @Test func `the comment that is there is replaced`() throws {
        try withReport { bench in
            bench.answer("repos/o/r/issues/12/comments?per_page=100", "5\n6\n")
            _ = try runStep("Fetch the report", on: bench)
            #expect(try runStep("Comment", on: bench).status == 0)
            #expect(bench.text("asked").contains("PATCH repos/o/r/issues/comments/5\n"))
            #expect(!bench.text("asked").contains("POST"))
        }
    }

    @Test func `a change that concerns no facts gets no comment, and one that once did gets the last word`()
        throws
    {
        try withReport { bench in
            bench.archive("diff.md", Array("<!-- mark -->\n**no changes**\n".utf8))
            _ = try runStep("Fetch the report", on: bench)
            #expect(try runStep("Comment", on: bench).status == 0)
            #expect(bench.text("posted-body") == "")
            bench.answer("repos/o/r/issues/12/comments?per_page=100", "5\n")
            #expect(try runStep("Comment", on: bench).status == 0)
            #expect(bench.text("posted-body").contains("**no changes**"))
        }
    }

    @Test func `a run without a report is none of its business`() throws {
        try withReport { bench in
            bench.answer("repos/o/r/actions/runs/7/artifacts?name=registry-report", "")
            let fetched = try runStep("Fetch the report", on: bench)
            #expect(fetched.status == 0)
            #expect(bench.text("output") == "")
        }
    }

    @Test(arguments: [
        "", "0", "012", "12\nnumber=13", "12; rm -rf .", "$(id)", "../12", "99999999999", "１２",
    ])
    func `C5 a report that names no pull request is refused`(number: String) throws {
        try withReport { bench in
            bench.archive("number", Array(number.utf8))
            let fetched = try runStep("Fetch the report", on: bench)
            #expect(fetched.status == 1, "\(fetched.text)")
            #expect(fetched.text.contains("report refused: "))
            #expect(bench.text("output") == "")
        }
    }

    @Test(arguments: ["abc closed", "abd open", "", "abc open\nabc open"])
    func `C5 a pull request with another head, or a closed one, gets no comment`(answer: String) throws {
        try withReport { bench in
            bench.answer("repos/o/r/pulls/12", answer + "\n")
            let fetched = try runStep("Fetch the report", on: bench)
            #expect(fetched.text.hasPrefix("report left alone: "))
            #expect(bench.text("output") == "")
        }
    }

    @Test(arguments: ["9 10000001", "9 -1", "x 5", "9 5\n10 6", "9 99999999999999999999999999"])
    func `C5 a report of another size is refused before it is fetched`(answer: String) throws {
        try withReport { bench in
            bench.answer("repos/o/r/actions/runs/7/artifacts?name=registry-report", answer + "\n")
            let fetched = try runStep("Fetch the report", on: bench)
            #expect(fetched.status == 1)
            #expect(!bench.text("asked").contains("zip"))
        }
    }

    @Test(arguments: [
        ("ping @octocat and @org/team", "@octocat"), ("<img src=x>", "<img"), ("[a](//evil.example)", "]("),
        ("[a]: //evil.example", "]:"), ("see https://evil.example", "://"), ("www.evil.example", "www."),
        ("closes #1 and GH-2", "#1"), ("closes GH-2", "GH-2"), ("&#64;octocat", "&#"),
        ("x\u{202E}y", "\u{202E}"),
        ("<!-- hidden -->", "<!--"), ("![x](y)", "]("), ("mailto:a", "mailto:"),
    ])
    func `C8 a forged report mentions, links and draws nothing`(text: String, harm: String) throws {
        try withReport { bench in
            bench.archive("diff.md", Array("mark\n`\(text)` \(text)\n".utf8))
            bench.archive("report.md", Array("\(text)\n".utf8))
            _ = try runStep("Fetch the report", on: bench)
            #expect(try runStep("Comment", on: bench).status == 0)
            let body = bench.text("posted-body").split(separator: "\n").dropFirst().dropLast()
            #expect(body.count == 2)
            #expect(!body.joined().contains(harm), "\(body)")
        }
    }

    @Test func `C4 a report without end is cut, and what is no text goes`() throws {
        try withReport { bench in
            bench.archive(
                "diff.md", Array("mark\n".utf8) + Array(repeating: UInt8(ascii: "@"), count: 3_000_000))
            bench.archive("report.md", [0xFF, 0x00, 0xC3] + Array(repeating: 0x61, count: 1_000_000))
            bench.archive("number", Array("12".utf8) + Array(repeating: 0x00, count: 5))
            _ = try runStep("Fetch the report", on: bench)
            let posted = try runStep("Comment", on: bench)
            #expect(posted.status == 0)
            let body = bench.text("posted-body")
            #expect((1000..<58_000).contains(body.utf8.count))
            #expect(!body.contains("\u{FFFD}"))
        }
    }
}
