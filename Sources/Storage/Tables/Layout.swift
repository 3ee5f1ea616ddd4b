import Entities
import Postgres
import Text

/// One column of a table, and what a record says there.
struct Column<Record>: Sendable {
    let name: String
    let type: ValueType
    /// The record's value; sources that it names are noted on the way.
    let value: @Sendable (Record, inout SourceNotes) -> Value

    init(_ name: String, _ type: ValueType, _ value: @escaping @Sendable (Record) -> Value) {
        self.name = name
        self.type = type
        self.value = { record, _ in value(record) }
    }

    private init(_ name: String, source: @escaping @Sendable (Record) -> Source?) {
        self.name = name
        type = .text
        value = { record, notes in source(record).map { .text(notes.id(of: $0)) } ?? .null }
    }

    static func text(_ name: String, _ value: @escaping @Sendable (Record) -> String?) -> Column {
        Column(name, .text) { value($0).map(Value.text) ?? .null }
    }

    static func word<Word: RawRepresentable<String> & SendableMetatype>(
        _ name: String, _ value: @escaping @Sendable (Record) -> Word?
    ) -> Column {
        Column(name, .text) { value($0).map { .text($0.rawValue) } ?? .null }
    }

    static func words<Word: RawRepresentable<String> & SendableMetatype>(
        _ name: String, _ value: @escaping @Sendable (Record) -> [Word]
    ) -> Column {
        Column(name, .texts) { .texts(value($0).map(\.rawValue)) }
    }

    static func texts(_ name: String, _ value: @escaping @Sendable (Record) -> [String]) -> Column {
        Column(name, .texts) { .texts(value($0)) }
    }

    static func integer(_ name: String, _ value: @escaping @Sendable (Record) -> Int?) -> Column {
        Column(name, .integer) { value($0).map(Value.integer) ?? .null }
    }

    static func flag(_ name: String, _ value: @escaping @Sendable (Record) -> Bool?) -> Column {
        Column(name, .bool) { value($0).map(Value.bool) ?? .null }
    }

    static func number(_ name: String, _ value: @escaping @Sendable (Record) -> Number?) -> Column {
        Column(name, .numeric) { value($0).map(Value.number) ?? .null }
    }

    static func money(_ name: String, _ value: @escaping @Sendable (Record) -> Money?) -> Column {
        Column(name, .numeric) { value($0).map(Value.money) ?? .null }
    }

    static func date(_ name: String, _ value: @escaping @Sendable (Record) -> CalendarDate?) -> Column {
        Column(name, .date) { value($0).map(Value.date) ?? .null }
    }

    /// A date that may be known to the month only, as text.
    static func partialDate(
        _ name: String, _ value: @escaping @Sendable (Record) -> CalendarDate?
    ) -> Column {
        Column(name, .text) { value($0).map { .text($0.description) } ?? .null }
    }

    /// The key of a row of `sources`.
    static func source(
        _ name: String = "source_id", _ value: @escaping @Sendable (Record) -> Source?
    ) -> Column {
        Column(name, source: value)
    }

    /// Where an entity stands in its life: four columns.
    static func status(_ value: @escaping @Sendable (Record) -> Status) -> [Column] {
        [
            .word("stage") { value($0).stage },
            .date("deprecated_on") { value($0).deprecatedOn },
            .date("retires_on") { value($0).retiresOn },
            .text("replaced_by") { value($0).replacedBy },
        ]
    }
}

/// How records become rows of a table: the one place where the table's columns are listed.
struct Layout<Record>: Sendable {
    let table: Table
    let schema: TableSchema
    /// Those of the record itself: without the owner's key and the hash.
    private let columns: [Column<Record>]

    /// A table of records that belong to rows of `owner`, or to none.
    ///
    /// Of the owner's key the first `inheriting` columns lead, all as a rule; those left out stand among the record's
    /// own. `ownKey` is how many of these tell the rows under that apart. Without a hash the key must say all there is.
    init(
        _ table: Table, named name: String, owner: TableSchema? = nil, of ownerTable: Table? = nil,
        inheriting: Int? = nil, ownKey: Int, ending: TableSchema.Ending = .deleted, hasHash: Bool = true,
        _ columns: [[Column<Record>]]
    ) {
        self.table = table
        self.columns = columns.flatMap { $0 }
        let inherited = inheriting ?? owner?.keyCount ?? 0
        schema = TableSchema(
            name: name, owner: ownerTable,
            columns: (owner?.columns.prefix(inherited) ?? []) + self.columns.map(\.name)
                + (hasHash ? [TableSchema.hashColumn] : []),
            types: (owner?.types.prefix(inherited) ?? []) + self.columns.map(\.type)
                + (hasHash ? [.bytes] : []),
            keyCount: inherited + ownKey, ending: ending)
    }

    /// Adds the record's own fields. Throws where the database's types cannot hold a value.
    func append(
        _ record: Record, to fields: inout EncodedFields, _ notes: inout SourceNotes
    ) throws(PostgresError) {
        for column in columns { try fields.append(column.value(record, &notes)) }
    }
}

/// A part of an entity and its place in a list, counted from zero.
struct Numbered<Part> {
    let number: Int
    let part: Part
}

extension Column {
    /// The place in the list.
    static func number<Part>() -> Column where Record == Numbered<Part> {
        .integer("number") { $0.number }
    }
}

/// A name by which an entity is looked up.
struct LookupName {
    /// In lower case.
    let name: String
    let spelling: String
    let schemes: [Alias.Scheme]
    let match: Alias.Match

    /// The names of an entity in byte order, each once.
    static func all(_ aliases: [Alias], huggingFace: String? = nil) -> [LookupName] {
        var names: [String: LookupName] = [:]
        for alias in aliases.map(LookupName.init) where names[alias.name] == nil { names[alias.name] = alias }
        if let repo = huggingFace, names[repo.lowercased()] == nil {
            names[repo.lowercased()] = LookupName(
                name: repo.lowercased(), spelling: repo, schemes: [.huggingFace], match: .exact)
        }
        return names.values.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    static let columns: [Column<LookupName>] = [
        .text("name") { $0.name },
        .text("spelling") { $0.spelling },
        .words("schemes") { $0.schemes },
        .word("match_kind") { $0.match },
    ]
}

extension LookupName {
    init(_ alias: Alias) {
        name = alias.value.lowercased()
        spelling = alias.value
        schemes = alias.schemes
        match = alias.match
    }
}
