import CPostgres

/// Many statements sent without waiting for each answer.
///
/// Answers are read every few hundred statements, so that neither side's buffers fill while both wait. Statements
/// count from zero in the order in which they are sent.
package struct Pipeline: ~Copyable {
    /// How many statements, and bytes of arguments, may wait for their answers at most.
    private static let statementLimit = 512
    private static let byteLimit = 1 << 18

    private let link: Link
    private let onRows: ((Int, borrowing Rows) throws(PostgresError) -> Void)?
    private let wasIdle: Bool
    private var sentCount = 0
    private var waitingBytes = 0
    private var commitIndex: Int?
    private var isSynced = false
    /// The count of affected rows for each statement that was answered.
    private(set) var affectedCounts: [Int] = []

    init(
        _ link: Link, onRows: ((Int, borrowing Rows) throws(PostgresError) -> Void)?
    ) throws(PostgresError) {
        self.link = link
        self.onRows = onRows
        wasIdle = link.transactionStatus == .idle
        try unsafe link.check(.enterPipeline) { unsafe PQenterPipelineMode($0) }
    }

    /// Sends a statement with arguments, and gives its index.
    @discardableResult
    package mutating func execute(_ sql: String, _ arguments: [Value] = []) throws(PostgresError) -> Int {
        let buffer = try ParameterBuffer(arguments)
        try sending { link throws(PostgresError) in try link.send(sql, buffer) }
        return try sent(byteCount: sql.utf8.count + buffer.byteCount)
    }

    /// Sends rows that are encoded already with their statement, and gives its index.
    @discardableResult
    package mutating func execute(_ arguments: BulkArguments) throws(PostgresError) -> Int {
        try sending { link throws(PostgresError) in try link.send(arguments.sql, arguments.buffer) }
        return try sent(byteCount: arguments.sql.utf8.count + arguments.byteCount)
    }

    /// Has the server begin with what was sent so far, while the caller does something else.
    package mutating func flush() throws(PostgresError) {
        try sending { link throws(PostgresError) in
            // What the system does not take yet goes on its way while we wait for answers.
            guard try unsafe link.call(.flush, { unsafe PQflush($0) }) >= 0 else {
                throw link.failure(.flush)
            }
        }
    }

    /// Sends COMMIT as the last statement. A connection lost after this is an unknown outcome.
    package mutating func commit() throws(PostgresError) {
        commitIndex = sentCount
        try execute("COMMIT")
    }

    /// Ends the pipeline after its last statement and takes all answers; throws the first failure.
    mutating func finish() throws(PostgresError) {
        try sending { link throws(PostgresError) in
            try unsafe link.check(.sync) { unsafe PQpipelineSync($0) }
        }
        isSynced = true
        try takeAnswers(downTo: 0)
        try takeSync()
    }

    /// Ends the pipeline after a failure: what was sent outside a transaction does not happen.
    mutating func abandon() {
        guard !link.isBroken else { return }
        do throws(PostgresError) {
            if !isSynced {
                // Without it the sync would commit the statements that succeeded.
                if wasIdle { try link.send("ROLLBACK", ParameterBuffer([])) }
                try unsafe link.check(.sync) { unsafe PQpipelineSync($0) }
            }
            // An empty answer ends each statement's. A second one says that libpq awaits nothing more: the server ended
            // the session, its last words were read, and the sync will never come.
            var isDone = false
            var wasEmpty = false
            while !isDone, !link.isBroken {
                if let rows = try link.receive() {
                    (isDone, wasEmpty) = (rows.isSync, false)
                } else if wasEmpty {
                    throw link.spoil(.receive, "the pipeline ended without its sync")
                } else {
                    wasEmpty = true
                }
            }
            try unsafe link.check(.leavePipeline) { unsafe PQexitPipelineMode($0) }
        } catch {
            // The connection says itself that it is broken, and the first failure is the one to tell.
        }
    }

    private mutating func sending(
        _ send: (Link) throws(PostgresError) -> Void
    ) throws(PostgresError) {
        do throws(PostgresError) {
            try send(link)
        } catch {
            throw placed(error, at: sentCount)
        }
    }

    private mutating func sent(byteCount: Int) throws(PostgresError) -> Int {
        sentCount += 1
        waitingBytes += byteCount
        let waiting = sentCount - affectedCounts.count
        if waiting >= Pipeline.statementLimit || waitingBytes >= Pipeline.byteLimit {
            try unsafe link.check(.requestFlush) { unsafe PQsendFlushRequest($0) }
            try flush()
            // Half of them stay under way, so that the server has work while we read.
            try takeAnswers(downTo: waitingBytes >= Pipeline.byteLimit ? 0 : Pipeline.statementLimit / 2)
            waitingBytes = 0
        }
        return sentCount - 1
    }

    /// Takes answers until so many statements wait for theirs.
    private mutating func takeAnswers(downTo waiting: Int) throws(PostgresError) {
        while sentCount - affectedCounts.count > waiting {
            let index = affectedCounts.count
            do throws(PostgresError) {
                guard let rows = try link.receive() else { throw link.failure(.receive) }
                if let failure = rows.failure(isConnected: link.isConnected) { throw failure }
                guard !rows.isCopy else { throw link.spoil(.receive, "COPY is not possible in a pipeline") }
                affectedCounts.append(rows.affectedCount)
                if let onRows { try onRows(index, rows) }
                // Each statement's answer ends with an empty one.
                guard try link.receive() == nil else {
                    throw link.spoil(.receive, "a second answer to a statement")
                }
            } catch {
                throw placed(error, at: index)
            }
        }
    }

    private mutating func takeSync() throws(PostgresError) {
        do throws(PostgresError) {
            guard let rows = try link.receive(), rows.isSync else { throw link.failure(.receive) }
            try unsafe link.check(.leavePipeline) { unsafe PQexitPipelineMode($0) }
        } catch {
            throw placed(error, at: sentCount)
        }
    }

    /// The error with its statement's index, and as an unknown outcome when COMMIT was on its way.
    private func placed(_ error: PostgresError, at index: Int) -> PostgresError {
        var error = commitIndex == nil || link.isConnected ? error : error.atCommit(isConnected: false)
        error.statementIndex = index
        return error
    }
}

extension Connection {
    /// Sends the statements of `body` in one pipeline, and gives the count of affected rows of each.
    ///
    /// One round trip for all when they are few. Outside a transaction the statements are one: all happen or none.
    /// `onRows` gets the answers with rows or counts, in order, while the pipeline runs. Throws the first failure,
    /// with its statement's index; the statements after it were not run.
    @discardableResult
    package mutating func pipeline<Failure: PostgresFailure>(
        onRows: ((Int, borrowing Rows) throws(PostgresError) -> Void)? = nil,
        _ body: (inout Pipeline) throws(Failure) -> Void
    ) throws(Failure) -> [Int] {
        var pipeline: Pipeline
        do throws(PostgresError) {
            pipeline = try Pipeline(link, onRows: onRows)
        } catch {
            throw Failure(error)
        }
        let wasIdle = transactionStatus == .idle
        do throws(Failure) {
            try body(&pipeline)
            do throws(PostgresError) { try pipeline.finish() } catch { throw Failure(error) }
        } catch {
            pipeline.abandon()
            if wasIdle { rollBack() }
            throw error
        }
        return pipeline.affectedCounts
    }
}
