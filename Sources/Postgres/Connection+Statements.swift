import CPostgres

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
}
