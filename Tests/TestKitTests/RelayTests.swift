import Dispatch
import Glibc
import Postgres
import Testing

@testable import TestKit

/// The relay itself, between a client and a server of a few lines, and before PostgreSQL.
@Suite struct RelayTests {
    /// A server that answers each byte with the next one, and says what it got when the client is gone.
    private final class Counter: Sendable {
        let path: String

        init(at path: String) throws {
            self.path = path
            let listener = try #require(LocalSocket.listen(at: path))
            // A thread for each client: one that fell silent must not hold up the next.
            DispatchQueue(label: "counter").async {
                while case let client = accept(listener, nil, nil), client >= 0 {
                    var first: UInt8 = 0
                    if recv(client, &first, 1, Int32(MSG_PEEK)) == 1, first == 0xFF { break }
                    DispatchQueue(label: "client").async { Counter.serve(client) }
                }
                close(listener)
            }
        }

        private static func serve(_ client: Int32) {
            var block = [UInt8](repeating: 0, count: 4_096)
            while case let count = read(client, &block, block.count), count > 0 {
                let answer = block[..<count].map { $0 &+ 1 }
                _ = send(client, answer, answer.count, Int32(MSG_NOSIGNAL))
            }
            close(client)
        }

        deinit {
            // A client whose first byte says that there are no more.
            guard let last = LocalSocket.connect(to: path) else { return }
            _ = send(last, [0xFF], 1, Int32(MSG_NOSIGNAL))
            close(last)
        }
    }

    /// Sends bytes through the relay and gives what comes back until as many came, or the end.
    private func exchange(_ bytes: [UInt8], at path: String) throws -> [UInt8] {
        try exchange(bytes, over: #require(LocalSocket.connect(to: path)))
    }

    private func exchange(_ bytes: [UInt8], over client: Int32) throws -> [UInt8] {
        defer { close(client) }
        _ = send(client, bytes, bytes.count, Int32(MSG_NOSIGNAL))
        var answer: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 4_096)
        while answer.count < bytes.count, case let count = read(client, &block, block.count), count > 0 {
            answer += block[..<count]
        }
        return answer
    }

    private func withRelay(_ weather: Weather, _ body: (Relay, String) throws -> Void) throws {
        try Files.withTemporaryFolder { folder in
            let server = try Counter(at: folder + "/server")
            let relay = try #require(Relay(at: folder + "/relay", to: server.path, weather))
            try body(relay, folder + "/relay")
        }
    }

