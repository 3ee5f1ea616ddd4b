import ArgumentParser
import Commands
import Diagnostics
import Digests
import Entities
import Pricing
import Ranking
import Text

/// `atlas plan`: the cheapest way to serve a model under a load.
struct PlanCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract:
            "Ranks the ways to serve a model under a load: tokens bought, cards rented, machines owned.",
        discussion: """
            Capacity comes from what providers state, or from the sizing engine at the low end of its range; memory and \
            times are judged at the high end. Replicas are counted from the peak. Machines that come and go keep \
            --min-replicas and are paid for while they start. --why names what stands in the way of each provider.
            """)

    @Argument(help: "A model, by id, repository or alias.")
    var model: String

    @OptionGroup var load: PlanLoadOptions

    @OptionGroup var limits: PlanLimitOptions

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Cards of one's own, how many, and what one costs in an hour: h100-sxm:8:1.20.",
            valueName: "card:count:usd"))
    var own: [OwnCards] = []

    @Option(help: "How plans are reckoned: atlas, or seed for an older planner's table of capacities.")
    var formula = Formula.atlas

    @Option(help: "How many plans are shown.")
    var top = 10

    @Flag(help: "Only plans that no other is cheaper, faster and roomier than.")
    var pareto = false

    @Flag(help: "Say, provider by provider, what stands in the way.")
    var why = false

    @Option(
        help: ArgumentHelp(
            "Write a report, as HTML or Markdown by the file's ending; its id is the hash of what it says.",
            valueName: "file"))
    var report: String?

    @OptionGroup var common: CommonOptions

    @Option(help: "How the plans are put out.")
    var format = TableFormat.text

    /// How plans are reckoned.
    enum Formula: String, CaseIterable, ExpressibleByArgument {
        case atlas, seed
    }

    func validate() throws {
        guard top > 0 else { throw ValidationError("--top takes a number from 1") }
        if let report, ![".html", ".md"].contains(where: report.hasSuffix) {
            throw ValidationError("--report takes a file that ends in .html or .md")
        }
    }

    func run(on console: Console) throws -> ExitStatus {
        let catalog = try common.market(ofModel: model, on: console)
        let model = try catalog.requiredModel(model)
        var question = try limits.question(load, in: catalog, on: console)
        question.own = try own.map { own in
            OwnHardware(
                accelerator: try catalog.requiredAccelerator(own.accelerator).id, count: own.count,
                dollarsPerHour: own.dollarsPerHour)
        }
        if formula == .seed {
            let ranking = SeedRanking(of: model, in: catalog, for: question, beta: load.beta ?? 0.08)
            console.output(ranking.table(limit: top).rendered(as: format))
            return .clean
        }
        let ranking = DeploymentRanking(of: model, in: catalog, for: question)
        if let report { try write(ranking.report(limit: top), of: model, to: report, on: console) }
        let table = why ? ranking.diagnosis : ranking.table(limit: top, onlyUnbeaten: pareto)
        console.output(table.rendered(as: format))
        return .clean
    }
}

extension PlanCommand {
    private func write(
        _ page: ResultPage, of model: Model, to file: String, on console: Console
    ) throws {
        let text = page.rendered(as: .markdown)
        var hashing = SHA256()
        let id = "rep_" + hashing.digest(of: Array(text.utf8).span).hexadecimal(byteCount: 6)
        let title = "Serving \(model.name) (\(id))"
        let isPage = file.hasSuffix(".html")
        try console.write(
            isPage ? page.html(title: title) : "# \(MarkdownText.code(title))\n\n" + text, toFile: file)
    }
}
