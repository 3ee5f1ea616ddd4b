import Diagnostics
import Documents
import Entities
import Sources
import Testing
import Text

/// Small registries and snapshots, written as JSON.
enum SourceFixtures {

    static func value(_ json: String) throws -> Value {
        try snapshot(json).json()
    }

    static func snapshot(
        _ text: String, name: String = "snapshot.json", url: String? = nil, seenOn: String = "2026-07-02"
    ) throws -> Snapshot {
        Snapshot(
            name: name, bytes: Array(text.utf8),
            origin: Origin(url: url, seenOn: try #require(CalendarDate(seenOn))))
    }

    /// A registry of entities in JSON, by the kind of each.
    static func catalog(_ entities: [(EntityKind, String)]) throws -> Catalog {
        Catalog(
            try entities.map { kind, text in
                var document = Document()
                var keys = Interner()
                var findings: [Diagnostic] = []
                var reader = JSONReader()
                try #require(
                    reader.read(
                        Array(text.utf8), path: "entity", into: &document, keys: &keys, findings: &findings))
                let record = EntityRecord(document, kind: kind, path: "entity", findings: &findings)
                return try #require(record?.entity)
            })
    }

    static func model(
        _ id: String, aliases: [String] = [], repo: String? = nil, context: Int = 131_072
    ) -> (EntityKind, String) {
        let names = aliases.map { #"{"value": "\#($0)"}"# }.joined(separator: ", ")
        let repository = repo.map { #""hugging_face": {"repo": "\#($0)"},"# } ?? ""
        return (
            .model,
            """
            {"id": "\(id)", "name": "\(id)", "vendor": "v", "variant": "instruct", "aliases": [\(names)], \(repository)
             "open_weights": true, "status": {"stage": "active"},
             "modalities": {"input": ["text"], "output": ["text"]}, "capabilities": [],
             "limits": {"context": \(context)}, "source": {"kind": "manual", "checked_on": "2026-01-01"}}
            """
        )
    }

    static func provider(_ id: String, aliases: [String] = []) -> (EntityKind, String) {
        let names = aliases.map { #"{"value": "\#($0)"}"# }.joined(separator: ", ")
        return (
            .provider,
            """
            {"id": "\(id)", "name": "\(id)", "kind": "inference", "aliases": [\(names)],
             "status": {"stage": "active"}, "source": {"kind": "manual", "checked_on": "2026-01-01"}}
            """
        )
    }
}

extension Harvest {
    func record(_ path: String) -> Record? { proposals.first { $0.path == path }?.record }

    func count(of reason: Refusal.Reason) -> Int { refusals.count { $0.reason == reason } }

    /// The rates of the first offer of a mapping by meter, in the words of the file.
    func rates(_ path: String, period: Int = 0) -> [String: String] {
        let periods = record(path)?["offers"]?.list?.first?["prices"]?.list ?? []
        guard period < periods.count else { return [:] }
        return Dictionary(
            (periods[period]["rates"]?.list ?? []).map { rate in
                (rate["meter"]?.text ?? "", "\(rate["price"]?.json ?? "")/\(rate["per"]?.json ?? "")")
            }, uniquingKeysWith: { first, _ in first })
    }
}
