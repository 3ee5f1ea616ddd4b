import Glibc
import Redis
import TestKit
import Testing

@Suite struct ConnectionTests {
    @Test func `commands are answered, in one round trip or in several`() throws {
        try Files.withTemporaryFolder { folder in
            let redis = try ScratchRedis(in: folder)
            var connection = try RedisConnection.open(RedisSettings(url: redis.url))
            let set = try connection.call(RedisCommand("SET", "a", "1\r\n2"))
            #expect(set == .status("OK"))
            let replies = try connection.pipeline([
                RedisCommand("GET", "a"), RedisCommand("GET", "b"), RedisCommand("STRLEN", "a"),
                RedisCommand("KEYS", "*"), RedisCommand("LPUSH", "a", "x"),
            ])
            #expect(replies[0].text == Array("1\r\n2".utf8))
            #expect(replies[1...3] == [.null, .integer(4), .array([.bytes([97])])])
            guard case .refused(let error) = replies[4] else {
                Issue.record("it was not refused")
                return
            }
            #expect(error.refusal == "WRONGTYPE")
        }
    }

    @Test func `a database of the URL is selected`() throws {
        try Files.withTemporaryFolder { folder in
            let redis = try ScratchRedis(in: folder)
            var third = try RedisConnection.open(RedisSettings(url: redis.url + "?db=3"))
            try third.call(RedisCommand("SET", "a", "1"))
            var first = try RedisConnection.open(RedisSettings(url: redis.url))
            let there = try first.call(RedisCommand("GET", "a"))
            #expect(there == .null)
            let error = redisFailure {
                _ = try RedisConnection.open(RedisSettings(url: redis.url + "?db=99"))
            }
            #expect(error?.refusal == "ERR")
        }
    }

    @Test func `users and passwords sign in, wrong ones are told apart without being named`() throws {
        try Files.withTemporaryFolder { folder in
            let redis = try ScratchRedis(
                in: folder, ["--requirepass", "hunter2", "--user", "alice", "on", ">hunter3", "~*", "+get"])
            func url(_ account: String) -> String {
                redis.url.replacing("unix://", with: "unix://\(account)@", maxReplacements: 1)
            }
            _ = try RedisConnection.open(RedisSettings(url: url(":hunter2")))
            var alice = try RedisConnection.open(RedisSettings(url: url("alice:hunter3")))
            let denied = refusal(&alice, RedisCommand("SET", "a", "1"))
            #expect(denied?.refusal == "NOPERM")
            var stranger = try RedisConnection.open(RedisSettings(url: redis.url))
            let unknown = refusal(&stranger, RedisCommand("GET", "a"))
            #expect(unknown?.refusal == "NOAUTH")
            let wrong = redisFailure {
                _ = try RedisConnection.open(RedisSettings(url: url("alice:hunter9")))
            }
            #expect(wrong?.refusal == "WRONGPASS")
            for error in [denied, unknown, wrong] {
                let text = "\(String(describing: error))"
                #expect(!text.contains("hunter") && !text.contains("alice"))
            }
        }
    }

    @Test func `a server that hangs costs no more than the time there is`() throws {
        try Files.withTemporaryFolder { folder in
            let redis = try ScratchRedis(in: folder)
            var settings = try RedisSettings(url: redis.url)
            settings.commandTimeoutMilliseconds = 50
            var connection = try RedisConnection.open(settings)
            redis.server.signal(SIGSTOP)
            let error = refusal(&connection, RedisCommand("PING"))
            #expect(error?.code == .timeout)
        }
    }

    @Test func `nobody there, a name without an address, and no server of this protocol`() throws {
        Files.withTemporaryFolder { folder in
            let absent = redisFailure {
                _ = try RedisConnection.open(RedisSettings(url: "unix://\(folder)/none"))
            }
            #expect(absent?.code == .connection)
            let port = FreePort.find(1)[0]
            let closed = redisFailure {
                _ = try RedisConnection.open(RedisSettings(url: "redis://127.0.0.1:\(port)"))
            }
            #expect(closed?.message == "no server takes connections there")
        }
    }

    @Test func `after a lost connection nothing is sent into the void`() throws {
        try Files.withTemporaryFolder { folder in
            let redis = try ScratchRedis(in: folder)
            var connection = try RedisConnection.open(RedisSettings(url: redis.url))
            redis.server.signal(SIGKILL)
            redis.server.wait()
            for _ in 0..<3 { #expect(refusal(&connection, RedisCommand("PING"))?.code == .connection) }
        }
    }

    private func refusal(_ connection: inout RedisConnection, _ command: RedisCommand) -> RedisError? {
        do throws(RedisError) {
            try connection.call(command)
            return nil
        } catch {
            return error
        }
    }
}
