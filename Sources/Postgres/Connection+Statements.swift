import CPostgres

/// A statement that the server has parsed, for one connection.
package struct PreparedStatement: Sendable {
    /// Its name on the server.
    package let name: String
    /// The types its arguments are sent as.
    package let types: [ValueType]

    /// Throws when the arguments are not of the declared number and types, before anything is sent.
    func check(_ arguments: [Value]) throws(PostgresError) {
        let isFitting =
            arguments.count == types.count
            && zip(arguments, types).allSatisfy { argument, type in (argument.type ?? type) == type }
        guard isFitting else {
            throw PostgresError(
                .value, "execute", "the arguments are not of the types that \"\(name)\" was prepared with")
        }
    }
}

extension Connection {
    /// Runs one or several statements without arguments, and gives the last one's count of affected rows.
    ///
    /// Several statements are one transaction, unless they say otherwise.
    @discardableResult
    package mutating func execute(_ sql: String) throws(PostgresError) -> Int {
        try unsafe link.check(.send) { unsafe PQsendQuery($0, sql) }
        return try link.receiveAll().affectedCount
    }

    /// Runs one statement with arguments (`$1`, `$2`, …) and gives its rows.
    @discardableResult
    package mutating func query(_ sql: String, _ arguments: [Value] = []) throws(PostgresError) -> Rows {
        try link.send(sql, ParameterBuffer(arguments))
        return try link.receiveAll()
    }

    /// Has the server parse a statement whose arguments will be of the given types.
    package mutating func prepare(
        _ name: String, _ sql: String, _ types: [ValueType]
    ) throws(PostgresError) -> PreparedStatement {
        try link.sendPrepare(name, sql, types)
        _ = try link.receiveAll()
        return PreparedStatement(name: name, types: types)
    }

    /// Runs a prepared statement and gives its rows.
    @discardableResult
    package mutating func query(
        _ statement: PreparedStatement, _ arguments: [Value]
    ) throws(PostgresError) -> Rows {
        try statement.check(arguments)
        try link.send(prepared: statement.name, ParameterBuffer(arguments))
        return try link.receiveAll()
    }
}

extension Link {
    /// Sends a statement with its arguments; the answer comes in binary format.
    func send(_ sql: String, _ arguments: ParameterBuffer) throws(PostgresError) {
        try unsafe check(.send) { handle in
            unsafe arguments.withPointers { count, types, values, lengths, formats in
                unsafe PQsendQueryParams(handle, sql, count, types, values, lengths, formats, 1)
            }
        }
    }

    /// Sends a prepared statement's arguments; the answer comes in binary format.
    func send(prepared name: String, _ arguments: ParameterBuffer) throws(PostgresError) {
        try unsafe check(.send) { handle in
            unsafe arguments.withPointers { count, _, values, lengths, formats in
                unsafe PQsendQueryPrepared(handle, name, count, values, lengths, formats, 1)
            }
        }
    }

    /// Sends a statement to be parsed under a name.
    func sendPrepare(_ name: String, _ sql: String, _ types: [ValueType]) throws(PostgresError) {
        let numbers = types.map(\.oid)
        try unsafe check(.send) { unsafe PQsendPrepare($0, name, sql, Int32(numbers.count), numbers) }
    }
}
