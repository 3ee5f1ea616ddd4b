import ArgumentParser
import Commands
import Diagnostics
import Entities
import Pricing
import Sizing
import Text

/// `atlas size`: what a model needs and what it does on given accelerators.
struct SizeCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "size",
        abstract: "Says what a model needs, and how fast it is, on accelerators.",
        discussion: """
            Without --gpu, on the fewest of every kind that holds it. Every figure has a range in which it lies eight \
            times in ten. Memory is in GiB (2^30 bytes) of the fullest card. --solve asks the other way about: for the \
            largest context or batch, the fewest cards, or which formats fit.
            """)

    /// What is asked for instead of the need.
    enum Solution: String, CaseIterable, ExpressibleByArgument {
        case context, batch, count, format
    }

    @Argument(help: "A model, by id, repository or alias.")
    var model: String

    @OptionGroup var sizing: SizingOptions

    @Option(help: ArgumentHelp("The accelerator.", valueName: "accelerator"))
    var gpu: String?

    @Option(help: "How many of them. Default: the fewest that hold the model.")
    var count: Int?

    @Option(help: "Cards that share each matrix. Default: the best.")
    var tp: Int?

    @Option(help: "Groups of cards that each serve a part of the sequences and share the experts.")
    var dp: Int?

    @Option(help: "Stages of layers, one behind the other.")
    var pp: Int?

    @Option(help: ArgumentHelp("What to find: context, batch, count or format.", valueName: "what"))
    var solve: Solution?

    @Flag(help: "Set formats side by side: bf16, fp8, int8 and four bits.")
    var formats = false

    @Flag(help: "Say how the figures come about, term by term.")
    var explain = false

    @Flag(help: "Show the time to the first token against the length of the prompt.")
    var curve = false

    @Option(help: ArgumentHelp("Write a picture of memory and first token to a file.", valueName: "file"))
    var svg: String?

    @OptionGroup var common: CommonOptions

    @Option(help: "How the figures are put out.")
    var format = TableFormat.text

    /// The layout that was asked for; nil where the best is to be found.
    private var layout: Layout? {
        guard tp != nil || dp != nil || pp != nil else { return nil }
        return Layout(tensorRanks: tp ?? 1, dataRanks: dp ?? 1, pipelineStages: pp ?? 1)
    }

    func validate() throws {
        for (name, value) in [("count", count), ("tp", tp), ("dp", dp), ("pp", pp)] {
            if let value, !(1...4_096).contains(value) {
                throw ValidationError("--\(name) takes a number from 1")
            }
        }
        if let count, let layout, count != layout.cardCount {
            throw ValidationError("--count \(count) is not --tp times --dp times --pp: \(layout.cardCount)")
        }
        if gpu == nil, solve != nil || formats || curve || svg != nil || explain {
            throw ValidationError("--solve, --formats, --curve, --svg and --explain ask for a --gpu")
        }
    }

    func run(on console: Console) throws -> ExitStatus {
        let catalog =
            try gpu == nil
            ? common.market(ofModel: model, on: console) : common.hardware(andModel: model, on: console)
        let model = try catalog.requiredModel(model)
        guard let question = sizing.question(model) else {
            throw Failure(
                "\"\(model.id)\" cannot be sized: neither its architecture nor its number of parameters is known"
            )
        }
        if let gpu {
            let accelerator = try catalog.requiredAccelerator(gpu)
            let card = sizing.serving(accelerator, question.model.format)
            let answer = try answer(question, on: card)
            if let solve {
                let table = SizeTables.solution(solve, question, on: card, answer.layout) {
                    sizing.serving(accelerator, $0)
                }
                console.output(table.rendered(as: format))
                return .clean
            }
            if formats {
                let table = SizeTables.formats(question, answer.layout) {
                    sizing.serving(accelerator, $0)
                }
                console.output(table.rendered(as: format))
                return .clean
            }
            let points = curve || svg != nil ? FirstTokenCurve.points(question, answer) : []
            if let svg {
                let title = "\(model.name) on \(answer.layout.cardCount) × \(accelerator.name)"
                try console.write(MemoryChart.svg(answer, points, title: title), toFile: svg)
            }
            if curve {
                console.output(FirstTokenCurve.table(points).rendered(as: format))
                return .clean
            }
            console.output(SizeTables.parts(answer, question).rendered(as: format))
            if format == .text { console.output(MemoryChart(answer).text) }
            if explain { console.output(SizeExplanation(answer, question, of: model).text) }
            return .clean
        }
        let today = try Day.today(nil, on: console)
        console.output(everywhere(question, in: catalog, on: today).rendered(as: format))
        return .clean
    }

    private func everywhere(
        _ question: SizingQuestion, in catalog: Catalog, on day: CalendarDate
    ) -> ResultTable {
        let answers = catalog.accelerators.compactMap { accelerator in
            let card = sizing.serving(accelerator, question.model.format)
            return count.map { try? SizingAnswer.best(question, on: card, count: $0) }
                ?? SizingSolver.count(question, on: card, upTo: 16)
        }
        let engine = sizing.engine(reading: question.model.format)
        return SizeTables.everywhere(answers, SizeTables.load(question, engine)) { answer in
            catalog.lowestHourlyPrice(of: answer.card.accelerator.id, on: day)?
                .multiplied(by: answer.layout.cardCount)
        }
    }

    private func answer(_ question: SizingQuestion, on card: ServingCard) throws -> SizingAnswer {
        do throws(PlacementFault) {
            return try placed(question, on: card)
        } catch {
            throw Failure("\(card.accelerator.name): \(error.reason)")
        }
    }

    private func placed(_ question: SizingQuestion, on card: ServingCard) throws(PlacementFault)
        -> SizingAnswer
    {
        if let layout { return try SizingAnswer(question, on: card, layout: layout) }
        if let count { return try SizingAnswer.best(question, on: card, count: count) }
        if let fewest = SizingSolver.count(question, on: card) { return fewest }
        return try SizingAnswer.best(question, on: card, count: 1)
    }
}
