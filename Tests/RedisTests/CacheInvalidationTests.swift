import Glibc
import TestKit
import Testing

@testable import Redis

@Suite struct CacheInvalidationTests {
    @Test func `old generations and the usual names go, everything else stays`() throws {
        try Files.withTemporaryFolder { folder in
            let redis = try ScratchRedis(in: folder)
            let settings = try RedisSettings(url: redis.url)
            var connection = try RedisConnection.open(settings)
            let gone = [
                "atlas:g6:a", "atlas:g1:b:c", "models:1", "model:x", "providers:", "search:q", "stats",
            ]
            let kept = [
                "atlas:g7:a", "atlas:g8:a", "atlas:gx:a", "atlas:g6", "xmodels:1", "telemetry:a", "sta",
                "session:models:",
            ]
            for key in gone + kept { try connection.call(RedisCommand("SET", key, "1")) }
            let outcome = CacheInvalidation(settings).run(generation: 7)
            #expect(outcome == .init(removedKeyCount: gone.count, warning: nil))
            #expect(try keys(&connection) == (kept + [CacheKey.mark]).sorted())
            let mark = try connection.call(RedisCommand("GET", CacheKey.mark))
            #expect(mark == .bytes(Array("7".utf8)))
        }
    }

    @Test func `the first generation of a new database clears those of another before it`() throws {
        try Files.withTemporaryFolder { folder in
            let redis = try ScratchRedis(in: folder)
            let settings = try RedisSettings(url: redis.url)
            var connection = try RedisConnection.open(settings)
            for key in ["atlas:g1:a", "atlas:g41:a"] { try connection.call(RedisCommand("SET", key, "1")) }
            #expect(CacheInvalidation(settings).run(generation: 1).removedKeyCount == 1)
            #expect(try keys(&connection) == ["atlas:g1:a", CacheKey.mark])
        }
    }

    @Test func `an ingest that comes to the cache late does not lower its mark`() throws {
        try Files.withTemporaryFolder { folder in
            let redis = try ScratchRedis(in: folder)
            let settings = try RedisSettings(url: redis.url)
            var connection = try RedisConnection.open(settings)
            for generation in [7, 8, 7] { _ = CacheInvalidation(settings).run(generation: generation) }
            #expect(try connection.call(RedisCommand("GET", CacheKey.mark)) == .bytes(Array("8".utf8)))
            _ = CacheInvalidation(settings).run(generation: 1)
            #expect(try connection.call(RedisCommand("GET", CacheKey.mark)) == .bytes(Array("1".utf8)))
        }
    }

    @Test func `many keys go in pages, also those that are not text`() throws {
        try Files.withTemporaryFolder { folder in
            let redis = try ScratchRedis(in: folder)
            let settings = try RedisSettings(url: redis.url)
            var connection = try RedisConnection.open(settings)
            _ = try connection.pipeline(
                (0..<12_345).map { RedisCommand("SET", ($0 % 3 == 0 ? "other:" : "models:") + "\($0)", "1") })
            let script = "redis.call('SET', 'models:\\255\\0\\n', '1')"
            try connection.call(RedisCommand("EVAL", script, "0"))
            #expect(CacheInvalidation(settings).run(generation: 2).removedKeyCount == 8_231)
            let left = try connection.call(RedisCommand("DBSIZE"))
            #expect(left == .integer(4_116))
        }
    }

    @Test func `a slow reader's old value is out of reach`() throws {
        try Files.withTemporaryFolder { folder in
            let redis = try ScratchRedis(in: folder)
            let settings = try RedisSettings(url: redis.url)
            var reader = try RedisConnection.open(settings)
            // The reader read generation 3, then the commit and the cleaning came, then it stores what it has.
            _ = CacheInvalidation(settings).run(generation: 4)
            try reader.call(RedisCommand("SET", CacheKey.key("models", generation: 3), "old"))
            let fresh = try reader.call(RedisCommand("GET", CacheKey.key("models", generation: 4)))
            #expect(fresh == .null)
            #expect(CacheInvalidation(settings).run(generation: 5).removedKeyCount == 1)
        }
    }

