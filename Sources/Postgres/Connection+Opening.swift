import CPostgres
import Glibc

extension Connection {
    /// Makes a connection, within the time that the settings give.
    ///
    /// Throws `.settings` for a URL that cannot be read, else `.connection` with the server's SQLSTATE, or 08001
    /// when no server said anything.
    package static func open(_ settings: ConnectionSettings) throws(PostgresError) -> Connection {
        let own = try ownWords(of: settings.url)
        let timeout = own.connectTimeoutSeconds ?? settings.connectTimeoutSeconds
        let link = try start(settings, urlOptions: own.options)
        let deadline = milliseconds() + timeout * 1_000
        // One call, however many steps it takes: their number is chance, and calls are counted to be broken.
        let isInTime = unsafe try link.call(.negotiate) { unsafe negotiate($0, until: deadline) }
        guard isInTime else {
            throw PostgresError(
                .connection, Operation.connect.rawValue, "no answer within \(timeout) s", sqlState: "08001")
        }
        guard !link.isBroken else { throw link.connectionFailure(settings.scope) }
        link.stopBlocking()
        return Connection(link, settings)
    }

    /// Goes on with a connection until it is made or has failed; false when the deadline came first.
    private static func negotiate(_ handle: OpaquePointer, until deadline: Int) -> Bool {
        var state = PGRES_POLLING_WRITING
        while state != PGRES_POLLING_OK, state != PGRES_POLLING_FAILED {
            let events = Int16(state == PGRES_POLLING_READING ? POLLIN : POLLOUT)
            guard unsafe wait(for: PQsocket(handle), events: events, until: deadline) else { return false }
            state = unsafe PQconnectPoll(handle)
        }
        return true
    }

    /// Begins a connection without waiting for it.
    private static func start(
        _ settings: ConnectionSettings, urlOptions: String?
    ) throws(PostgresError) -> Link {
        let keywords = settings.keywords(urlOptions: urlOptions)
        let handle = unsafe withCStrings(keywords.map(\.keyword)) { names in
            unsafe withCStrings(keywords.map(\.value)) { values in
                let (names, values) = (UnsafeRawPointer(names), UnsafeRawPointer(values))
                return unsafe PQconnectStartParams(
                    names.assumingMemoryBound(to: UnsafePointer<CChar>?.self),
                    values.assumingMemoryBound(to: UnsafePointer<CChar>?.self), 1)
            }
        }
        guard let handle = unsafe handle else {
            throw PostgresError(.connection, Operation.connect.rawValue, "out of memory", sqlState: "08001")
        }
        let link = unsafe Link(
            handle, settings, silenceMilliseconds: settings.silenceMilliseconds(urlOptions: urlOptions))
        let status = unsafe try link.call(.connect) { unsafe PQstatus($0) }
        guard status != CONNECTION_BAD else { throw link.connectionFailure(settings.scope) }
        return link
    }

    /// What a URL says itself of things that the settings speak of too.
    private static func ownWords(
        of url: String
    ) throws(PostgresError) -> (options: String?, connectTimeoutSeconds: Int?) {
        if let refusal = unsafe cpostgres_open() {
            throw unsafe PostgresError(.settings, Operation.connect.rawValue, String(cString: refusal))
        }
        guard let parsed = unsafe PQconninfoParse(url, nil) else {
            // libpq's reason would quote the URL.
            throw PostgresError(
                .settings, Operation.connect.rawValue, "the database URL cannot be read",
                hint:
                    "write postgresql://user@host:5432/database, with %40 for \"@\" and %2F for \"/\" in a password"
            )
        }
        defer { unsafe PQconninfoFree(parsed) }
        var words: [String: String] = [:]
        var option = unsafe parsed
        while let keyword = unsafe option.pointee.keyword {
            if let value = unsafe option.pointee.val {
                unsafe words[String(cString: keyword)] = unsafe String(cString: value)
            }
            unsafe option += 1
        }
        let seconds = words["connect_timeout"].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
        return (words["options"], seconds)
    }

    /// True when the socket is ready before the deadline.
    private static func wait(for socket: Int32, events: Int16, until deadline: Int) -> Bool {
        var descriptor = pollfd(fd: socket, events: events, revents: 0)
        while true {
            let rest = deadline - milliseconds()
            guard rest > 0 else { return false }
            let ready = unsafe poll(&descriptor, 1, Int32(clamping: rest))
            // An interrupted wait goes on; any other failure shows in the next step of the connection.
            if ready > 0 || (ready < 0 && errno != EINTR) { return true }
        }
    }

    private static func milliseconds() -> Int {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec * 1_000 + time.tv_nsec / 1_000_000
    }
}

extension Link {
    /// Why a connection could not be made, without a word of the URL.
    fileprivate func connectionFailure(_ scope: ConnectionSettings.Scope) -> PostgresError {
        let text = errorMessage
        let operation = Operation.connect.rawValue
        if let sqlState = ErrorText.sqlState(endOf: text) {
            return PostgresError(
                .connection, operation, ErrorText.refusal(sqlState), sqlState: sqlState,
                hint: ErrorText.refusalHint(sqlState, scope))
        }
        if lacksPassword {
            return PostgresError(
                .connection, operation, "the server asks for a password, and there is none", sqlState: "28P01"
            )
        }
        return PostgresError(.connection, operation, ErrorText.connecting(text), sqlState: "08001")
    }
}
