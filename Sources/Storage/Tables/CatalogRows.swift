import Digests
package import Entities
package import Postgres

/// The registry as rows: every table's, in the order of its key, with a hash for each and the hash of an entity
/// covering all that belongs to it.
package struct CatalogRows: Sendable {
    /// The rows of one table.
    package struct Section: Sendable {
        package var rows: EncodedRows
        /// Which row of the owner's table each row belongs to; empty for a table without an owner.
        package fileprivate(set) var owners: [Int32] = []
        /// The numbers of the rows in the order of their owners; empty where that is the order they stand in.
        fileprivate var byOwner: [Int32] = []
        /// The hash of each row; empty for a table without hashes.
        package fileprivate(set) var hashes: [ContentHash] = []

        /// The rows that belong to some rows of the owner; the numbers of both rise. O(log n) for each that stands alone,
        /// O(1) for each that follows the one before.
        func rows(of wanted: [Int]) -> [Int] {
            var rows: [Int] = []
            var place = 0
            for owner in wanted {
                place = firstPlace(of: owner, from: place)
                while place < owners.count, self.owner(at: place) == owner {
                    rows.append(rowNumber(place))
                    place += 1
                }
            }
            return byOwner.isEmpty ? rows : rows.sorted()
        }

        /// The number of the row that is the so-many-th in the order of owners.
        private func rowNumber(_ place: Int) -> Int { byOwner.isEmpty ? place : Int(byOwner[place]) }

        private func owner(at place: Int) -> Int { Int(owners[rowNumber(place)]) }

        /// The first place from one on whose owner is not before another: strides that double, and then a search
        /// within the last.
        private func firstPlace(of owner: Int, from start: Int) -> Int {
            var (low, stride) = (start, 1)
            while low + stride <= owners.count, self.owner(at: low + stride - 1) < owner {
                low += stride
                stride *= 2
            }
            var high = min(low + stride - 1, owners.count)
            while low < high {
                let middle = (low + high) / 2
                if self.owner(at: middle) < owner { low = middle + 1 } else { high = middle }
            }
            return low
        }
    }

    private var sections = Table.allCases.map {
        Section(rows: EncodedRows(columnCount: $0.schema.columns.count))
    }

    package subscript(table: Table) -> Section { sections[table.rawValue] }

    /// No rows.
    init() {}

    /// The rows of a catalog. Throws where the database's types cannot hold a value. O(n).
    package init(_ catalog: Catalog) throws(PostgresError) {
        var builder = RowBuilder()
        for accelerator in catalog.accelerators { try builder.add(accelerator, to: &self) }
        for model in catalog.models { try builder.add(model, to: &self) }
        for provider in catalog.providers { try builder.add(provider, to: &self) }
        for model in catalog.models {
            for mapping in catalog.mappings(ofModel: model.id) {
                let offers = mapping.offers.sorted {
                    $0.providerModelID.utf8.lexicographicallyPrecedes($1.providerModelID.utf8)
                }
                for offer in offers {
                    let record = OfferRecord(model: mapping.model, provider: mapping.provider, offer: offer)
                    try builder.add(record, to: &self)
                }
            }
            builder.addPeriods(to: &self)
        }
        try builder.addSources(to: &self)
    }

    /// How many rows all tables have.
    package var rowCount: Int { sections.reduce(0) { $0 + $1.rows.count } }

    /// Appends the periods of a model, given in the order of the offers, in the order of their keys; each with its rates.
    ///
    /// An index over rows that stand in the order of their key needs no sorting.
    fileprivate mutating func append(_ periods: [EncodedPeriod]) {
        let start = self[.pricePeriods].rows.count
        let order = periods.indices.sorted { periods[$0].id < periods[$1].id }
        var places = [Int32](repeating: 0, count: periods.count)
        for (place, number) in order.enumerated() {
            let period = periods[number]
            places[number] = Int32(start + place)
            for rate in period.rates {
                append(period.key, rate, hash: nil, owner: start + place, to: .priceRates)
            }
            append(period.fields, period.rest, hash: period.hash, owner: period.offer, to: .pricePeriods)
        }
        sections[Table.pricePeriods.rawValue].byOwner += places
    }

    fileprivate mutating func append(
        _ fields: EncodedFields, _ rest: EncodedFields, hash: ContentHash?, owner: Int?, to table: Table
    ) {
        sections[table.rawValue].rows.append(fields, rest)
        if let hash { sections[table.rawValue].hashes.append(hash) }
        if let owner { sections[table.rawValue].owners.append(Int32(owner)) }
    }
}

