import Glibc
import Postgres
import Storage
import TestKit

/// An ingest of rows in memory, in turn with bare COPY of the same rows and with a script that sends row by row.
struct IngestBenchmark {
    let offerCount: Int
    let rounds: Int
    /// Nothing when it is not to be had; its rows are then left out.
    let peer: IngestPeer?

    /// Milliseconds of each round, by what was measured.
    struct Result {
        let offerCount: Int
        let rowCount: Int
        let megabytes: Double
        fileprivate(set) var samples: [(name: String, values: [Double])] = []

        /// The median; nil when nothing was measured by that name.
        func milliseconds(_ name: String) -> Double? {
            samples.first { $0.name == name }.map { median($0.values) }
        }

        /// How many times the other's time it takes: the median over rounds of the ratios within one.
        func ratio(of name: String, to other: String) -> Double? {
            guard let values = samples.first(where: { $0.name == name })?.values,
                let others = samples.first(where: { $0.name == other })?.values
            else { return nil }
            return median(zip(values, others).map { $0 / $1 })
        }

        /// How many milliseconds it takes longer than the other: the median over rounds of the differences within one.
        func excess(of name: String, over other: String) -> Double? {
            guard let values = samples.first(where: { $0.name == name })?.values,
                let others = samples.first(where: { $0.name == other })?.values
            else { return nil }
            return median(zip(values, others).map { $0 - $1 })
        }

        fileprivate mutating func add(_ name: String, _ milliseconds: Double) {
            if let place = samples.firstIndex(where: { $0.name == name }) {
                samples[place].values.append(milliseconds)
            } else {
                samples.append((name, [milliseconds]))
            }
        }
    }

    enum Name {
        static let floor = "floor: COPY, unlogged, no index"
        static let hello = "a connection and one query"
        static let first = "first load"
        static let sameTree = "same tree"
        static let unchanged = "unchanged, by hashes"
        static let changed = "1 % changed"
        static let away = "unchanged, by hashes, 10 ms away"
        static let warmFloor = "floor, in a warm session"
        static let warmUnchanged = "unchanged, by hashes, in a warm session"
        static let warmChanged = "1 % changed, in a warm session"
        static let locked = "lock held at 1 %"
        static let encoding = "rows and hashes from the catalog"
        static let peerFirst = "psycopg, row by row: first load"
        static let peerAgain = "psycopg, row by row: unchanged"
    }

    func run() throws -> Result {
        var synthetic = SyntheticCatalog(offerCount: offerCount)
        let catalog = synthetic.catalog
        let start = milliseconds()
        let rows = try CatalogRows(catalog)
        let encoding = milliseconds() - start
        synthetic.change(each: 100)
        let changedRows = try CatalogRows(synthetic.catalog)

        var owner = try Connection.open(ScratchDatabase.serverSettings())
        try owner.execute("CREATE EXTENSION IF NOT EXISTS pg_prewarm SCHEMA public")
        let byteCount = Storage.Table.allCases.reduce(0) { $0 + rows[$1].rows.byteCount }
        var result = Result(
            offerCount: offerCount, rowCount: rows.rowCount, megabytes: Double(byteCount) / 1e6)
        for round in 0..<rounds {
            try ScratchDatabase.withSchema { settings in
                try measure(rows, changedRows, settings, &result)
                if round == 0, let peer {
                    let (first, again) = try peer.run(settings)
                    result.add(Name.peerFirst, first)
                    result.add(Name.peerAgain, again)
                }
            }
        }
        if offerCount <= 10_000 {
            try measureAway(rows, &result)
            try measureWarm(rows, changedRows, &result)
        }
        result.add(Name.encoding, encoding)
        return result
    }

    /// The same from far away: a relay holds all bytes back for five milliseconds each way.
    private func measureAway(_ rows: CatalogRows, _ result: inout Result) throws {
        try ScratchDatabase.withRelayedSchema { relay, settings, direct in
            var connection = try Connection.open(direct)
            try RegistryMigrations.runner.migrate(&connection)
            _ = try ingest(1, rows, direct)
            try settle(&connection)
            var weather = Weather()
            weather.delayMilliseconds = 5
            relay.change(to: weather)
            for _ in 0..<rounds {
                result.add(
                    Name.away, try ingest(1, rows, settings, comparesRows: true).milliseconds)
            }
        }
    }