    /// Every way in which a Redis server can fail a client ends in a sentence.
    @Test func `a server that is down, full, hanging, closed or a replica makes a warning`() throws {
        try Files.withTemporaryFolder { folder in
            func warning(_ url: String) throws -> String {
                var settings = try RedisSettings(url: url)
                settings.commandTimeoutMilliseconds = 100
                return CacheInvalidation(settings).run(generation: 2).warning ?? "none"
            }
            let start = "the cache was not cleaned up: Redis "
            #expect(
                try warning("unix://\(folder)/none")
                    == start + "connect: no server takes connections there")

            let full = try ScratchRedis(in: folder, name: "full", ["--maxmemory", "1"])
            #expect(try warning(full.url) == start + "EVAL: the server has no memory left for writing (OOM)")

            let closed = try ScratchRedis(in: folder, name: "closed", ["--requirepass", "hunter2"])
            #expect(try warning(closed.url).contains("(NOAUTH); put it in the Redis URL"))

            let port = FreePort.find(1)[0]
            let replica = try ScratchRedis(
                in: folder, name: "replica", ["--replicaof", "127.0.0.1", "\(port)"])
            #expect(try warning(replica.url).contains("(READONLY); give the URL of its primary"))

            let hanging = try ScratchRedis(in: folder, name: "hanging")
            hanging.server.signal(SIGSTOP)
            #expect(try warning(hanging.url) == start + "receive: no answer within 100 ms")

            let restarted = try ScratchRedis(in: folder, name: "restarted")
            #expect(try warning(restarted.url) == "none")
            try restarted.restart()
            #expect(try warning(restarted.url) == "none")
        }
    }

    @Test func `there is an end to the time it takes`() throws {
        try Files.withTemporaryFolder { folder in
            let redis = try ScratchRedis(in: folder)
            let cleaning = CacheInvalidation(try RedisSettings(url: redis.url), limitMilliseconds: 0)
            #expect(cleaning.run(generation: 2).warning?.contains("no time to look at all keys") == true)
        }
    }

    @Test(arguments: [RedisFaults.Fault.refuse, .reset, .delay(milliseconds: 0)])
    func `whichever call breaks, a warning says so and the next run does it all`(fault: RedisFaults.Fault)
        throws
    {
        try Files.withTemporaryFolder { folder in
            let redis = try ScratchRedis(in: folder)
            var settings = try RedisSettings(url: redis.url)
            var observer = try RedisConnection.open(settings)
            var call = 0
            while true {
                call += 1
                try observer.call(RedisCommand("FLUSHALL"))
                _ = try observer.pipeline((0..<2_500).map { RedisCommand("SET", "models:\($0)", "1") })
                let faults = RedisFaults(fault, atCall: call)
                settings.faults = faults
                let outcome = CacheInvalidation(settings).run(generation: 9)
                // A reset does no harm to answers that were read ahead.
                let isHarmless =
                    fault == .delay(milliseconds: 0) || !faults.hasStruck
                    || (fault == .reset && outcome.removedKeyCount == 2_500)
                #expect((outcome.warning == nil) == isHarmless, "call \(call)")
                settings.faults = nil
                let again = CacheInvalidation(settings).run(generation: 9)
                #expect(again.warning == nil)
                #expect(try keys(&observer) == [CacheKey.mark], "call \(call)")
                guard faults.hasStruck else { break }
            }
            #expect(call > 8)
        }
    }
}

/// All keys of the selected database, sorted.
func keys(_ connection: inout RedisConnection) throws -> [String] {
    guard case .array(let replies) = try connection.call(RedisCommand("KEYS", "*")) else { return [] }
    return replies.compactMap(\.text).map { String(decoding: $0, as: UTF8.self) }.sorted()
}
