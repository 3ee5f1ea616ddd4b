import Glibc
import TestKit
import Testing

@testable import Redis

@Suite struct ClusterTests {
    /// Three servers that share the slots and know each other.
    private func cluster(in folder: String) throws -> [ScratchRedis] {
        let (servers, ports) = try startServers(in: folder)
        let last = [5_460, 10_922, 16_383]
        for (index, server) in servers.enumerated() {
            var connection = try RedisConnection.open(RedisSettings(url: server.url))
            let first = index == 0 ? 0 : last[index - 1] + 1
            try connection.call(RedisCommand("CLUSTER", "ADDSLOTSRANGE", "\(first)", "\(last[index])"))
            // Three that choose an epoch each would settle it among themselves; this is sooner.
            try connection.call(RedisCommand("CLUSTER", "SET-CONFIG-EPOCH", "\(index + 1)"))
            if index > 0 {
                try connection.call(
                    RedisCommand("CLUSTER", "MEET", "127.0.0.1", "\(ports[0])", "\(ports[3])"))
            }
        }
        for server in servers {
            var connection = try RedisConnection.open(RedisSettings(url: server.url))
            var attempts = 0
            while try !isWhole(&connection), attempts < 2_000 {
                attempts += 1
                usleep(10_000)
            }
        }
        return servers
    }

    /// Three servers on six ports; others are looked for when somebody was quicker to take one.
    private func startServers(in folder: String) throws -> ([ScratchRedis], [Int]) {
        var attempt = 1
        while true {
            let ports = FreePort.find(6)
            do {
                let servers = try (0..<3).map {
                    try ScratchRedis(in: folder, clusterPort: ports[$0], busPort: ports[$0 + 3])
                }
                return (servers, ports)
            } catch let error as ScratchRedis.Failure {
                attempt += 1
                guard attempt <= 5 else { throw error }
            }
        }
    }

    private func isWhole(_ connection: inout RedisConnection) throws -> Bool {
        let state = try connection.call(RedisCommand("CLUSTER", "INFO")).text ?? []
        guard case .array(let ranges) = try connection.call(RedisCommand("CLUSTER", "SLOTS")) else {
            return false
        }
        return String(decoding: state, as: UTF8.self).contains("cluster_state:ok") && ranges.count == 3
    }

    @Test func `all servers of a cluster are cleaned, and one that is down leaves the others their turn`()
        throws
    {
        try Files.withTemporaryFolder { folder in
            let servers = try cluster(in: folder)
            #expect(try fill(servers) == 300)
            let settings = try RedisSettings(url: servers[1].url)
            #expect(
                CacheInvalidation(settings).run(generation: 3) == .init(removedKeyCount: 300, warning: nil))
            #expect(try keyCount(servers) == 1)

            let stored = try fill(Array(servers[..<2]))
            servers[2].server.signal(SIGKILL)
            servers[2].server.wait()
            let outcome = CacheInvalidation(settings).run(generation: 4)
            #expect(outcome.removedKeyCount == stored)
            #expect(outcome.warning?.hasSuffix("(1 of 3 servers of the cluster)") == true)
        }
    }

    /// Stores each of 300 keys on whichever of the servers takes it, and gives how many were taken.
    private func fill(_ servers: [ScratchRedis]) throws -> Int {
        var taken = 0
        for server in servers {
            var connection = try RedisConnection.open(RedisSettings(url: server.url))
            let replies = try connection.pipeline((0..<300).map { RedisCommand("SET", "models:\($0)", "1") })
            taken += replies.count { $0 == .status("OK") }
        }
        return taken
    }

    private func keyCount(_ servers: [ScratchRedis]) throws -> Int {
        var count = 0
        for server in servers {
            var connection = try RedisConnection.open(RedisSettings(url: server.url))
            if case .integer(let number) = try connection.call(RedisCommand("DBSIZE")) { count += number }
        }
        return count
    }
}
