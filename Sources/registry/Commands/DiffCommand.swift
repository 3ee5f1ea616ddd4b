import ArgumentParser
import Commands
import RegistryTree

/// `registry diff`: what a change means, entity by entity.
struct DiffCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Says what changed between two states of the registry.",
        discussion: """
            Entities that came, went or got another id, price moves in percent, every other field by its name, and \
            who builds on what changed. Files with faults are named and not compared. The exit code is 0 whatever \
            changed, unless --fail-on says otherwise.
            """)

    /// When a change makes the run fail.
    enum FailureCondition: String, CaseIterable, ExpressibleByArgument {
        case never
        case needsMaintainer = "needs-maintainer"
    }

    @Argument(help: "The old state: a commit, a branch or a tag.")
    var base: String

    @Argument(help: "The new state. Default: the files on the disk.")
    var head: String?

    @OptionGroup var common: CommonOptions

    @Option(help: "How the change is put out.")
    var format = ChangeReport.Format.text

    @Option(
        help: ArgumentHelp(
            "The percentage by which a price may move without a maintainer.", valueName: "percent"))
    var maxPriceMove = ChangePolicy().largestPriceMovePercent

    @Option(help: "What is no reason to ask a maintainer; may be given several times.")
    var accept: [Concern.Kind] = []

    @Option(help: "When exit code 1 is due.")
    var failOn = FailureCondition.never

    func validate() throws {
        if maxPriceMove < 0 { throw ValidationError("--max-price-move takes a number from 0") }
        if common.rev != nil {
            throw ValidationError("\"diff\" takes its two states as arguments and no --rev")
        }
    }

    func run(on console: Console) throws -> ExitStatus {
        var options = Validation.Options()
        options.jobs = console.coreCount
        let old = RegistrySource.commit(try common.commit(base, on: console))
        let new = try head.map { RegistrySource.commit(try common.commit($0, on: console)) }
        let change = RegistryChange(
            from: try RegistryState(of: old, options: options),
            to: try RegistryState(of: new ?? .folder(common.rootFolder(on: console)), options: options))
        var policy = ChangePolicy()
        policy.largestPriceMovePercent = maxPriceMove
        policy.accepted = Set(accept)
        let report = ChangeReport(change, policy: policy)
        if !(common.quiet && format == .text && change.isEmpty) {
            console.output(report.rendered(as: format))
        }
        return failOn == .needsMaintainer && report.needsMaintainer ? .findings : .clean
    }
}

extension ChangeReport.Format: ExpressibleByArgument {}

extension Concern.Kind: ExpressibleByArgument {}
