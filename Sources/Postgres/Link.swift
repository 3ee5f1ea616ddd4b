import CPostgres
import Glibc

/// Owns libpq's connection, and is the one place where libpq is called.
///
/// Every call that may reach the server is counted, may be broken by a fault plan, and is refused once the
/// connection is of no more use. A `Connection` is its only lasting holder, so that there is one user at a time.
@safe
final class Link {
    private let handle: OpaquePointer
    private let faults: FaultPlan?
    private let noticeLog: NoticeLog
    /// How long the server may be silent while we wait for it.
    private let silenceMilliseconds: Int32?
    /// A call was refused or the protocol lost its step: what libpq thinks of the connection no longer counts.
    private var isSpoiled = false

    /// Takes over a connection that libpq has begun to make.
    init(_ handle: OpaquePointer, _ settings: ConnectionSettings, silenceMilliseconds: Int?) {
        unsafe self.handle = unsafe handle
        faults = settings.faults
        noticeLog = NoticeLog(handler: settings.onNotice)
        self.silenceMilliseconds = silenceMilliseconds.map { Int32(clamping: $0) }
        let context = unsafe Unmanaged.passUnretained(noticeLog).toOpaque()
        unsafe PQsetErrorVerbosity(handle, PQERRORS_SQLSTATE)
        unsafe PQsetNoticeReceiver(
            handle,
            { context, result in
                guard let context = unsafe context, let result = unsafe result else { return }
                let log = unsafe Unmanaged<NoticeLog>.fromOpaque(context).takeUnretainedValue()
                unsafe log.add(Notice(result))
            }, context)
    }

    deinit {
        unsafe PQfinish(handle)
    }

    /// Makes one call that may reach the server.
    func call<R>(_ operation: Operation, _ body: (OpaquePointer) -> R) throws(PostgresError) -> R {
        guard !isSpoiled else {
            throw PostgresError(
                .connection, operation.rawValue, "the connection is unusable since an earlier failure",
                sqlState: "08003")
        }
        if let faults, !faults.admit(operation, socket: socket) {
            isSpoiled = true
            throw PostgresError(.connection, operation.rawValue, "refused by a fault plan", sqlState: "08006")
        }
        return unsafe body(handle)
    }

    /// Makes one call that answers 1 when it worked.
    func check(_ operation: Operation, _ body: (OpaquePointer) -> Int32) throws(PostgresError) {
        guard unsafe try call(operation, body) == 1 else { throw failure(operation) }
    }

    /// The next result; nil at the end of a statement's results.
    func receive() throws(PostgresError) -> Rows? {
        var isSilent = false
        let result = unsafe try call(.receive) { handle -> OpaquePointer? in
            isSilent = unsafe !wait(handle) { _ in unsafe PQisBusy(handle) == 0 }
            return unsafe isSilent ? nil : PQgetResult(handle)
        }
        guard !isSilent else { throw silence(.receive) }
        return unsafe result.map { unsafe Rows($0) }
    }

    /// Makes one call that sends a piece of a COPY, and has the system take it: memory holds one piece at a time.
    func sendPiece(_ body: (OpaquePointer) -> Int32) throws(PostgresError) {
        var isSilent = false
        try unsafe check(.copyData) { handle in
            let status = unsafe body(handle)
            isSilent = unsafe !wait(handle) { hasUnsent in !hasUnsent }
            return status
        }
        guard !isSilent else { throw silence(.copyData) }
    }

    /// Goes on sending and taking until something is done or has failed, which the next call tells; false when the
    /// server neither sent nor took a byte for too long.
    private func wait(_ handle: OpaquePointer, until isDone: (_ hasUnsent: Bool) -> Bool) -> Bool {
        while true {
            let unsent = unsafe PQflush(handle)
            if unsent < 0 || isDone(unsent > 0) { return true }
            var descriptor = unsafe pollfd(
                fd: PQsocket(handle), events: Int16(POLLIN | (unsent > 0 ? POLLOUT : 0)), revents: 0)
            let ready = unsafe poll(&descriptor, 1, silenceMilliseconds ?? -1)
            if ready == 0 { return false }
            if ready < 0, errno != EINTR { return true }
            if ready > 0, descriptor.revents != POLLOUT, unsafe PQconsumeInput(handle) == 0 { return true }
        }
    }

