import ArgumentParser
import Commands
import Glibc
import Postgres
import Storage

/// `registry ingest`: brings the registry of a commit into the database.
struct IngestCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "ingest",
        abstract: "Brings a commit's registry into the database.",
        discussion: """
            One short transaction writes what differs and nothing else. What the registry no longer has is \
            retired, not deleted. A commit with errors is refused.
            """)

    @OptionGroup var common: CommonOptions

    @OptionGroup var database: DatabaseOptions

    @OptionGroup var cache: CacheOptions

    @Flag(help: "Write nothing; show what would change.")
    var plan = false

    @Option(help: "How the plan is put out.")
    var format = PlanFormat.text

    @Flag(help: "Retire more entities than a mistake should: over 10 and over 5 % of a kind.")
    var allowRetire = false

    @Flag(help: "Take a commit that does not come after the one in the database.")
    var allowDiverged = false

    @Flag(help: "Go back to a commit before the one in the database.")
    var rewind = false

    @Flag(help: "Compare every row by its hash, although the database says that it holds this tree.")
    var compareRows = false

    @Flag(help: "Compare every column and write what differs, whoever changed it.")
    var repair = false

    func run(on console: Console) throws -> ExitStatus {
        let settings = try database.settings(common, on: console)
        let input = try CommitInput(common.rev ?? "HEAD", common, on: console)
        var ingest = Ingest(input.commit, into: settings, .standard, options: options)
        let lineage = { (stored: String) throws(StorageError) in try input.lineage(to: stored) }
        switch try ingest.standing(lineage) {
        case .current(let generation):
            say("\(input.commit.shortID) is in the database already, generation \(generation)", on: console)
            if !plan { cleanCache(generation, on: console) }
            return .clean
        case .older(let generation, let stored):
            sayOlder(input, than: stored, generation, on: console)
            return .clean
        case .sameTree:
            if !plan, case .done(_, let generation, _) = try ingest.note(lineage) {
                cleanCache(generation, on: console)
            }
            say("\(input.commit.shortID) has the tree that is in the database", on: console)
            return .clean
        case .noTables:
            if !plan { try makeTables(settings, on: console) }
            fallthrough
        case .first:
            ingest = Ingest(try input.identifiedCommit(), into: settings, .standard, options: options)
        case .needed: break
        }
        guard let rows = try input.rows(common, on: console) else { return .findings }
        guard !plan else { return try showPlan(ingest, rows, on: console) }
        try finish(ingest.run(rows, lineage), rows, input, on: console)
        return .clean
    }

    private var options: Ingest.Options {
        var options = Ingest.Options()
        options.allowsRetirement = allowRetire
        options.allowsDivergence = allowDiverged
        options.rewinds = rewind
        options.comparesRows = compareRows
        options.repairs = repair
        return options
    }

    private func makeTables(_ settings: ConnectionSettings, on console: Console) throws {
        var connection = try Connection.open(settings)
        try RegistryMigrations.runner.migrate(&connection)
        if !common.quiet { console.errorOutput("made the tables in an empty database\n") }
    }

    private func showPlan(_ ingest: Ingest, _ rows: CatalogRows, on console: Console) throws -> ExitStatus {
        let plan = try ingest.plan(rows) ?? ingest.firstPlan(rows)
        let summary = PlanSummary(plan, rows)
        console.output(format == .json ? summary.json : summary.text)
        return .clean
    }

    private func finish(
        _ outcome: Ingest.Outcome, _ rows: CatalogRows, _ input: CommitInput, on console: Console
    ) throws {
        switch outcome {
        case .unchanged(let generation):
            say("every row is as in \(input.commit.shortID), generation \(generation)", on: console)
            cleanCache(generation, on: console)
        case .older(let generation, let stored): sayOlder(input, than: stored, generation, on: console)
        case .done(let plan, let generation, let timing):
            if !common.quiet { console.output(PlanSummary(plan, rows).text) }
            say(
                "\(input.commit.shortID) is in the database, generation \(generation), after "
                    + "\(timing.microseconds / 1_000) ms",
                on: console)
            cleanCache(generation, on: console)
        }
    }

    /// Tells the cache the generation, again where an earlier run did or could not.
    private func cleanCache(_ generation: Int, on console: Console) {
        if let warning = cache.clean(forGeneration: generation, on: console) {
            console.errorOutput("registry: warning: \(warning)\n")
        }
    }

    private func sayOlder(_ input: CommitInput, than stored: String, _ generation: Int, on console: Console) {
        say(
            "older: \(input.commit.shortID) comes before \(stored.prefix(12)) of generation \(generation); "
                + "nothing to do (--rewind goes back)", on: console)
    }

    private func say(_ sentence: String, on console: Console) {
        if !common.quiet { console.output(sentence + "\n") }
    }
}

/// How a plan is put out.
enum PlanFormat: String, CaseIterable, ExpressibleByArgument {
    case text, json

    static var allValueStrings: [String] { allCases.map(\.rawValue) }
    static var allValueDescriptions: [String: String] { [:] }
}

extension Ingest.Surroundings {
    /// The machine's own clock, sleep and chance.
    static var standard: Ingest.Surroundings {
        Ingest.Surroundings(
            microseconds: {
                var time = timespec()
                clock_gettime(CLOCK_MONOTONIC, &time)
                return time.tv_sec * 1_000_000 + time.tv_nsec / 1_000
            },
            sleep: { usleep(UInt32(clamping: $0 * 1_000)) },
            random: { Int.random(in: 0...$0) })
    }
}
