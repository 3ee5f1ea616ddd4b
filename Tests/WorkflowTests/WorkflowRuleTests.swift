import Documents
import TestKit
import Testing

/// What holds of every workflow, so that a pull request can neither take it over nor see more than it may.
@Suite struct WorkflowRuleTests {
    static let files = Workflow.all + [Workflow("action.yml")]

    @Test func `the workflows are all there`() {
        let names = ["ci", "comment", "ingest", "validate"].map { ".github/workflows/\($0).yml" }
        #expect(Workflow.all.map(\.path) == names)
        #expect(Self.files.allSatisfy { !$0.steps.isEmpty })
    }

    @Test func `C1 a pull request is judged by the program and the schemas of its base`() throws {
        let workflow = Workflow.named("validate")
        let checkout = try #require(workflow.steps.first)
        #expect(checkout.uses?.hasPrefix("actions/checkout@") == true)
        #expect(checkout.with["ref"] == "${{ github.event.pull_request.base.sha }}")
        #expect(workflow.steps.count { $0.uses?.hasPrefix("actions/checkout@") == true } == 1)
        // The action is the base's own: nothing is checked out after it.
        let check = try #require(workflow.step(named: "Check the change"))
        #expect(check.uses == "./")
        #expect(check.with["base"] == "refs/change/base")
        #expect(check.with["head"] == "refs/change/head")
        for step in workflow.steps {
            let run = step.run ?? ""
            for word in ["checkout", "switch", "restore", "reset", "worktree", "merge", "pull "] {
                #expect(!run.contains("git \(word)"), "\(step.name)")
            }
        }
    }

    @Test func `C5 no step hands text to the runner but a number that was checked`() {
        for file in Self.files {
            for step in file.steps {
                let run = step.run ?? ""
                for name in [
                    "GITHUB_ENV", "GITHUB_PATH", "GITHUB_STEP_SUMMARY", "GITHUB_STATE", "::set-", "::add-",
                ] {
                    #expect(!run.contains(name), "\(file.path): \(step.name)")
                }
                let outputs = run.split(separator: "\n").filter { $0.contains("GITHUB_OUTPUT") }
                #expect(outputs.allSatisfy { $0.contains(#"echo "number=$number" >>"$GITHUB_OUTPUT""#) })
            }
        }
    }

    @Test func `C6 what a pull request starts may only read, and sees no secret`() {
        for file in Workflow.all {
            #expect(!file.triggers.contains("pull_request_target"), "\(file.path)")
            #expect(file.document.node(at: "/permissions") != nil, "\(file.path)")
            guard file.triggers.contains("pull_request") else { continue }
            #expect(!file.text.contains("{ secrets."), "\(file.path)")
            #expect(file.document.node(at: "/permissions").map(file.members) == ["contents": "read"])
            for job in file.jobs {
                #expect(file.document.member("permissions", of: job.node) == nil, "\(file.path)")
            }
        }
    }

    @Test func `C6 whoever may write checks nothing out`() throws {
        let comment = Workflow.named("comment")
        #expect(comment.triggers == ["workflow_run"])
        #expect(comment.string("/permissions") == "")
        #expect(comment.document.node(at: "/permissions").map(comment.members) == [:])
        #expect(comment.steps.allSatisfy { $0.uses == nil })
        #expect(!comment.text.contains("git "))
        for job in comment.jobs {
            let permissions = try #require(comment.document.member("permissions", of: job.node))
            #expect(
                comment.members(permissions) == [
                    "actions": "read", "pull-requests": "write", "security-events": "write",
                ])
        }
    }

    @Test func `C6 foreign actions are named by commit, and leave no token behind`() throws {
        for file in Self.files {
            for step in file.steps {
                guard let uses = step.uses, uses != "./" else { continue }
                let parts = uses.split(separator: "@")
                #expect(parts.count == 2, "\(file.path): \(uses)")
                let commit = try #require(parts.last)
                #expect(
                    commit.count == 40 && commit.allSatisfy { $0.isHexDigit && !$0.isUppercase }, "\(uses)")
                #expect(step.usesLine?.contains(" # v") == true, "\(file.path): \(uses)")
                if uses.hasPrefix("actions/checkout@") {
                    #expect(step.with["persist-credentials"] == "false", "\(file.path)")
                }
            }
        }
    }

    @Test func `C6 an ingest is never cut short, and every job ends`() {
        let ingest = Workflow.named("ingest")
        #expect(ingest.string("/concurrency/group") == "ingest")
        #expect(ingest.string("/concurrency/cancel-in-progress") == "false")
        for file in Workflow.all {
            for job in file.jobs {
                #expect(file.document.member("timeout-minutes", of: job.node) != nil, "\(file.path)")
            }
        }
    }

    @Test func `C7 no expression stands in a script`() {
        for file in Self.files {
            for step in file.steps {
                #expect(step.run?.contains("${{") != true, "\(file.path): \(step.name)")
            }
        }
    }

    @Test func `C7 nothing that a stranger writes is handed to a script`() {
        for file in Self.files {
            for word in [
                "title", "body", "head_ref", "head.ref", "head.label", "actor", "user.login", "message",
            ] {
                #expect(!file.text.contains("github.event.pull_request.\(word) "), "\(file.path)")
                #expect(!file.text.contains("github.\(word) "), "\(file.path)")
                #expect(!file.text.contains("head_commit.\(word)"), "\(file.path)")
            }
            #expect(!file.text.contains("head_branch"), "\(file.path)")
        }
    }

    @Test func `C9 an ingest starts on the protected branch alone, and after it was asked about`() throws {
        let ingest = Workflow.named("ingest")
        #expect(ingest.triggers == ["push"])
        #expect(ingest.strings("/on/push/branches") == ["main"])
        #expect(ingest.string("/jobs/ingest/needs") == "check")
        let paths = [
            "models/**", "providers/**", "mappings/**", "accelerators/**", "schemas/**", "suppressions.yaml",
        ]
        #expect(ingest.strings("/on/push/paths") == paths)
        #expect(Workflow.named("validate").strings("/on/pull_request/paths") == paths)
        // A secret is in the environment of the one step that needs it.
        #expect(ingest.text.ranges(of: "secrets.DATABASE_URL").count == 1)
        #expect(ingest.string("/jobs/ingest/environment") == "registry")
    }

    @Test func `the hooks for pre-commit run commands there are`() {
        let hooks = Workflow(".pre-commit-hooks.yaml")
        let entries = hooks.document.children(of: 0).map { hooks.members($0.value)["entry"] }
        #expect(entries == ["registry validate", "registry fix"])
    }
}
