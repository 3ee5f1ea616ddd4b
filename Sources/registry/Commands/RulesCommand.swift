import ArgumentParser
import Commands
import Diagnostics
import Text

/// `registry rules`: what is checked, and why.
struct RulesCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules", abstract: "Explains the rules: what, why, a bad and a good example.")

    @Argument(help: "A rule, as findings name it: \"yaml/duplicate-key\". Default: the list of all.")
    var rule: String?

    @Flag(help: "Print all rules as one Markdown page, as in docs/rules.md.")
    var markdown = false

    func run(on console: Console) throws -> ExitStatus {
        if markdown {
            console.output(RuleBook.page)
            return .clean
        }
        guard let rule else {
            console.output(RuleBook.list)
            return .clean
        }
        guard let id = RuleID(rawValue: rule), let found = RuleBook[id] else {
            let near = Spelling.nearest(to: rule, in: RuleID.allCases.map(\.rawValue))
            throw Failure(
                "there is no rule \"\(rule)\"" + (near.map { "; did you mean \"\($0)\"?" } ?? "")
                    + " (\"registry rules\" lists them all)")
        }
        console.output(found.explanation)
        return .clean
    }
}
