import Documents
import TestKit
import Testing

/// The project's workflows, so that a pull request can neither take one over nor see more than it may.
@Suite struct WorkflowRuleTests {
    static let files = Workflow.all + [Workflow("action.yml")]

    @Test func `the workflows are all there`() {
        let names = ["ci", "comment", "enrich", "ingest", "validate"].map { ".github/workflows/\($0).yml" }
        #expect(Workflow.all.map(\.path) == names)
        #expect(Self.files.allSatisfy { !$0.steps.isEmpty })
    }

    @Test(arguments: WorkflowRule.allCases)
    func `C5, C6, C7 every workflow keeps the rules`(rule: WorkflowRule) {
        #expect(Self.files.flatMap { rule.faults(in: $0) } == [])
    }

    @Test(arguments: WorkflowRule.allCases)
    func `a workflow that breaks a rule is found, by that rule alone`(rule: WorkflowRule) {
        let bad = Workflow(path: "bad.yml", text: rule.example)
        #expect(WorkflowRule.allCases.filter { $0.faults(in: bad).count == 1 } == [rule])
        #expect(WorkflowRule.allCases.flatMap { $0.faults(in: bad) }.count == 1)
    }

    @Test func `C1 a pull request is judged by the program and the schemas of its base`() throws {
        let workflow = Workflow.named("validate")
        #expect(workflow.triggers == ["pull_request"])
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

    @Test func `C6 whoever may write checks nothing out`() throws {
        let comment = Workflow.named("comment")
        #expect(comment.triggers == ["workflow_run"])
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

    @Test func `C6 an ingest is never cut short`() {
        let ingest = Workflow.named("ingest")
        #expect(ingest.string("/concurrency/group") == "ingest")
        #expect(ingest.string("/concurrency/cancel-in-progress") == "false")
    }

    @Test func `C7 nothing that a stranger names is handed to a step`() {
        let names = [
            "pull_request.title", "pull_request.body", "head_ref", "head.ref", "head.label", "head_branch",
            "user.login }", "github.actor", "head_commit", "display_title",
        ]
        for file in Self.files {
            for name in names { #expect(!file.text.contains(name), "\(file.path): \(name)") }
        }
    }

    @Test func `C9 an ingest starts on the protected branch alone, and after it was asked about`() {
        let ingest = Workflow.named("ingest")
        #expect(ingest.triggers == ["push"])
        #expect(ingest.strings("/on/push/branches") == ["main"])
        #expect(ingest.string("/jobs/ingest/needs") == "check")
        let paths = [
            "models/**", "providers/**", "mappings/**", "accelerators/**", "schemas/**", "suppressions.yaml",
        ]
        #expect(ingest.strings("/on/push/paths") == paths)
        // A secret is in the environment of the one step that needs it.
        #expect(ingest.text.ranges(of: "secrets.").count == 1)
        #expect(ingest.string("/jobs/ingest/environment") == "registry")
    }

    @Test func `the hooks for pre-commit run commands there are`() {
        let hooks = Workflow(".pre-commit-hooks.yaml")
        let entries = hooks.document.children(of: 0).map { hooks.members($0.value)["entry"] }
        #expect(entries == ["registry validate", "registry fix"])
    }
}
