import Glibc
import Redis
import TestKit
import Testing

@testable import registry

/// F2 and F14: an ingest with a cache beside it, by the program's own entry.
@Suite struct IngestCacheTests {
    /// A registry in a repository, and a database of its own for it; `ingest` commits a change and ingests it.
    private func withIngests(
        _ body: (_ ingest: (_ redisURL: String) throws -> GoldenScript.Outcome) throws -> Void
    )
        throws
    {
        try ScratchRepository.with { repository in
            ExampleTree.copy(to: repository.root)
            let name = "cache_\(getpid())_\(UInt32.random(in: 0...UInt32.max))"
            try ScratchDatabase.withDatabase(name) { url in
                var round = 0
                try body { redisURL in
                    round += 1
                    let path = repository.root + "/mappings/borealis/acme/rocket-1.yaml"
                    let text = try #require(Files.text(at: path))
                    Files.write(text.replacing("price: 0.45", with: "price: 0.4\(round)5"), to: path)
                    try repository.commitAll(at: 1_700_000_000 + round)
                    Files.write(text, to: path)
                    return GoldenScriptTests.run(
                        ["registry", "ingest", "--database-url", url, "--redis-url", redisURL],
                        in: repository.root)
                }
            }
        }
    }

    @Test func `after the commit the cache is told and cleaned`() throws {
        try Files.withTemporaryFolder { folder in
            let redis = try ScratchRedis(in: folder)
            var connection = try RedisConnection.open(RedisSettings(url: redis.url))
            try withIngests { ingest in
                for round in 1...2 {
                    try connection.call(RedisCommand("SET", CacheKey.key("a", generation: round - 1), "old"))
                    let outcome = try ingest(redis.url)
                    #expect(outcome.exitCode == 0)
                    #expect(!outcome.errorOutput.contains("warning"))
                    let mark = try connection.call(RedisCommand("GET", CacheKey.mark))
                    #expect(mark == .bytes(Array("\(round)".utf8)))
                    let size = try connection.call(RedisCommand("DBSIZE"))
                    #expect(size == .integer(1))
                }
            }
        }
    }

    /// An earlier run may have brought a commit in and not have reached the cache.
    @Test func `a run that changes no row raises the mark all the same`() throws {
        try Files.withTemporaryFolder { folder in
            let redis = try ScratchRedis(in: folder)
            var connection = try RedisConnection.open(RedisSettings(url: redis.url))
            try ScratchRepository.with { repository in
                ExampleTree.copy(to: repository.root)
                try repository.commitAll()
                let name = "mark_\(getpid())_\(UInt32.random(in: 0...UInt32.max))"
                try ScratchDatabase.withDatabase(name) { url in
                    /// Runs an ingest that must end well; what it says, and the mark afterwards.
                    func ingest(_ redisURL: String, _ more: String...) throws -> (
                        said: String, mark: RedisReply
                    ) {
                        let outcome = GoldenScriptTests.run(
                            ["registry", "ingest", "--database-url", url, "--redis-url", redisURL] + more,
                            in: repository.root)
                        #expect(outcome.exitCode == 0, "\(outcome)")
                        let mark = try connection.call(RedisCommand("GET", CacheKey.mark))
                        return (outcome.output + outcome.errorOutput, mark)
                    }
                    let unheard = try ingest("unix://\(folder)/nobody")
                    #expect(unheard.said.contains("warning: the cache was not cleaned up"))
                    #expect(unheard.mark == .null)
                    // The same commit, by its tree and by its rows.
                    let again = try ingest(redis.url)
                    #expect(again.said.contains("is in the database already, generation 1"))
                    #expect(again.mark == .bytes(Array("1".utf8)))
                    try connection.call(RedisCommand("DEL", CacheKey.mark))
                    let compared = try ingest(redis.url, "--compare-rows")
                    #expect(compared.said.contains("every row is as in"))
                    #expect(compared.mark == .bytes(Array("1".utf8)))
                    // Another commit of the same tree is a generation of its own, without a row.
                    try repository.commitAll(at: 1_700_000_001)
                    let noted = try ingest(redis.url)
                    #expect(noted.said.contains("has the tree that is in the database"))
                    #expect(noted.mark == .bytes(Array("2".utf8)))
                    // What only looks tells nobody.
                    try connection.call(RedisCommand("DEL", CacheKey.mark))
                    #expect(try ingest(redis.url, "--plan").mark == .null)
                }
            }
        }
    }

    @Test func `whatever is wrong with the cache, the ingest ends well, with a warning that names no secret`()
        throws
    {
        try Files.withTemporaryFolder { folder in
            let port = FreePort.find(1)[0]
            let full = try ScratchRedis(in: folder, name: "full", ["--maxmemory", "1"])
            let closed = try ScratchRedis(in: folder, name: "closed", ["--requirepass", "hunter2"])
            let replica = try ScratchRedis(
                in: folder, name: "replica", ["--replicaof", "127.0.0.1", "\(port)"])
            let hanging = try ScratchRedis(in: folder, name: "hanging")
            hanging.server.signal(SIGSTOP)
            let wrong = closed.url.replacing("unix://", with: "unix://hunter3:hunter3@", maxReplacements: 1)
            try withIngests { ingest in
                for url in [
                    "redis://:hunter3@127.0.0.1:\(port)", "hunter3", full.url, closed.url, wrong, replica.url,
                    hanging.url,
                ] {
                    let outcome = try ingest(url)
                    #expect(outcome.exitCode == 0)
                    #expect(outcome.output.contains("is in the database"))
                    #expect(
                        outcome.errorOutput.contains("registry: warning: the cache was not cleaned up: Redis")
                    )
                    #expect(!(outcome.output + outcome.errorOutput).contains("hunter"))
                }
            }
        }
    }
}
