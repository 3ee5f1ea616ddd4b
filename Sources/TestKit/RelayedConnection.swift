import Glibc

/// One connection through a relay: two sockets, and the bytes that are on their way between them.
struct RelayedConnection {
    /// The bytes that go one way.
    struct Flow {
        let source: Int32
        let sink: Int32
        /// What has arrived and is not handed on, with the millisecond from which it may be.
        var waiting: [(due: Int, bytes: ArraySlice<UInt8>)] = []
        /// The last bytes, to find a word that came in two pieces.
        var tail: [UInt8] = []
        /// The millisecond from which a slow line carries more.
        var freeAt = 0
        var isEnded = false
        var hasShutSink = false

        /// When the first of the waiting bytes may go on.
        var nextDue: Int? { waiting.first.map { max($0.due, freeAt) } }
    }

    /// Nothing goes either way any more, and nothing ends.
    var isSilent = false
    /// The client gets no acknowledgement of anything.
    private var hasVanished = false
    /// Both sockets are closed.
    private(set) var isClosed = false
    /// The answer to a COMMIT is being swallowed; then this is done.
    var faultAtAnswer: Weather.CommitFault?
    var flows: [Flow]

    /// In so many pieces a slow line carries what it carries in a second.
    private static let turnsPerSecond = 50
    /// Bytes held back at most, so that a fast sender is slowed down like by the network.
    private static let waitingLimit = 1 << 18
    /// `COMMIT` as a whole statement, in both forms of the protocol.
    private static let commit = Array("COMMIT\0".utf8)
    /// "Ready for query, no transaction open": the end of an answer.
    private static let ready: [UInt8] = [UInt8(ascii: "Z"), 0, 0, 0, 5, UInt8(ascii: "I")]

    init(client: Int32, server: Int32) {
        flows = [Flow(source: client, sink: server), Flow(source: server, sink: client)]
        for socket in [client, server] { _ = fcntl(socket, F_SETFL, O_NONBLOCK) }
    }

    /// What to wait for on the socket that a flow comes from, and on the one that it goes to.
    func events(of flow: Flow, now: Int) -> (source: Int16, sink: Int16) {
        guard !isSilent else { return (0, 0) }
        let isFull = flow.waiting.reduce(0) { $0 + $1.bytes.count } >= RelayedConnection.waitingLimit
        let isDue = flow.nextDue.map { $0 <= now } ?? false
        return (flow.isEnded || isFull ? 0 : Int16(POLLIN), isDue ? Int16(POLLOUT) : 0)
    }

    /// The next moment after this one at which waiting bytes may go on.
    func nextDue(after now: Int) -> Int? {
        isSilent ? nil : flows.compactMap(\.nextDue).filter { $0 > now }.min()
    }

    /// Reads what has come for one way.
    mutating func read(_ direction: Weather.Direction, _ rules: inout RelayRules, now: Int) {
        var block = [UInt8](repeating: 0, count: 1 << 14)
        let count = Glibc.read(flows[direction.rawValue].source, &block, block.count)
        if count < 0, errno == EAGAIN || errno == EINTR { return }
        guard count > 0 else {
            flows[direction.rawValue].isEnded = true
            return
        }
        let bytes = block[..<count]
        let seen = flows[direction.rawValue].tail + bytes
        flows[direction.rawValue].tail = Array(seen.suffix(8))
        if direction == .toServer, let fault = rules.weather.commit,
            !seen.ranges(of: RelayedConnection.commit).isEmpty
        {
            rules.strike { $0.commit = nil }
            if !fault.reachesServer { return close(byReset: fault.resets) }
            faultAtAnswer = fault
        }
        if direction == .toClient, let fault = faultAtAnswer {
            if !seen.ranges(of: RelayedConnection.ready).isEmpty { close(byReset: fault.resets) }
            return
        }
        flows[direction.rawValue].waiting.append((now + rules.weather.delayMilliseconds, bytes))
    }

    /// Hands on what is due one way, up to where the weather strikes.
    mutating func write(_ direction: Weather.Direction, _ rules: inout RelayRules, now: Int) {
        let flow = flows[direction.rawValue]
        guard let first = flow.waiting.first, let due = flow.nextDue, due <= now else { return }
        let (allowed, end) = rules.allowance(direction)
        let rate = rules.weather.bytesPerSecond
        let slice = rules.weather.sliceBytes ?? rate.map { max(1, $0 / RelayedConnection.turnsPerSecond) }
        let wanted = min(first.bytes.count, allowed, slice ?? .max)
        let count = first.bytes.prefix(wanted).withUnsafeBytes {
            send(flow.sink, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        if count < 0, errno != EAGAIN, errno != EINTR { return close() }
        let passed = max(0, count)
        rules.passed[direction.rawValue] += passed
        if let rate { flows[direction.rawValue].freeAt = now + passed * 1_000 / rate }
        if passed == first.bytes.count {
            flows[direction.rawValue].waiting.removeFirst()
        } else {
            flows[direction.rawValue].waiting[0].bytes = first.bytes.dropFirst(passed)
        }
        guard passed == allowed else { return }
        switch end {
        case .cut:
            rules.strike { $0.cut = nil }
            close()
        case .silence:
            rules.strike { $0.silence = nil }
            isSilent = true
        case .vanishing:
            guard TCPSocket.vanish(flows[Weather.Direction.toServer.rawValue].source) else { return close() }
            rules.strike { $0.vanishing = nil }
            isSilent = true
            hasVanished = true
        case nil: break
        }
    }

    /// Passes the end of one side on to the other, when all bytes before it have gone.
    mutating func passEnds() {
        guard !isSilent, !isClosed else { return }
        for index in flows.indices
        where flows[index].isEnded && flows[index].waiting.isEmpty && !flows[index].hasShutSink {
            shutdown(flows[index].sink, Int32(SHUT_WR))
            flows[index].hasShutSink = true
        }
        if flows.allSatisfy(\.hasShutSink) { close() }
    }

    mutating func close(byReset isReset: Bool = false) {
        guard !isClosed else { return }
        isClosed = true
        for flow in flows {
            // An end waits behind bytes whose acknowledgements are thrown away; a reset does not.
            if isReset || hasVanished { TCPSocket.closeByReset(flow.source) }
            Glibc.close(flow.source)
        }
    }
}

/// The weather of a relay, and how far its connections have come in it.
struct RelayRules {
    enum End {
        case cut
        case silence
        case vanishing
    }

    var weather: Weather
    /// Bytes handed on, by direction.
    var passed = [0, 0]
    var hasStruck = false
    /// All connections are to be cut at the next turn.
    var endsAll = false

    /// How many bytes may still go one way, and what then happens.
    func allowance(_ direction: Weather.Direction) -> (Int, End?) {
        let done = passed[direction.rawValue]
        let ends: [(Weather.Place?, End)] = [
            (weather.cut, .cut), (weather.silence, .silence), (weather.vanishing, .vanishing),
        ]
        for case (let place?, let end) in ends where place.direction == direction {
            return (max(0, place.byteCount - done), end)
        }
        return (.max, nil)
    }

    /// Notes that something struck, which does not strike again.
    mutating func strike(_ used: (inout Weather) -> Void) {
        used(&weather)
        hasStruck = true
    }
}