    /// The same by TCP.
    private func withTCPRelay(_ weather: Weather, _ body: (Relay) throws -> Void) throws {
        try Files.withTemporaryFolder { folder in
            let server = try Counter(at: folder + "/server")
            try body(#require(Relay(onTCPTo: server.path, weather)))
        }
    }

    private static let question: [UInt8] = Array(1...100)
    private static let answer: [UInt8] = Array(2...101)

    @Test func `in fair weather everything passes, whole or in slices`() throws {
        for slice in [nil, 1, 7] {
            var weather = Weather()
            weather.sliceBytes = slice
            try withRelay(weather) { relay, path in
                for _ in 0..<2 {
                    let answer = try exchange(Self.question, at: path)
                    #expect(answer == Self.answer)
                }
                #expect(relay.passed(.toServer) == 200)
                #expect(relay.passed(.toClient) == 200)
                #expect(!relay.hasStruck)
            }
        }
    }

    @Test(arguments: [0, 1, 50, 99, 100])
    func `a cut towards the client leaves exactly so many bytes, once`(byteCount: Int) throws {
        try withRelay(.cut(.toClient, after: byteCount)) { relay, path in
            let answer = try exchange(Self.question, at: path)
            #expect(answer == Array(Self.answer.prefix(byteCount)))
            #expect(relay.hasStruck)
            let next = try exchange(Self.question, at: path)
            #expect(next == Self.answer)
        }
    }

    @Test func `a cut towards the server ends the connection`() throws {
        try withRelay(.cut(.toServer, after: 10)) { relay, path in
            let answer = try exchange(Self.question, at: path)
            #expect(answer.count <= 10)
            #expect(relay.hasStruck && relay.passed(.toServer) == 10)
        }
    }

    @Test func `a delay holds every byte, and keeps the order`() throws {
        var weather = Weather()
        weather.delayMilliseconds = 5
        weather.sliceBytes = 30
        try withRelay(weather) { relay, path in
            let answer = try exchange(Self.question, at: path)
            #expect(answer == Self.answer)
        }
    }

    @Test func `silence keeps the connection open and says nothing`() throws {
        try withRelay(.silence(.toClient, after: 20)) { relay, path in
            let client = try #require(LocalSocket.connect(to: path))
            defer { close(client) }
            _ = send(client, Self.question, 100, Int32(MSG_NOSIGNAL))
            var got: [UInt8] = []
            var block = [UInt8](repeating: 0, count: 100)
            while got.count < 20, case let count = read(client, &block, block.count), count > 0 {
                got += block[..<count]
            }
            #expect(got == Array(Self.answer.prefix(20)))
            #expect(recv(client, &block, block.count, Int32(MSG_DONTWAIT)) == -1)
            #expect(errno == EAGAIN)
            let answer = try exchange(Self.question, at: path)
            #expect(answer == Self.answer)
        }
    }

    /// By a clock of its own: each turn carries a fiftieth of what a second does.
    @Test func `a slow line carries so many bytes at a time, and nothing until their time is over`() throws {
        var ends: [(near: Int32, far: Int32)] = []
        for _ in 0..<2 {
            var pair: [Int32] = [0, 0]
            try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &pair) == 0)
            ends.append((pair[0], pair[1]))
        }
        var connection = RelayedConnection(client: ends[0].near, server: ends[1].near)
        defer {
            connection.close()
            for end in ends { close(end.far) }
        }
        var weather = Weather()
        weather.bytesPerSecond = 2_000
        var rules = RelayRules(weather: weather)
        _ = send(ends[0].far, Self.question, 100, Int32(MSG_NOSIGNAL))
        connection.read(.toServer, &rules, now: 1_000)
        for (now, passed) in [(1_000, 40), (1_019, 40), (1_020, 80), (1_039, 80), (1_040, 100)] {
            connection.write(.toServer, &rules, now: now)
            #expect(rules.passed == [passed, 0], "at \(now)")
            #expect(connection.nextDue(after: now) == (passed == 100 ? nil : now < 1_020 ? 1_020 : 1_040))
        }
    }

    @Test func `what is slow arrives whole, and in order`() throws {
        var weather = Weather()
        weather.bytesPerSecond = 5_000
        try withRelay(weather) { relay, path in
            let answer = try exchange(Self.question, at: path)
            #expect(answer == Self.answer)
            #expect(relay.passed(.toServer) == 100 && !relay.hasStruck)
        }
    }

    @Test func `a server that vanishes acknowledges nothing, and is there for the next client`() throws {
        try withTCPRelay(.vanishing(.toServer, after: 10)) { relay in
            let client = try #require(TCPSocket.connect(to: relay.port))
            defer { close(client) }
            var limit: UInt32 = 200
            setsockopt(client, Int32(IPPROTO_TCP), TCP_USER_TIMEOUT, &limit, 4)
            _ = send(client, Self.question, 20, Int32(MSG_NOSIGNAL))
            while !relay.hasStruck { usleep(500) }
            _ = send(client, Self.question, 20, Int32(MSG_NOSIGNAL))
            // The system gives up what it sent last; the ten before that had their answers, or not.
            var block = [UInt8](repeating: 0, count: 100)
            var got = 0
            while case let count = read(client, &block, block.count), count > 0 { got += count }
            #expect(errno == ETIMEDOUT)
            #expect(got <= 10 && relay.passed(.toServer) == 10)
            let answer = try exchange(Self.question, over: #require(TCPSocket.connect(to: relay.port)))
            #expect(answer == Self.answer)
        }
    }

    /// To a server that adds one to each byte, a COMMIT that it answers by "ready".
    @Test(arguments: Weather.CommitFault.allCases)
    func `a connection that is reset at COMMIT says so, and one that is cut ends`(
        fault: Weather.CommitFault
    ) throws {
        try withTCPRelay(.commit(fault)) { relay in
            let client = try #require(TCPSocket.connect(to: relay.port))
            defer { close(client) }
            let bytes = Array("COMMIT\0".utf8) + [UInt8(ascii: "Y"), 255, 255, 255, 4, UInt8(ascii: "H")]
            _ = send(client, bytes, bytes.count, Int32(MSG_NOSIGNAL))
            var byte: UInt8 = 0
            let count = read(client, &byte, 1)
            let isReset = count == -1 && errno == ECONNRESET
            #expect(isReset == (fault == .resetBefore || fault == .resetAnswer))
            #expect(isReset || count == 0)
            #expect(relay.hasStruck)
            #expect(relay.passed(.toServer) == (fault.reachesServer ? bytes.count : 0))
        }
    }

    @Test func `no server behind it is a closed connection`() throws {
        try Files.withTemporaryFolder { folder in
            let relay = Relay(at: folder + "/relay", to: folder + "/nobody")
            let answer = try exchange(Self.question, at: folder + "/relay")
            #expect(answer == [])
            #expect(relay?.hasStruck == false)
        }
    }

    @Test(arguments: Weather.CommitFault.allCases)
    func `a COMMIT is lost on its way there, or its answer on its way back`(fault: Weather.CommitFault) throws
    {
        try ScratchDatabase.withRelayedSchema(overTCP: true) { relay, settings, direct in
            var observer = try Connection.open(direct)
            try observer.execute("CREATE TABLE t (a bigint PRIMARY KEY)")
            relay.change(to: .commit(fault))
            var connection = try Connection.open(settings)
            var code: PostgresError.Code?
            do {
                try connection.withTransaction { (connection) throws(PostgresError) in
                    try connection.execute("INSERT INTO t VALUES (1)")
                }
            } catch let error as PostgresError { code = error.code }
            #expect(code == .unknownOutcome)
            #expect(relay.hasStruck)
            let rows = try observer.query("SELECT count(*) FROM t")
            #expect(try rows.integer(0, 0) == (fault.reachesServer ? 1 : 0))
        }
    }
}
