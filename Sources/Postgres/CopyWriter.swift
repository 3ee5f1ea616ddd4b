import CPostgres

/// Sends rows into a table by COPY in binary format.
///
/// Rows are collected in a buffer of 64 KiB. The values must be of exactly the columns' types: the server converts
/// nothing in this format.
package struct CopyWriter: ~Copyable {
    private static let bufferLimit = 1 << 16
    /// The signature, no flags, no extension (the file format of COPY, "Binary Format").
    private static let header: [UInt8] =
        Array("PGCOPY\n".utf8) + [0xFF] + Array("\r\n".utf8) + [0] + [0, 0, 0, 0] + [0, 0, 0, 0]

    private let link: Link
    private let columnCount: Int
    private var buffer = CopyWriter.header
    /// How many rows were written.
    package private(set) var rowCount = 0

    init(_ link: Link, columnCount: Int) {
        self.link = link
        self.columnCount = columnCount
        buffer.reserveCapacity(CopyWriter.bufferLimit * 2)
    }

    /// Adds a row, one value for each column.
    package mutating func write(_ row: [Value]) throws(PostgresError) {
        guard row.count == columnCount else {
            throw PostgresError(.value, "copy", "a row of \(row.count) values for \(columnCount) columns")
        }
        buffer.append(bigEndian: Int16(row.count))
        for value in row { try value.encodeField(into: &buffer) }
        rowCount += 1
        if buffer.count >= CopyWriter.bufferLimit { try flush() }
    }

    /// Adds rows that are encoded already, straight from their buffer.
    package mutating func write(_ rows: EncodedRows) throws(PostgresError) {
        guard rows.columnCount == columnCount else {
            throw PostgresError(
                .value, "copy", "rows of \(rows.columnCount) values for \(columnCount) columns")
        }
        try flush()
        var start = 0
        while start < rows.bytes.count {
            let end = min(start + CopyWriter.bufferLimit, rows.bytes.count)
            try send(rows.bytes[start..<end])
            start = end
        }
        rowCount += rows.count
    }

    /// Sends the rest and ends the COPY; its answer is to be taken.
    mutating func end() throws(PostgresError) {
        // The trailer: a row of −1 fields.
        buffer.append(bigEndian: Int16(-1))
        try flush()
        try unsafe link.check(.endCopy) { unsafe PQputCopyEnd($0, nil) }
    }

    /// The statement that makes the server take rows.
    static func statement(_ table: String, _ columns: [String]) -> String {
        let names = columns.map(SQL.identifier).joined(separator: ", ")
        return "COPY \(SQL.identifier(table)) (\(names)) FROM STDIN (FORMAT binary)"
    }

    /// Has the server forget what was sent.
    mutating func abandon() {
        guard !link.isBroken else { return }
        _ = try? unsafe link.check(.endCopy) { unsafe PQputCopyEnd($0, "given up by the client") }
        _ = try? link.receiveAll()
    }

    private mutating func flush() throws(PostgresError) {
        try send(buffer[...])
        buffer.removeAll(keepingCapacity: true)
    }

    private func send(_ bytes: ArraySlice<UInt8>) throws(PostgresError) {
        try unsafe link.sendPiece { handle in
            unsafe bytes.withUnsafeBytes { bytes in
                unsafe PQputCopyData(
                    handle, bytes.bindMemory(to: CChar.self).baseAddress, Int32(bytes.count))
            }
        }
    }
}

extension Connection {
    /// Copies the rows that `body` writes into columns of a table, and gives how many the server stored.
    ///
    /// All or none: when `body` throws, or a row is refused, the table is as before. The table stays locked while
    /// the rows travel, and a client that falls silent holds that lock: keep to tables nobody waits for.
    @discardableResult
    package mutating func copy<Failure: PostgresFailure>(
        into table: String, columns: [String], _ body: (inout CopyWriter) throws(Failure) -> Void
    ) throws(Failure) -> Int {
        do throws(PostgresError) {
            try beginCopy(CopyWriter.statement(table, columns))
        } catch {
            throw Failure(error)
        }
        var writer = CopyWriter(link, columnCount: columns.count)
        do throws(Failure) {
            try body(&writer)
        } catch {
            writer.abandon()
            throw error
        }
        do throws(PostgresError) {
            try writer.end()
            return try link.receiveAll().affectedCount
        } catch {
            writer.abandon()
            throw Failure(error)
        }
    }

    private mutating func beginCopy(_ sql: String) throws(PostgresError) {
        try unsafe link.check(.send) { unsafe PQsendQuery($0, sql) }
        guard let answer = try link.receive() else { throw link.failure(.receive) }
        if answer.isCopyIn { return }
        let failure = answer.failure(isConnected: link.isConnected)
        _ = try? link.receiveAll()
        throw failure ?? link.failure(.receive)
    }
}
