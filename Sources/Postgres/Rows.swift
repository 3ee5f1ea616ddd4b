import CPostgres

/// What a statement answered: rows in binary format, or a count.
///
/// Rows and columns count from zero; one that does not exist is a programmer's error. Reading a field throws when
/// it is null or of another type: ask `isNull` first where a column may be null.
@safe
package struct Rows: ~Copyable {
    private let result: OpaquePointer
    /// How many rows there are.
    package let count: Int
    package let columnCount: Int

    /// Takes over a result.
    @unsafe
    init(_ result: OpaquePointer) {
        unsafe self.result = unsafe result
        count = Int(unsafe PQntuples(result))
        columnCount = Int(unsafe PQnfields(result))
    }

    deinit {
        unsafe PQclear(result)
    }

    /// How many rows the statement inserted, updated, deleted or gave; 0 for others.
    package var affectedCount: Int {
        unsafe Int(String(cString: PQcmdTuples(result))) ?? 0
    }

    /// The statement's tag, `INSERT 0 1`.
    var commandTag: String { unsafe String(cString: PQcmdStatus(result)) }

    var isFailure: Bool {
        let status = unsafe PQresultStatus(result)
        return status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE
    }

    /// True when the statement was left out since one before it in the pipeline failed.
    var isAborted: Bool { unsafe PQresultStatus(result) == PGRES_PIPELINE_ABORTED }
    var isSync: Bool { unsafe PQresultStatus(result) == PGRES_PIPELINE_SYNC }
    var isCopyIn: Bool { unsafe PQresultStatus(result) == PGRES_COPY_IN }
    var isCopy: Bool {
        let status = unsafe PQresultStatus(result)
        return status == PGRES_COPY_IN || status == PGRES_COPY_OUT || status == PGRES_COPY_BOTH
    }

    /// libpq's own words for a failure; empty for other results.
    var errorMessage: String { unsafe String(cString: PQresultErrorMessage(result)) }

    func errorField(_ field: ErrorField) -> String? {
        unsafe field.text(of: result)
    }

    /// The name of a column.
    package func columnName(_ column: Int) -> String {
        precondition(column >= 0 && column < columnCount, "no such column")
        return unsafe PQfname(result, Int32(column)).map { unsafe String(cString: $0) } ?? ""
    }

    /// Whether a field is null.
    package func isNull(_ row: Int, _ column: Int) -> Bool {
        checkPlace(row, column)
        return unsafe PQgetisnull(result, Int32(row), Int32(column)) == 1
    }

    /// Hands out the bytes of a field, which has one of the given types and is not null.
    func withField<R>(
        _ row: Int, _ column: Int, _ types: [UInt32], _ body: (Span<UInt8>) -> R?
    ) throws(PostgresError) -> R {
        guard !isNull(row, column) else { throw fault("is null", column) }
        guard unsafe types.contains(PQftype(result, Int32(column))) else {
            throw fault("is of another type than asked for", column)
        }
        let length = Int(unsafe PQgetlength(result, Int32(row), Int32(column)))
        let bytes = unsafe UnsafeRawBufferPointer(
            start: PQgetvalue(result, Int32(row), Int32(column)), count: length)
        guard let value = unsafe body(bytes.bindMemory(to: UInt8.self).span) else {
            throw fault("holds what has no equal here", column)
        }
        return value
    }

    /// Hands out the bytes of a field of any type that is not null.
    func withAnyField<R>(_ row: Int, _ column: Int, _ body: (Span<UInt8>) -> R) -> R {
        checkPlace(row, column)
        let length = Int(unsafe PQgetlength(result, Int32(row), Int32(column)))
        let bytes = unsafe UnsafeRawBufferPointer(
            start: PQgetvalue(result, Int32(row), Int32(column)), count: length)
        return unsafe body(bytes.bindMemory(to: UInt8.self).span)
    }

    private func checkPlace(_ row: Int, _ column: Int) {
        precondition(row >= 0 && row < count && column >= 0 && column < columnCount, "no such field")
    }

    private func fault(_ what: String, _ column: Int) -> PostgresError {
        var error = PostgresError(.value, "read", "a field \(what)")
        error.column = columnName(column)
        return error
    }
}
