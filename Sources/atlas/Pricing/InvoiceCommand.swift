import ArgumentParser
import Commands
import Diagnostics
import Entities
import Pricing

/// `atlas invoice`: where an invoice could be lower for the same.
struct InvoiceCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "invoice",
        abstract: "Compares the lines of an invoice with what other providers charge for the same.",
        discussion: """
            The file is CSV with the columns provider, workload_type, usage_qty, usage_unit and amount_usd; model, meter, \
            date, currency and region where they are known. A line is compared with offers of the same model and the same \
            meter, at prices in force on its day. What else may take a model's place is yours to say with --floor. Every \
            line is analysed, without a match or rejected, the last two with a reason.
            """)

    @Argument(help: "The invoice; - for the input.", completion: .file())
    var file: String

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Models that are good enough in place of any billed one; \"any\" for all of the same workload.",
            valueName: "model"))
    var floor: [String] = []

    @Option(
        help: ArgumentHelp(
            "The share of output in tokens whose line names no meter, 0 to 1.", valueName: "share"))
    var outputRatio: Share?

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "What a currency was worth in dollars on a day: EUR=1.08@2026-09-01.", valueName: "rate"))
    var rate: [ExchangeRates.Quote] = []

    @Option(help: ArgumentHelp("The currency where no column says it.", valueName: "code"))
    var currency = "USD"

    @Option(help: ArgumentHelp("The day of lines that state none. Default: today, UTC.", valueName: "date"))
    var date: Day?

    @Option(parsing: .upToNextOption, help: ArgumentHelp("Suggest these providers only.", valueName: "id"))
    var provider: [String] = []

    @Flag(help: "Suggest offers for the line's region, or for all regions, only.")
    var sameRegion = false

    @Flag(help: "Suggest offers that cost nothing too; most have limits.")
    var includeFree = false

    @Option(help: "How many suggestions are listed, those that save most; up to 10000.")
    var top = 25

    @Option(help: "How many lines without a match, and how many rejected ones, are listed; up to 10000.")
    var list = 100

    @Option(help: ArgumentHelp("Write the analysis as a page to a file, too.", valueName: "file"))
    var html: String?

    @OptionGroup var common: CommonOptions

    @Option(help: "How the analysis is put out; csv holds the suggestions.")
    var format = TableFormat.text

    func validate() throws {
        for (name, value) in [("top", top), ("list", list)] where !(0...10_000).contains(value) {
            throw ValidationError("--\(name) takes a number from 0 to 10000")
        }
    }

    func run(on console: Console) throws -> ExitStatus {
        let catalog = try common.catalog(on: console)
        var reader = InvoiceReader(try terms(catalog, on: console), knowing: catalog)
        let stream = try FileStream(file, on: console)
        var progress = Progress(of: stream.byteCount, on: console, isQuiet: common.quiet)
        do {
            try stream.read { chunk in
                try reader.read(chunk)
                progress.advance(by: chunk.count)
            }
            progress.end()
            let page = try reader.finish().page
            if let html { try console.write(page.html(title: "Invoice analysis"), toFile: html) }
            console.output(page.rendered(as: format))
        } catch let fault as InvoiceFault {
            throw Failure("\"\(file)\": \(fault)")
        }
        return .clean
    }

    private func terms(_ catalog: Catalog, on console: Console) throws -> InvoiceTerms {
        var terms = InvoiceTerms(day: try Day.today(date, on: console))
        terms.currency = currency.uppercased()
        terms.exchangeRates = ExchangeRates(rate)
        terms.outputMillionths = outputRatio?.millionths
        if floor == ["any"] {
            terms.floor = .anyModel
        } else if !floor.isEmpty {
            terms.floor = .models(try floor.map { try catalog.requiredModel($0).id })
        }
        if !provider.isEmpty {
            terms.providers = Set(try provider.map { try catalog.requiredProvider($0).id })
        }
        terms.crossesRegions = !sameRegion
        terms.includesFree = includeFree
        terms.suggestionLimit = top
        terms.listLimit = list
        return terms
    }
}
