package import Postgres

/// Brings a commit's registry into the database. One connection serves all calls, as long as it holds.
///
///     let ingest = Ingest(commit, into: settings, surroundings)
///     guard case .needed = try ingest.standing(lineage) else { … }
///     let outcome = try ingest.run(CatalogRows(catalog))
package struct Ingest: Sendable {
    /// What the person who asked has allowed.
    package struct Options: Sendable {
        /// To retire more than a slip of the hand should.
        package var allowsRetirement = false
        /// To take a commit that does not follow the database's.
        package var allowsDivergence = false
        /// To go back to a commit before the database's.
        package var rewinds = false
        /// To compare all rows by their hashes, although the database says that it holds this tree.
        package var comparesRows = false
        /// To compare all columns, whatever the hashes say, and to write what differs.
        package var repairs = false

        package init() {}
    }

    /// What the outside lends: time, sleep and chance.
    package struct Surroundings: Sendable {
        /// Microseconds since some moment, never going back.
        package let microseconds: @Sendable () -> Int
        package let sleep: @Sendable (_ milliseconds: Int) -> Void
        /// A random number from zero to a bound, the bound included.
        package let random: @Sendable (_ bound: Int) -> Int

        package init(
            microseconds: @escaping @Sendable () -> Int, sleep: @escaping @Sendable (Int) -> Void,
            random: @escaping @Sendable (Int) -> Int
        ) {
            self.microseconds = microseconds
            self.sleep = sleep
            self.random = random
        }
    }

    /// How the commit stands to what the database holds.
    package enum Standing: Sendable, Equatable {
        /// The database has no tables yet.
        case noTables
        /// The database has tables and no commit yet.
        case first
        /// The database holds this very tree, as this program writes it.
        case current(generation: Int)
        /// The database holds this very tree, as that of a commit before this one: only that is to be noted.
        case sameTree
        /// The commit comes before the one that the database holds.
        case older(generation: Int, than: String)
        /// There is something to do, or may be.
        case needed
    }

    /// How a run ended.
    package enum Outcome: Sendable {
        /// Every row was as wanted; the state row too, or it is now.
        case unchanged(generation: Int)
        /// Another ingest came first, with a commit that comes after this one.
        case older(generation: Int, than: String)
        case done(IngestPlan, generation: Int, Timing)
    }

    /// How long a run took.
    package struct Timing: Sendable {
        package let microseconds: Int
        /// While others had to wait.
        package let lockedMicroseconds: Int
    }

    let commit: RegistryCommit
    let settings: ConnectionSettings
    let surroundings: Surroundings
    let options: Options
    let session = IngestSession()

    package init(
        _ commit: RegistryCommit, into settings: ConnectionSettings, _ surroundings: Surroundings,
        options: Options = Options()
    ) {
        self.commit = commit
        self.surroundings = surroundings
        self.options = options
        var settings = settings
        settings.applicationName = "model-atlas ingest \(commit.shortID)"
        self.settings = settings
    }

    /// Looks at the state row alone. `lineage` tells how the commit stands to another one.
    ///
    /// Throws `.ancestry` when the commit may not be ingested without being told to.
    package func standing(
        _ lineage: (_ stored: String) throws(StorageError) -> Lineage
    ) throws(StorageError) -> Standing {
        let state = try retrying { (connection) throws(StorageError) in
            try RegistryState.read(&connection)
        }
        guard let state else { return .noTables }
        return try standing(to: state, lineage)
    }

    private func standing(
        to state: RegistryState, _ lineage: (_ stored: String) throws(StorageError) -> Lineage
    ) throws(StorageError) -> Standing {
        if isCurrent(state) {
            // Unless it is noted, a commit between the two could still come and be taken for the next.
            if let stored = state.commit, stored != commit.id, try lineage(stored) == .descendant {
                return .sameTree
            }
            return .current(generation: state.generation)
        }
        guard let stored = state.commit else { return .first }
        guard stored != commit.id else { return .needed }
        let lineage = try lineage(stored)
        if options.allowsDivergence, lineage != .ancestor { return .needed }
        switch lineage {
        case .descendant: return .needed
        case .ancestor:
            return options.rewinds ? .needed : .older(generation: state.generation, than: stored)
        case .diverged:
            throw StorageError(
                .ancestry,
                "the database holds \(short(stored)), and \(commit.shortID) does not come after it",
                hint: "merge or rebase, or say --allow-diverged to replace it")
        case .cannotBeProved:
            throw StorageError(
                .ancestry,
                "this clone is shallow: it cannot tell whether \(commit.shortID) comes after "
                    + "\(short(stored)), which the database holds",
                hint: "run `git fetch --unshallow`, or say --allow-diverged")
        case .unknown:
            throw StorageError(
                .ancestry,
                "the database holds \(short(stored)), which this repository does not have",
                hint:
                    "it is another repository's, or was force-pushed away: fetch it, give the right database, "
                    + "or say --allow-diverged to replace it")
        }
    }

    /// What a run would do. Writes nothing. Nil when the database has no tables yet.
    package func plan(_ rows: CatalogRows) throws(StorageError) -> IngestPlan? {
        try retrying { (connection) throws(StorageError) in
            guard let state = try RegistryState.read(&connection) else { return nil }
            return try plan(rows, from: state, &connection)
        }
    }

    /// What a run would do in an empty database.
    package func firstPlan(_ rows: CatalogRows) -> IngestPlan {
        var plan = IngestPlan(from: .empty, to: commit, rows, [:])
        plan.addParts(rows, StoredParts())
        return plan
    }

    /// Does what is to be done in one short transaction, which is tried again when others come between.
    ///
    /// `lineage` is asked as by `standing`, again for each state that the plan is made from: who came between may have
    /// brought a later commit.
    ///
    /// Throws `.retirement` when too much would be retired, `.drift` when the database does not do as planned; then
    /// nothing was written. Throws what `standing` throws.
    package func run(
        _ rows: CatalogRows,
        _ lineage: (_ stored: String) throws(StorageError) -> Lineage = { _ in .descendant }
    ) throws(StorageError) -> Outcome {
        let start = surroundings.microseconds()
        return try retrying { (connection) throws(StorageError) in
            guard let state = try RegistryState.read(&connection) else { throw Ingest.noTables }
            switch try standing(to: state, lineage) {
            case .current(let generation): return .unchanged(generation: generation)
            case .older(let generation, let stored): return .older(generation: generation, than: stored)
            case .sameTree:
                return try commit(IngestPlan(noting: commit, over: state), nil, start, &connection)
            case .needed, .first, .noTables: break
            }
            let plan = try plan(rows, from: state, &connection)
            // A verification reads the state again, whose lineage was not asked.
            guard plan.basis == state else { throw StorageError.overtaken }
            if plan.isEmpty, state.commit == commit.id, holdsTree(state) {
                return .unchanged(generation: state.generation)
            }
            if !options.allowsRetirement, let excess = plan.excessiveRetirements.first {
                // Rows were read after the state: another ingest between the two is no mistake of this commit.
                guard try RegistryState.read(&connection) == state else {
                    throw StorageError.overtaken
                }
                throw StorageError(
                    .retirement,
                    "\(excess.retired) of \(excess.current) \(excess.table.schema.name) would be retired",
                    hint: "look at --plan, and say --allow-retire if that is meant")
            }
            return try commit(plan, rows, start, &connection)
        }
    }

    /// Notes the commit of a tree that the database holds, as `standing` told. No row is looked at.
    ///
    /// Throws `.busy` when another ingest brought another tree meanwhile.
    package func note(
        _ lineage: (_ stored: String) throws(StorageError) -> Lineage
    ) throws(StorageError) -> Outcome {
        let start = surroundings.microseconds()
        return try retrying { (connection) throws(StorageError) in
            guard let state = try RegistryState.read(&connection) else { throw Ingest.noTables }
            switch try standing(to: state, lineage) {
            case .sameTree:
                return try commit(IngestPlan(noting: commit, over: state), nil, start, &connection)
            case .current(let generation): return .unchanged(generation: generation)
            case .older(let generation, let stored): return .older(generation: generation, than: stored)
            case .needed, .first, .noTables:
                throw StorageError.overtaken
            }
        }
    }

    /// Runs the transaction of a plan, and finds out what became of it when its COMMIT was not answered.
    private func commit(
        _ plan: IngestPlan, _ rows: CatalogRows?, _ start: Int, _ connection: inout Connection
    ) throws(StorageError) -> Outcome {
        let transaction = IngestTransaction(
            plan: plan, rows: rows ?? CatalogRows(), start: start, clock: surroundings.microseconds)
        var locked = 0
        do throws(StorageError) {
            locked = try transaction.run(&connection)
        } catch {
            guard error.isUnknownOutcome else { throw error }
            try settle(transaction)
        }
        let timing = Timing(microseconds: surroundings.microseconds() - start, lockedMicroseconds: locked)
        return .done(plan, generation: transaction.generation, timing)
    }

    private func isCurrent(_ state: RegistryState) -> Bool {
        !options.comparesRows && !options.repairs && holdsTree(state)
    }

    private func holdsTree(_ state: RegistryState) -> Bool {
        state.tree == commit.tree && state.hashVersion == RowBuilder.hashVersion
    }

    private func plan(
        _ rows: CatalogRows, from state: RegistryState, _ connection: inout Connection
    ) throws(StorageError) -> IngestPlan {
        if options.repairs {
            let verification = try Verification.run(rows, &connection)
            var plan = IngestPlan(repairing: verification, to: commit, rows)
            do throws(PostgresError) {
                // A verification does not see what belongs to entities that have ended.
                let parts = try StoredParts.read(of: plan.ownersToRestore, wanted: rows, &connection)
                plan.endParts(rows, parts)
            } catch {
                throw StorageError(error)
            }
            return plan
        }
        do throws(PostgresError) {
            let stored = try StoredRoots.readAll(wanted: rows, &connection)
            var plan = IngestPlan(from: state, to: commit, rows, stored)
            plan.addParts(rows, try StoredParts.read(of: plan.ownersToRead, wanted: rows, &connection))
            return plan
        } catch {
            throw StorageError(error)
        }
    }

    private static var noTables: StorageError {
        StorageError(.schema, "the database has no tables", hint: "run `registry migrate` first")
    }

    private func short(_ commit: String) -> String { String(commit.prefix(12)) }
}
