import CHiredis
import Glibc

/// Owns hiredis's connection, and is the one place where the server is spoken to.
///
/// hiredis connects and reads the protocol. Sending and waiting are done here: hiredis would wait for each part of an
/// answer as long as for the whole, and a peer that has gone would end the process with SIGPIPE.
@safe
struct RedisLink: ~Copyable {
    private let context: UnsafeMutablePointer<redisContext>
    private let faults: RedisFaults?
    private let timeoutMilliseconds: Int

    /// The most that one answer may take: a page of keys is a hundredth of it.
    private static let answerLimit = 64 << 20

    /// Connects, within the time that the settings give for each address.
    init(_ settings: RedisSettings) throws(RedisError) {
        let operation = RedisFaults.Call.connect.rawValue
        if let refusal = unsafe chiredis_open() {
            throw unsafe RedisError(.connection, operation, String(cString: refusal))
        }
        guard settings.faults?.admit(.connect, socket: -1) ?? true else {
            throw RedisError(.connection, operation, "refused by a fault plan")
        }
        let milliseconds = settings.connectTimeoutMilliseconds
        let timeout = timeval(tv_sec: milliseconds / 1_000, tv_usec: milliseconds % 1_000 * 1_000)
        let context =
            switch settings.endpoint {
            case .tcp(let host, let port): unsafe redisConnectWithTimeout(host, Int32(port), timeout)
            case .unix(let path): unsafe redisConnectUnixWithTimeout(path, timeout)
            }
        guard let context = unsafe context else {
            throw RedisError(.connection, operation, "out of memory")
        }
        guard unsafe context.pointee.err == 0 else {
            let isLate = unsafe context.pointee.err == REDIS_ERR_IO && errno == ETIMEDOUT
            let isUnknown = unsafe context.pointee.err == REDIS_ERR_OTHER
            unsafe redisFree(context)
            throw isLate
                ? RedisError(.timeout, operation, "no answer within \(milliseconds) ms")
                : RedisError(
                    .connection, operation,
                    isUnknown ? "the host has no address" : "no server takes connections there")
        }
        unsafe self.context = unsafe context
        faults = settings.faults
        timeoutMilliseconds = settings.commandTimeoutMilliseconds
    }

    deinit {
        unsafe redisFree(context)
    }

    /// Sends commands at once and gives their answers in order; after an error the connection is of no more use.
    func exchange(_ commands: [RedisCommand]) throws(RedisError) -> [RedisReply] {
        guard !commands.isEmpty else { return [] }
        let deadline = RedisLink.milliseconds() + timeoutMilliseconds
        try send(commands.flatMap(\.encoded), until: deadline)
        var replies: [RedisReply] = []
        replies.reserveCapacity(commands.count)
        for command in commands { replies.append(try receive(command.name, until: deadline)) }
        return replies
    }

    private func send(_ bytes: [UInt8], until deadline: Int) throws(RedisError) {
        try admit(.send)
        var sent = 0
        while sent < bytes.count {
            try wait(for: POLLOUT, .send, until: deadline)
            let count = unsafe bytes.withUnsafeBytes { bytes in
                unsafe Glibc.send(
                    context.pointee.fd, bytes.baseAddress?.advanced(by: sent), bytes.count - sent,
                    Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
            }
            if count < 0, errno != EINTR, errno != EAGAIN { throw lost(.send) }
            sent += max(0, count)
        }
    }

    /// The next answer, copied; hiredis reads ahead, so that most need no call of the system.
    private func receive(_ operation: String, until deadline: Int) throws(RedisError) -> RedisReply {
        try admit(.receive)
        while true {
            var answer: UnsafeMutableRawPointer?
            guard unsafe redisGetReplyFromReader(context, &answer) == REDIS_OK else { throw garbled }
            if let answer = unsafe answer {
                defer { unsafe freeReplyObject(answer) }
                return unsafe RedisReply(answer.assumingMemoryBound(to: redisReply.self), to: operation)
            }
            guard unsafe context.pointee.reader.pointee.len <= RedisLink.answerLimit else { throw garbled }
            try wait(for: POLLIN, .receive, until: deadline)
            guard unsafe redisBufferRead(context) == REDIS_OK else {
                throw unsafe context.pointee.err == REDIS_ERR_PROTOCOL ? garbled : lost(.receive)
            }
        }
    }

    private func admit(_ call: RedisFaults.Call) throws(RedisError) {
        if let faults, unsafe !faults.admit(call, socket: context.pointee.fd) {
            throw RedisError(.connection, call.rawValue, "refused by a fault plan")
        }
    }

    /// Returns when the socket is ready, or has failed, which the next use of it tells.
    private func wait(for events: Int32, _ call: RedisFaults.Call, until deadline: Int) throws(RedisError) {
        var descriptor = unsafe pollfd(fd: context.pointee.fd, events: Int16(events), revents: 0)
        while true {
            let rest = deadline - RedisLink.milliseconds()
            guard rest > 0 else {
                throw RedisError(.timeout, call.rawValue, "no answer within \(timeoutMilliseconds) ms")
            }
            let ready = unsafe poll(&descriptor, 1, Int32(clamping: rest))
            if ready > 0 || (ready < 0 && errno != EINTR) { return }
        }
    }

    private func lost(_ call: RedisFaults.Call) -> RedisError {
        RedisError(.connection, call.rawValue, "the connection was lost")
    }

    private var garbled: RedisError {
        RedisError(
            .answer, RedisFaults.Call.receive.rawValue,
            "the answer is not Redis's protocol, or beyond the limit",
            hint: "is it a Redis server?")
    }

    /// A clock that only goes forward.
    static func milliseconds() -> Int {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec * 1_000 + time.tv_nsec / 1_000_000
    }
}
