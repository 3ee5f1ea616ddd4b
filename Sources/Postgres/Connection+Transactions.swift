/// What a transaction sees of others.
package enum Isolation: String, Sendable {
    case readCommitted = "READ COMMITTED"
    case repeatableRead = "REPEATABLE READ"
    case serializable = "SERIALIZABLE"
}

extension Connection {
    /// Runs `body` within a transaction, which is committed when it returns and rolled back when it throws.
    ///
    /// Two round trips besides those of `body`. Throws `.unknownOutcome` when the connection was lost between COMMIT
    /// and its answer: the transaction may have happened. Every other error means that nothing happened.
    @discardableResult
    package mutating func withTransaction<R, Failure: PostgresFailure>(
        isolation: Isolation = .readCommitted, readOnly: Bool = false,
        _ body: (inout Connection) throws(Failure) -> R
    ) throws(Failure) -> R {
        do throws(PostgresError) {
            try execute(beginStatement(isolation, readOnly: readOnly))
        } catch {
            throw Failure(error)
        }
        let value: R
        do throws(Failure) {
            value = try body(&self)
        } catch {
            rollBack()
            throw error
        }
        do throws(PostgresError) {
            try commit()
        } catch {
            throw Failure(error)
        }
        return value
    }

    /// What begins a transaction, with the settings that are set for each.
    ///
    /// Writing is not asked for, only left out: a replica then says at the first write that it is one (25006).
    func beginStatement(_ isolation: Isolation, readOnly: Bool) -> String {
        "BEGIN ISOLATION LEVEL \(isolation.rawValue)\(readOnly ? " READ ONLY" : "")"
            + settings.transactionPrefix
    }

    /// Rolls back what is open. When even that fails the connection is lost, and the server rolls back by itself.
    mutating func rollBack() {
        guard !isBroken, transactionStatus != .idle else { return }
        _ = try? execute("ROLLBACK")
    }

    private mutating func commit() throws(PostgresError) {
        guard transactionStatus == .inTransaction else {
            let isFailed = transactionStatus == .failed
            rollBack()
            throw PostgresError(
                isBroken ? .connection : .misuse, "commit",
                isFailed ? "a statement of the transaction had failed" : "the transaction is no longer open",
                sqlState: isBroken ? "08006" : "25000")
        }
        let tag: String
        do throws(PostgresError) {
            _ = try link.send("COMMIT", ParameterBuffer([]))
            tag = try link.receiveAll().commandTag
        } catch {
            throw error.atCommit(isConnected: link.isConnected)
        }
        guard tag == "COMMIT" else {
            throw PostgresError(
                .misuse, "commit", "the server rolled the transaction back", sqlState: "25000")
        }
    }
}

extension PostgresError {
    /// This error when it came as the answer to COMMIT: only a server that stays to say so has rolled back.
    func atCommit(isConnected: Bool) -> PostgresError {
        guard !isConnected else { return self }
        var error = self
        error.code = .unknownOutcome
        error.operation = "commit"
        error.message = "the connection was lost before the answer: \(message)"
        error.sqlState = "08007"
        return error
    }
}