/// A price period as a row to be, with what the rows of its rates say besides its key.
private struct EncodedPeriod {
    let id: String
    /// Its offer's row.
    let offer: Int
    let key: EncodedFields
    let fields: EncodedFields
    let rest: EncodedFields
    let hash: ContentHash
    let rates: [EncodedFields]
}

/// The first half of the SHA-256 of a row's canonical form.
package struct ContentHash: Sendable, Hashable {
    static let byteCount = 16

    let high: UInt64
    let low: UInt64

    init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// The 16 bytes of a hash just made.
    init(_ bytes: [UInt8]) {
        func word(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }
        self.init(high: word(bytes[..<8]), low: word(bytes[8...]))
    }

    package static func == (left: ContentHash, right: ContentHash) -> Bool {
        left.high == right.high && left.low == right.low
    }

    /// Evenly spread by itself.
    package func hash(into hasher: inout Hasher) { hasher.combine(low) }
}

/// Makes rows out of entities, one entity after the other.
struct RowBuilder: ~Copyable {
    /// Of the encoding that is hashed: raised when a table's columns or their spelling change, so that every row is
    /// written anew once.
    static let hashVersion = 1

    private var notes = SourceNotes()
    /// The hashes of what belongs to the entity at hand.
    private var parts: [UInt8] = []
    /// Those of the model at hand, in the order of its offers.
    private var periods: [EncodedPeriod] = []

    mutating func addSources(to rows: inout CatalogRows) throws(PostgresError) {
        for source in notes.sources { try addRoot(source, SourceTables.sources, to: &rows) }
    }

    mutating func add(_ accelerator: Accelerator, to rows: inout CatalogRows) throws(PostgresError) {
        typealias Tables = AcceleratorTables
        var key = EncodedFields()
        try key.append(.text(accelerator.id.text))
        try add(LookupName.all(accelerator.aliases), Tables.names, key, of: .accelerators, to: &rows)
        try add(AcceleratorRate.all(accelerator.rates), Tables.rates, key, of: .accelerators, to: &rows)
        try addRoot(accelerator, Tables.accelerators, to: &rows)
    }

    mutating func add(_ model: Model, to rows: inout CatalogRows) throws(PostgresError) {
        typealias Tables = ModelTables
        var key = EncodedFields()
        try key.append(.text(model.id.text))
        let names = LookupName.all(model.aliases, huggingFace: model.huggingFace?.repo)
        try add(names, Tables.names, key, of: .models, to: &rows)
        let parameters = ParameterStatement.all(model.parameters)
        try add(parameters, Tables.parameters, key, of: .models, to: &rows)
        try add(numbered(model.weights), Tables.weights, key, of: .models, to: &rows)
        try add(numbered(model.benchmarks), Tables.benchmarks, key, of: .models, to: &rows)
        if let architecture = model.architecture {
            typealias Tables = ArchitectureTables
            try add([architecture], Tables.architectures, key, of: .models, to: &rows)
            try add(numbered(architecture.layerKinds), Tables.layers, key, of: .models, to: &rows)
            try add(numbered(architecture.pattern), Tables.runs, key, of: .models, to: &rows)
            try add(numbered(architecture.extras), Tables.extras, key, of: .models, to: &rows)
        }
        try addRoot(model, Tables.models, to: &rows)
    }

    mutating func add(_ provider: Provider, to rows: inout CatalogRows) throws(PostgresError) {
        typealias Tables = ProviderTables
        var key = EncodedFields()
        try key.append(.text(provider.id.text))
        try add(LookupName.all(provider.aliases), Tables.names, key, of: .providers, to: &rows)
        try add(numbered(provider.regions), Tables.regions, key, of: .providers, to: &rows)
        try add(numbered(provider.modelNameRules), Tables.nameRules, key, of: .providers, to: &rows)
        var rentals: [Identified<AcceleratorOffer>] = []
        var occurrences: [EncodedFields: Int] = [:]
        for offer in provider.acceleratorOffers {
            var terms = EncodedFields()
            let anonymous = Identified(id: "", part: offer)
            for column in Tables.rentalTerms { try terms.append(column.value(anonymous, &notes)) }
            rentals.append(Identified(id: contentID(terms, &occurrences), part: offer))
        }
        rentals.sort { $0.id < $1.id }
        try add(rentals, Tables.rentals, key, of: .providers, to: &rows)
        try addRoot(provider, Tables.providers, to: &rows)
    }

    mutating func add(_ record: OfferRecord, to rows: inout CatalogRows) throws(PostgresError) {
        typealias Tables = OfferTables
        var key = EncodedFields()
        for column in OfferRecord.key { try key.append(column.value(record, &notes)) }
        try add(LookupName.all(record.offer.aliases), Tables.names, key, of: .offers, to: &rows)
        try add(numbered(record.offer.rateLimits), Tables.rateLimits, key, of: .offers, to: &rows)
        try addPrices(of: record, inRow: rows[.offers].rows.count)
        try addRoot(record, Tables.offers, to: &rows)
    }

