import ArgumentParser
import Commands
import Diagnostics
import Entities
import Pricing
import Ranking
import Text

/// `atlas rank`: which provider of a model is best, by what was measured.
struct RankCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "rank",
        abstract: "Ranks the providers of a model by uptime, speed and price.",
        discussion: """
            The measurements are a CSV file with the columns provider, kind (health or latency), time, status and ok, and of \
            latency probes ttft_ms, total_ms and output_tokens; region and profile where there are several. The formula, \
            ranking/1, is written down in docs/ranking.md.
            """)

    @Argument(help: "A model, by id, repository or alias.")
    var model: String

    @Option(help: ArgumentHelp("The measurements.", valueName: "file"))
    var telemetry: String

    @Option(
        help: ArgumentHelp(
            "The end of the week that counts, like 2026-09-01T12:00:00Z. Default: the newest probe.",
            valueName: "time"))
    var at: String?

    @Option(help: "The region that was probed from.")
    var region: String?

    @Option(help: "The kind of request that was probed with.")
    var profile: String?

    @Option(help: "How uptime counts: linear, or by its nines.")
    var uptime = RankingFormula.Uptime.linear

    @Option(help: "How the rest of an answer counts: per-token or raw.")
    var rest = RankingFormula.Rest.perToken

    @Option(help: "What is held against: anchors, or the ratio to the best.")
    var normalise = RankingFormula.Scale.anchors

    @Option(
        help: ArgumentHelp("The share of output in the price, 0 to 1. Default: 0.25.", valueName: "share"))
    var outputRatio: Share?

    @Flag(help: "Show how many points each factor gives, and from how many probes.")
    var explain = false

    @Flag(
        help: "Show the order of a published list, in which neighbours change places only when clearly ahead."
    )
    var steady = false

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "What a currency was worth in dollars on a day: EUR=1.08@2026-09-01.", valueName: "rate"))
    var rate: [ExchangeRates.Quote] = []

    @OptionGroup var common: CommonOptions

    @Option(help: "How the ranking is put out.")
    var format = TableFormat.text

    func validate() throws {
        if let at, Moment.seconds(at) == nil {
            throw ValidationError("--at takes a moment like 2026-09-01T12:00:00Z")
        }
    }

    func run(on console: Console) throws -> ExitStatus {
        let samples = try samples(on: console)
        guard let moment = at.flatMap(Moment.seconds) ?? samples.map(\.seconds).max(),
            let day = CalendarDate(secondsSinceEpoch: moment)
        else { throw Failure("\"\(telemetry)\" holds no probe") }
        let catalog = try common.catalog(on: console)
        let ranked = RankedModel(
            try catalog.requiredModel(model).id, in: catalog, on: day,
            mix: outputRatio.map { TokenMix(outputMillionths: $0.millionths) } ?? .threeToOne,
            rates: ExchangeRates(rate), samples: samples, formula: formula)
        if steady {
            var table = ResultTable([.init("", key: "place"), .init("provider", key: "provider")])
            for (index, provider) in ranked.published(at: moment).enumerated() {
                table.rows.append([.integer(index + 1), .foreign(provider.text)])
            }
            console.output(table.rendered(as: format))
        } else {
            var table = ranked.ranking(at: moment).table(isExplained: explain)
            table.notes.append("The week up to \(Moment.text(moment)).")
            console.output(table.rendered(as: format))
        }
        return .clean
    }

    private var formula: RankingFormula {
        var formula = RankingFormula()
        formula.uptime = uptime
        formula.rest = rest
        formula.scale = normalise
        return formula
    }

    /// The probes of one place and one kind of request.
    private func samples(on console: Console) throws -> [TelemetrySample] {
        let bytes = try FileStream(telemetry, on: console).bytes(limit: 256 << 20)
        let table: TelemetryTable
        do throws(TelemetryTable.Fault) {
            table = try TelemetryTable(bytes)
        } catch {
            throw Failure("\"\(telemetry)\": \(error)")
        }
        if !common.quiet, let first = table.rejected.first {
            console.errorOutput(
                "left out of \"\(telemetry)\": \(table.rejected.count); the first, line \(first.line): \(first.reason)\n"
            )
        }
        let samples = table.samples.filter { sample in
            (region ?? sample.series.region) == sample.series.region
                && (profile ?? sample.series.profile) == sample.series.profile
        }
        let series = Set(samples.map(\.series)).map(\.description).sorted()
        guard series.count <= 1 else {
            throw Failure(
                "\"\(telemetry)\" holds several series, which are never mixed: \(series.joined(separator: "; ")); choose with "
                    + "--region and --profile")
        }
        return samples
    }
}

extension RankingFormula.Uptime: ExpressibleByArgument {}
extension RankingFormula.Rest: ExpressibleByArgument {}
extension RankingFormula.Scale: ExpressibleByArgument {}
