import ArgumentParser
import Commands
import Diagnostics
import Entities
import Git
import Pricing
import RegistryTree
import Text

/// `atlas history`: what was charged when, and how a file of the registry came to what it is.
struct HistoryCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Shows how prices and limits moved.",
        discussion: """
            Of a model, a model at a provider (provider/vendor/model), or the cards that a provider rents: every price with \
            the days it held, how far it moved, and a bar. --log shows instead which commits changed the file and what in it.
            """)

    @Argument(help: "A model, a mapping (provider/vendor/model), or a provider.")
    var id: String

    @Flag(
        help:
            "The commits that changed the file of the model, mapping or provider, and the fields that they changed."
    )
    var log = false

    @Flag(help: "With --log, only limits, prices, status and what a model can do.")
    var facts = false

    @Option(help: "With --log, at most so many commits.")
    var limit = 50

    @OptionGroup var common: CommonOptions

    @Option(help: "How the history is put out.")
    var format = TableFormat.text

    func validate() throws {
        guard (1...10_000).contains(limit) else { throw ValidationError("--limit takes a number from 1") }
    }

    func run(on console: Console) throws -> ExitStatus {
        let subject = try HistorySubject(id, in: common.catalog(on: console))
        let table = log ? try commits(of: subject, on: console) : subject.timeline.table
        console.output(table.rendered(as: format))
        return .clean
    }

    private func commits(of subject: HistorySubject, on console: Console) throws -> ResultTable {
        let history = try FileHistory(
            ofPath: subject.path, upTo: common.commit(common.rev ?? "HEAD", on: console), limit: limit)
        var table = ResultTable([
            .init("day", key: "day"), .init("commit", key: "commit"), .init("what", key: "field"),
            .init("before", key: "old"), .init("after", key: "new"), .init("message", key: "message"),
        ])
        for step in history.steps {
            let seconds = Int(clamping: step.commit.committerTime.secondsSinceEpoch)
            let day = CalendarDate(secondsSinceEpoch: seconds)
            func add(_ what: String, _ old: String?, _ new: String?) {
                table.rows.append([
                    .text(day?.description ?? ""), .text(String("\(step.commit.id)".prefix(8))),
                    .foreign(what), old.map { .foreign($0) } ?? .none, new.map { .foreign($0) } ?? .none,
                    .foreign(step.commit.summary),
                ])
            }
            if !step.isThere { add("removed", nil, nil) }
            if step.isThere, !step.wasThere { add("added", nil, nil) }
            for change in step.changes where !facts || change.topic != .other {
                add(change.name, change.old, change.new)
            }
        }
        table.notes = ["\(subject.path), the newest first."]
        if history.isCut { table.notes.append("The clone is shallow: older commits are missing.") }
        return table
    }
}

/// What a history is of.
private struct HistorySubject {
    /// Its file in the registry.
    let path: String
    let timeline: PriceTimeline

    /// Throws with the nearest name where nothing is called so.
    init(_ name: String, in catalog: Catalog) throws {
        let parts = name.split(separator: "/", maxSplits: 1).map(String.init)
        if parts.count == 2, let provider = catalog.provider(named: parts[0]),
            let model = catalog.model(named: parts[1])
        {
            path = "mappings/\(provider.id.text)/\(model.id.text).yaml"
            timeline = PriceTimeline(of: model.id, at: provider.id, in: catalog)
        } else if let provider = catalog.provider(named: name) {
            path = "providers/\(provider.id.text).yaml"
            timeline = PriceTimeline(ofRentalsBy: provider)
        } else {
            let model = try catalog.requiredModel(name)
            path = "models/\(model.id.text).yaml"
            timeline = PriceTimeline(of: model.id, in: catalog)
        }
    }
}
