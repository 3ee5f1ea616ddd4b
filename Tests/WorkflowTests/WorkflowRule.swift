import Documents
import TestKit

/// What no workflow may do, whatever it is for.
enum WorkflowRule: CaseIterable {
    /// An expression in a script is text of whoever wrote the title, the branch or the commit.
    case expressionInScript
    /// A tag can be moved to other code.
    case actionByTag
    /// A token in the clone's configuration is there for every later step.
    case tokenLeftBehind
    /// Runs for a stranger's change with the rights of the branch.
    case pullRequestTarget
    /// What a pull request starts may read and no more.
    case rightsForPullRequest
    /// What a pull request starts sees no secret.
    case secretForPullRequest
    /// Without permissions of its own a workflow has those of the repository's settings.
    case noPermissions
    /// Text in these files is taken for variables, paths and commands.
    case textForRunner
    case noEnd

    /// The faults of a file under this rule, one sentence each.
    func faults(in file: Workflow) -> [String] {
        switch self {
        case .expressionInScript:
            return scripts(of: file) { $0.contains("${{") }
        case .textForRunner:
            let names = [
                "GITHUB_ENV", "GITHUB_PATH", "GITHUB_STATE", "GITHUB_STEP_SUMMARY", "::set-", "::add-",
            ]
            return scripts(of: file) { run in
                // A number that a pattern held is all that goes from step to step.
                let outputs = run.split(separator: "\n").filter { $0.contains("GITHUB_OUTPUT") }
                return names.contains(where: run.contains)
                    || !outputs.allSatisfy { $0.contains(#"echo "number=$number" >>"$GITHUB_OUTPUT""#) }
            }
        case .actionByTag:
            return file.steps.compactMap { step in
                guard let uses = step.uses, uses != "./" else { return nil }
                let commit = uses.split(separator: "@").last ?? ""
                let isCommit = commit.count == 40 && commit.allSatisfy { $0.isHexDigit && !$0.isUppercase }
                return isCommit && step.usesLine?.contains(" # v") == true ? nil : "\(file.path): \(uses)"
            }
        case .tokenLeftBehind:
            return file.steps.filter { step in
                step.uses?.hasPrefix("actions/checkout@") == true
                    && step.with["persist-credentials"] != "false"
            }.map { "\(file.path): \($0.name)" }
        case .pullRequestTarget:
            return file.triggers.contains("pull_request_target") ? [file.path] : []
        case .rightsForPullRequest:
            guard file.triggers.contains("pull_request") else { return [] }
            let owners = [0] + file.jobs.map(\.node)
            return owners.compactMap { file.document.member("permissions", of: $0) }.filter { node in
                file.members(node) != ["contents": "read"]
            }.map { _ in file.path }
        case .secretForPullRequest:
            return file.triggers.contains("pull_request") && file.text.contains("{ secrets.")
                ? [file.path] : []
        case .noPermissions:
            return file.jobs.isEmpty || file.document.member("permissions", of: 0) != nil ? [] : [file.path]
        case .noEnd:
            return file.jobs.filter { file.document.member("timeout-minutes", of: $0.node) == nil }
                .map { "\(file.path): \($0.name)" }
        }
    }

    private func scripts(of file: Workflow, where isWrong: (String) -> Bool) -> [String] {
        file.steps.filter { $0.run.map(isWrong) ?? false }.map { "\(file.path): \($0.name)" }
    }

    /// A workflow that breaks this rule once and no other.
    var example: String {
        switch self {
        case .expressionInScript: Self.workflow(steps: "- run: echo '${{ github.event.pull_request.title }}'")
        case .actionByTag:
            Self.workflow(steps: "- uses: actions/cache@v4 # v4")
        case .tokenLeftBehind:
            Self.workflow(steps: "- uses: actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2")
        case .pullRequestTarget: Self.workflow(on: "pull_request_target")
        case .rightsForPullRequest: Self.workflow(permissions: "permissions: {contents: write}")
        case .secretForPullRequest: Self.workflow(steps: "- run: a\n        env: {A: '${{ secrets.A }}'}")
        case .noPermissions: Self.workflow(permissions: "name: a")
        case .textForRunner: Self.workflow(steps: "- run: cat report >>\"$GITHUB_ENV\"")
        case .noEnd: Self.workflow(time: "name: a")
        }
    }

    private static func workflow(
        on event: String = "pull_request", permissions: String = "permissions: {contents: read}",
        time: String = "timeout-minutes: 5", steps: String = "- run: echo"
    ) -> String {
        """
        on: [\(event)]
        \(permissions)
        jobs:
          a:
            runs-on: ubuntu-24.04
            \(time)
            steps:
              \(steps)

        """
    }
}