    /// The error of a server that is there and does nothing: it may still do what it was told, or be stopped.
    private func silence(_ operation: Operation) -> PostgresError {
        isSpoiled = true
        let (seconds, rest) = (silenceMilliseconds ?? 0).quotientAndRemainder(dividingBy: 1_000)
        let time = rest == 0 ? "\(seconds) s" : "\(seconds * 1_000 + rest) ms"
        return PostgresError(
            .connection, operation.rawValue, "the server has neither sent nor taken a byte for \(time)",
            sqlState: "08006")
    }

    /// From now on no call waits by itself.
    func stopBlocking() {
        unsafe _ = PQsetnonblocking(handle, 1)
    }

    /// Takes all results of what was sent, and gives the last; throws the first error among them.
    func receiveAll() throws(PostgresError) -> Rows {
        var last: Rows?
        var failure: PostgresError?
        while let rows = try receive() {
            if let error = rows.failure(isConnected: isConnected) { failure = failure ?? error }
            guard !rows.isCopy else { throw spoil(.receive, "COPY has its own function") }
            last = consume rows
        }
        if let failure { throw failure }
        guard let last = last.take() else { throw self.failure(.receive) }
        return last
    }

    /// Gives the connection up; the error to throw for it.
    func spoil(_ operation: Operation, _ message: String) -> PostgresError {
        isSpoiled = true
        return PostgresError(.misuse, operation.rawValue, message)
    }

    /// What libpq says of a call that did not work.
    func failure(_ operation: Operation) -> PostgresError {
        let text = ErrorText.firstLine(errorMessage)
        let isLost = !isConnected
        return PostgresError(
            isLost ? .connection : .misuse, operation.rawValue, text.isEmpty ? "no answer" : text,
            sqlState: isLost ? "08006" : nil)
    }

    /// libpq's own words for the last failure; they may quote the URL.
    var errorMessage: String { unsafe String(cString: PQerrorMessage(handle)) }

    /// True when the server asked for a password and there was none.
    var lacksPassword: Bool { unsafe PQconnectionNeedsPassword(handle) == 1 }

    /// The descriptor of the socket, −1 when there is none.
    var socket: Int32 { unsafe PQsocket(handle) }

    /// Whether the server's end is open still. libpq alone does not tell after a failure: a connection on which it could
    /// not write it takes for a good one until it has read all that came before.
    var isConnected: Bool {
        guard !isBroken, socket >= 0 else { return false }
        var descriptor = pollfd(fd: socket, events: 0, revents: 0)
        let isHungUp = unsafe poll(&descriptor, 1, 0) > 0
        return !isHungUp
    }

    /// True when the connection is lost or was given up.
    var isBroken: Bool {
        unsafe isSpoiled || PQstatus(handle) == CONNECTION_BAD
    }

    var transactionStatus: TransactionStatus {
        guard !isBroken else { return .unknown }
        switch unsafe PQtransactionStatus(handle) {
        case PQTRANS_IDLE: return .idle
        case PQTRANS_ACTIVE: return .active
        case PQTRANS_INTRANS: return .inTransaction
        case PQTRANS_INERROR: return .failed
        default: return .unknown
        }
    }

    /// The server's version as one number, 150018 for 15.18; 0 when the connection is lost.
    var serverVersion: Int { Int(unsafe PQserverVersion(handle)) }

    /// The server's process for this connection.
    var serverProcess: Int { Int(unsafe PQbackendPID(handle)) }

    func takeNotices() -> [Notice] {
        noticeLog.take()
    }

    /// A handle that cancels what runs on this connection; nil when the connection is lost.
    func makeCancelHandle() -> CancelHandle? {
        guard let cancel = unsafe PQgetCancel(handle) else { return nil }
        return unsafe CancelHandle(cancel, faults: faults)
    }
}
