import Dispatch
import Glibc
import Postgres
import TestKit
import Testing

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
        let client = try #require(LocalSocket.connect(to: path))
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

    @Test func `no server behind it is a closed connection`() throws {
        try Files.withTemporaryFolder { folder in
            let relay = Relay(at: folder + "/relay", to: folder + "/nobody")
            let answer = try exchange(Self.question, at: folder + "/relay")
            #expect(answer == [])
            #expect(relay?.hasStruck == false)
        }
    }

    @Test(arguments: [Weather.CommitFault.cutBefore, .dropAnswer])
    func `a COMMIT is lost on its way there, or its answer on its way back`(fault: Weather.CommitFault) throws
    {
        try ScratchDatabase.withRelayedSchema { relay, settings, direct in
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
            #expect(try rows.integer(0, 0) == (fault == .cutBefore ? 0 : 1))
        }
    }
}