    /// The same in a session that has done it before, as a pooler's has: a server's first look at each table is most of
    /// what a small change costs.
    private func measureWarm(
        _ rows: CatalogRows, _ changedRows: CatalogRows, _ result: inout Result
    ) throws {
        try ScratchPooler.withDatabase(sessionCount: 1) { settings, direct in
            var connection = try Connection.open(direct)
            try connection.execute("CREATE EXTENSION pg_prewarm SCHEMA public")
            try RegistryMigrations.runner.migrate(&connection)
            var (number, current) = (1, rows)
            _ = try ingest(number, current, settings)
            let tables = try makeFloor(rows, &connection)
            for _ in 0..<rounds {
                try settle(&connection)
                for isMeasured in [false, true] {
                    let floor = try copy(rows, into: tables, settings)
                    let unchanged = try ingest(number, current, settings, comparesRows: true)
                    number += 1
                    current = number.isMultiple(of: 2) ? changedRows : rows
                    let changed = try ingest(number, current, settings)
                    guard isMeasured else { continue }
                    result.add(Name.warmFloor, floor)
                    result.add(Name.warmUnchanged, unchanged.milliseconds)
                    result.add(Name.warmChanged, changed.milliseconds)
                }
            }
        }
    }

    private func measure(
        _ rows: CatalogRows, _ changedRows: CatalogRows, _ settings: ConnectionSettings,
        _ result: inout Result
    ) throws {
        var connection = try Connection.open(settings)
        try RegistryMigrations.runner.migrate(&connection)
        let tables = try makeFloor(rows, &connection)
        try settle(&connection)
        result.add(Name.floor, try copy(rows, into: tables, settings))
        for table in tables { try connection.execute("DROP TABLE floor_\(table.schema.name)") }
        try settle(&connection)
        result.add(Name.first, try ingest(1, rows, settings).milliseconds)
        try settle(&connection)
        // The first connection after a checkpoint pays for the server's own waking.
        _ = try sayHello(settings)
        result.add(Name.hello, try sayHello(settings))
        result.add(Name.sameTree, try ingest(1, rows, settings).milliseconds)
        result.add(Name.unchanged, try ingest(1, rows, settings, comparesRows: true).milliseconds)
        let changed = try ingest(2, changedRows, settings)
        result.add(Name.changed, changed.milliseconds)
        result.add(Name.locked, changed.locked)
    }

    /// Makes the floor's tables, without anything that costs, for those that have rows.
    private func makeFloor(
        _ rows: CatalogRows, _ connection: inout Connection
    ) throws -> [Storage.Table] {
        let tables = Storage.Table.allCases.filter { rows[$0].rows.count > 0 }
        for table in tables.map(\.schema) {
            let columns = table.columns.joined(separator: ", ")
            try connection.execute(
                "CREATE UNLOGGED TABLE floor_\(table.name) AS SELECT \(columns) FROM \(table.name) WITH NO DATA"
            )
        }
        return tables
    }

    /// Copies the same rows into the floor's tables; the time in milliseconds.
    private func copy(
        _ rows: CatalogRows, into tables: [Storage.Table], _ settings: ConnectionSettings
    ) throws -> Double {
        let start = milliseconds()
        // On a connection of its own, as the ingest's: what the server's session costs, it costs both.
        var loader = try Connection.open(settings)
        try loader.withTransaction { (loader) throws(PostgresError) in
            for table in tables {
                let schema = table.schema
                try loader.copy(into: "floor_" + schema.name, columns: schema.columns) {
                    (writer) throws(PostgresError) in try writer.write(rows[table].rows)
                }
            }
        }
        return milliseconds() - start
    }

    private func ingest(
        _ number: Int, _ rows: CatalogRows, _ settings: ConnectionSettings, comparesRows: Bool = false
    ) throws -> (milliseconds: Double, locked: Double) {
        let commit = RegistryCommit(
            repository: nil, id: "commit-\(number)", tree: "tree-\(number)",
            committedAt: Timestamp(microsecondsSinceEpoch: 0))
        var options = Ingest.Options()
        options.comparesRows = comparesRows
        let clock: @Sendable () -> Int = { Int(monotonicSeconds() * 1_000_000) }
        let surroundings = Ingest.Surroundings(
            microseconds: clock, sleep: { usleep(UInt32($0) * 1_000) }, random: { Int.random(in: 0...$0) })
        let start = milliseconds()
        let outcome = try Ingest(commit, into: settings, surroundings, options: options).run(rows)
        let time = milliseconds() - start
        guard case .done(_, _, let timing) = outcome else { return (time, 0) }
        return (time, Double(timing.lockedMicroseconds) / 1_000)
    }

    /// What every ingest does at the least.
    private func sayHello(_ settings: ConnectionSettings) throws -> Double {
        let start = milliseconds()
        var connection = try Connection.open(settings)
        try connection.query("SELECT 1")
        return milliseconds() - start
    }

    private func settle(_ connection: inout Connection) throws {
        try connection.execute("VACUUM ANALYZE")
        // The buffers hold the tables, as those of a server do that has run for a while: memory that the kernel still
        // has to hand out would be most of what a small change costs.
        try connection.query(
            """
            SELECT sum(public.pg_prewarm(oid)) FROM pg_class
            WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'i')
            """)
        try connection.execute("CHECKPOINT")
    }

    private func milliseconds() -> Double { monotonicSeconds() * 1_000 }
}
