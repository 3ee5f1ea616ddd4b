import ArgumentParser
import Commands
import Diagnostics
import Entities
import Sizing

/// `atlas fits`: which models an accelerator holds.
struct FitsCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "fits",
        abstract:
            "Lists the models that fit accelerators, in which formats, with the most context and users.",
        discussion:
            "Open models only. A format counts as soon as the point of the estimate fits; \"tight\" says that the high end does not."
    )

    @Option(help: ArgumentHelp("The accelerator.", valueName: "accelerator"))
    var gpu: String

    @Option(help: "How many of them.")
    var count = 1

    @OptionGroup var sizing: SizingOptions

    @Flag(help: "Name models that do not fit too.")
    var all = false

    @OptionGroup var common: CommonOptions

    @Option(help: "How the list is put out.")
    var format = TableFormat.text

    /// The formats that are tried, from the widest to the narrowest.
    static let formats = [
        "bf16", "fp8", "int8", "Q8_0", "Q6_K", "Q5_K_M", "nvfp4", "awq", "Q4_K_M", "Q3_K_M", "Q2_K",
    ]

    /// A question in several formats.
    static func questions(_ question: SizingQuestion, in names: [String] = formats) -> [SizingQuestion] {
        names.compactMap { WeightFormat($0) }.compactMap { format in
            ModelFootprint(
                question.model.architecture, as: format, cacheBytes: question.model.cacheBytes
            ).map { SizingQuestion($0, workload: question.workload, isAssumed: question.isAssumed) }
        }
    }

    func validate() throws {
        if !(1...4_096).contains(count) { throw ValidationError("--count takes a number from 1") }
    }

    func run(on console: Console) throws -> ExitStatus {
        let catalog = try common.hardware(andModel: nil, on: console)
        let card = try catalog.requiredAccelerator(gpu)
        var table = ResultTable([
            .init("model", key: "model"), .init("parameters", key: "parameters_billion"),
            .init("format", key: "format"), .init("verdict", key: "verdict"),
            .init("GiB a card", key: "needed_gib"),
            .init("context", key: "context_tokens"), .init("at a time", key: "concurrency"),
            .init("tok/s", key: "tokens_per_s"),
        ])
        var left = 0
        for model in sorted(catalog.models) {
            guard let question = sizing.question(model) else { continue }
            if let row = row(model, question, on: card) {
                table.rows.append(row)
            } else {
                left += 1
                if all {
                    table.rows.append([
                        .text(model.id.text), size(model), .text("–"), .text("no"), .none, .none, .none,
                        .none,
                    ])
                }
            }
        }
        table.notes = [
            "\(count) × \(card.name); context with \(sizing.workload.concurrency) at a time, users at "
                + "\(sizing.workload.contextTokens) tokens each. \(left) open models do not fit in any format."
        ]
        console.output(table.rendered(as: format))
        return .clean
    }

    private func sorted(_ models: [Model]) -> [Model] {
        models.filter(\.hasOpenWeights).sorted { left, right in
            let (a, b) = (left.parameters?.total.value ?? 0, right.parameters?.total.value ?? 0)
            return a != b ? a > b : left.id < right.id
        }
    }

    private func size(_ model: Model) -> ResultTable.Cell {
        model.parameters.map { .number(Double($0.total.value) / 1e9, decimals: 1) } ?? .none
    }

    /// The widest format that fits.
    private func row(_ model: Model, _ question: SizingQuestion, on card: Accelerator) -> [ResultTable.Cell]?
    {
        for question in sizing.precision == nil ? FitsCommand.questions(question) : [question] {
            let serving = sizing.serving(card, question.model.format)
            guard let answer = try? SizingAnswer.best(question, on: serving, count: count),
                answer.verdict != .no
            else { continue }
            return [
                .text(model.id.text), size(model), .text(question.model.format.description),
                .text(answer.verdict.rawValue),
                .number(answer.needed.point / SizeTables.gib, decimals: 1),
                SizingSolver.context(question, on: serving, layout: answer.layout).map { .integer($0) }
                    ?? .none,
                SizingSolver.concurrency(question, on: serving, layout: answer.layout).map { .integer($0) }
                    ?? .none,
                answer.speed.map { .number($0.tokensPerSecond.point, decimals: 0) } ?? .none,
            ]
        }
        return nil
    }
}