    /// Notes the periods of an offer, the next row of its table, each with its rates.
    private mutating func addPrices(of offer: OfferRecord, inRow row: Int) throws(PostgresError) {
        var key = EncodedFields()
        try key.append(.text(offer.model.text))
        var found: [(period: Identified<PeriodRecord>, rates: [EncodedFields])] = []
        var occurrences: [EncodedFields: Int] = [:]
        for period in offer.offer.prices {
            var rates: [EncodedFields] = []
            var terms = EncodedFields()
            let record = PeriodRecord(offer: offer, period: period)
            let anonymous = Identified(id: "", part: record)
            for column in PriceTables.periodTerms { try terms.append(column.value(anonymous, &notes)) }
            for rate in ConditionalRate.all(period) {
                var fields = EncodedFields()
                try PriceTables.rates.append(rate, to: &fields, &notes)
                terms.append(fields)
                rates.append(fields)
            }
            found.append((Identified(id: contentID(terms, &occurrences), part: record), rates))
        }
        found.sort { $0.period.id < $1.period.id }
        for (period, rates) in found {
            var (fields, periodKey) = (key, key)
            try periodKey.append(.text(period.id))
            try PriceTables.periods.append(period, to: &fields, &notes)
            let (hash, rest) = try hashed(fields, in: .pricePeriods)
            periods.append(
                EncodedPeriod(
                    id: period.id, offer: row, key: periodKey, fields: fields, rest: rest, hash: hash,
                    rates: rates))
        }
    }

    /// Adds the periods of the model whose offers were added last.
    mutating func addPeriods(to rows: inout CatalogRows) {
        rows.append(periods)
        periods.removeAll(keepingCapacity: true)
    }

    /// The hash of a row that belongs to the entity at hand, and the column that holds it.
    private mutating func hashed(
        _ fields: EncodedFields, in table: Table
    ) throws(PostgresError) -> (hash: ContentHash, rest: EncodedFields) {
        let hash = hash(of: fields, in: table)
        parts += hash
        var rest = EncodedFields()
        try rest.append(.bytes(hash))
        return (ContentHash(hash), rest)
    }

    /// Adds what belongs to the entity that will be the next row of `owner`.
    private mutating func add<Record>(
        _ records: [Record], _ layout: Layout<Record>, _ key: EncodedFields, of owner: Table,
        to rows: inout CatalogRows
    ) throws(PostgresError) {
        let ownerRow = rows[owner].rows.count
        for record in records {
            var fields = key
            try layout.append(record, to: &fields, &notes)
            let (hash, rest) = try hashed(fields, in: layout.table)
            rows.append(fields, rest, hash: hash, owner: ownerRow, to: layout.table)
        }
    }

    /// Adds an entity itself, after all that belongs to it.
    private mutating func addRoot<Record>(
        _ record: Record, _ layout: Layout<Record>, to rows: inout CatalogRows
    ) throws(PostgresError) {
        var fields = EncodedFields()
        try layout.append(record, to: &fields, &notes)
        let hash = hash(of: fields, in: layout.table, with: parts)
        parts.removeAll(keepingCapacity: true)
        var rest = EncodedFields()
        try rest.append(.bytes(hash))
        rows.append(fields, rest, hash: ContentHash(hash), owner: nil, to: layout.table)
    }

    /// The hash of the encoding's version, the table, the row, and of what belongs to it.
    private mutating func hash(of fields: EncodedFields, in table: Table, with parts: [UInt8] = []) -> [UInt8]
    {
        var message = [UInt8(RowBuilder.hashVersion)]
        message.reserveCapacity(64 + fields.bytes.count + parts.count)
        message += table.schema.name.utf8
        message += fields.bytes
        message += parts
        return Array(notes.hasher.digest(of: message.span).bytes.prefix(ContentHash.byteCount))
    }

    /// A key made of what the row says; the second row of an owner that says the same gets another one.
    private mutating func contentID(_ terms: EncodedFields, _ occurrences: inout [EncodedFields: Int])
        -> String
    {
        let occurrence = occurrences[terms, default: 0]
        occurrences[terms] = occurrence + 1
        var text = terms.bytes
        if occurrence > 0 { text += String(occurrence).utf8 }
        return notes.hasher.digest(of: text.span).hexadecimal(byteCount: SourceNotes.idByteCount)
    }

    private func numbered<Part>(_ parts: [Part]) -> [Numbered<Part>] {
        parts.enumerated().map { Numbered(number: $0.offset, part: $0.element) }
    }
}
