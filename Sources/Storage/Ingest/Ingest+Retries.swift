import Postgres

extension Ingest {
    private static let attemptLimit = 6
    /// The longest first pause; each further one may be twice as long.
    private static let firstPauseMilliseconds = 50
    private static let longestPauseMilliseconds = 2_000

    /// Runs `body` on the ingest's connection, and again on another when it failed for a reason that passes:
    /// only those SQLSTATEs, a bounded number of times, each after a pause of random length (full jitter).
    func retrying<R>(
        _ body: (inout Connection) throws(StorageError) -> R
    ) throws(StorageError) -> R {
        var pause = Ingest.firstPauseMilliseconds
        var attempt = 1
        while true {
            do throws(StorageError) {
                var connection = try open()
                do throws(StorageError) {
                    let result = try body(&connection)
                    session.keep(connection)
                    return result
                } catch {
                    // A table or column that is gone: a migration came meanwhile, which says more.
                    if ["42P01", "42703"].contains(error.cause?.sqlState) {
                        _ = try RegistryState.read(&connection)
                    }
                    throw error
                }
            } catch {
                // A plan whose basis is gone is made again at once; all else waits its turn.
                guard error.isTransient || error.code == .busy, attempt < Ingest.attemptLimit else {
                    throw namingHolder(error)
                }
                if error.isTransient { surroundings.sleep(surroundings.random(pause)) }
                pause = min(pause * 2, Ingest.longestPauseMilliseconds)
                attempt += 1
            }
        }
    }

    /// After a COMMIT without an answer: asks the database whether the generation is there.
    ///
    /// Throws a transient error when it is not, so that the whole is tried again: should the lost transaction still
    /// be at work, the next one waits for it at the state row.
    ///
    /// Throws an error that says what is not known when the database cannot be asked.
    func settle(_ transaction: IngestTransaction) throws(StorageError) {
        let isThere: Bool
        do throws(StorageError) {
            isThere = try retrying { (connection) throws(StorageError) in
                try holds(transaction.generation, &connection)
            }
        } catch {
            throw StorageError(
                .database,
                "the connection was lost at COMMIT, and since then the database does not answer: whether "
                    + "\(commit.shortID) is in it is not known (\(error.message))",
                hint: "run it again once the database is back; what is there already is not written twice")
        }
        if !isThere {
            throw StorageError(.busy, "the connection was lost at COMMIT, and the database has not changed")
        }
    }

    /// Whether the database took this commit as that generation.
    private func holds(_ generation: Int, _ connection: inout Connection) throws(StorageError) -> Bool {
        do throws(PostgresError) {
            let rows = try connection.query(Statements.commitOfGeneration, [.integer(generation)])
            guard rows.count == 1 else { return false }
            let (id, tree) = (try rows.text(0, 0), try rows.text(0, 1))
            return id == commit.id && tree == commit.tree
        } catch {
            throw StorageError(error)
        }
    }

    /// The same error; of a lock that was not to be had, with the session that has it, as far as that can be told.
    private func namingHolder(_ error: StorageError) -> StorageError {
        guard let cause = error.cause, cause.sqlState == "55P03", let holder = LockHolder.find(settings)
        else {
            return error
        }
        return StorageError(cause, holder)
    }

    /// The connection of the call before, or another.
    private func open() throws(StorageError) -> Connection {
        if let connection = session.take() { return connection }
        do throws(PostgresError) {
            return try Connection.open(settings)
        } catch {
            throw StorageError(error)
        }
    }
}
