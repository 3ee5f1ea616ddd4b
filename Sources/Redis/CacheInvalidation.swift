/// What follows a commit of the registry to the database: caches learn of the new generation and give up old entries.
///
/// It may fail, and what was committed stays right all the same. So it throws nothing, takes a bounded time, and what
/// went wrong is a sentence for the caller to show.
package struct CacheInvalidation: Sendable {
    /// What was done.
    package struct Outcome: Sendable, Equatable {
        /// Keys that were removed, on all servers.
        package var removedKeyCount = 0
        /// What did not work, fit to be shown; nil when all did.
        package var warning: String?
    }

    private let settings: RedisSettings
    private let patterns: [GlobPattern]
    private let limitMilliseconds: Int

    /// The names under which readers without generations in their keys store what comes from the registry.
    package static let usualPatterns = [
        "models:*", "model:*", "providers:*", "provider:*", "mappings:*", "mapping:*", "popular:*",
        "search:*",
        "stats:*", "stats",
    ]

    /// Keys per step of a scan: a step holds up other clients for about a millisecond.
    private static let pageSize = 1_000

    /// - Parameters:
    ///   - patterns: keys to remove besides those of older generations.
    ///   - limitMilliseconds: when to give up what is left.
    package init(
        _ settings: RedisSettings, patterns: [String] = usualPatterns, limitMilliseconds: Int = 60_000
    ) {
        self.settings = settings
        self.patterns = patterns.map(GlobPattern.init)
        self.limitMilliseconds = limitMilliseconds
    }

    /// Tells every primary the generation, then removes old entries, those with a generation in their key first.
    ///
    /// Linear in the number of all keys: two passes over them, in steps that hold nobody up for long.
    package func run(generation: Int) -> Outcome {
        let deadline = RedisLink.milliseconds() + limitMilliseconds
        var outcome = Outcome()
        do throws(RedisError) {
            var first = try RedisConnection.open(settings)
            guard let primaries = try first.clusterPrimaries() else {
                try mark(generation, on: &first)
                outcome.removedKeyCount = try sweep(&first, generation, isCluster: false, until: deadline)
                return outcome
            }
            guard !primaries.isEmpty else {
                throw RedisError(.server, "CLUSTER", "no server of the cluster has any keys")
            }
            sweep(primaries, generation, until: deadline, into: &outcome)
        } catch {
            outcome.warning = CacheInvalidation.warning(error)
        }
        return outcome
    }

    /// Goes through the servers of a cluster; one that fails leaves the others their turn.
    private func sweep(
        _ primaries: Set<RedisSettings.Endpoint>, _ generation: Int, until deadline: Int,
        into outcome: inout Outcome
    ) {
        var firstError: RedisError?
        var failed: Set<RedisSettings.Endpoint> = []
        for isMarking in [true, false] {
            for primary in primaries where !failed.contains(primary) {
                do throws(RedisError) {
                    var connection = try RedisConnection.open(settings.at(primary))
                    if isMarking {
                        try mark(generation, on: &connection)
                    } else {
                        outcome.removedKeyCount += try sweep(
                            &connection, generation, isCluster: true, until: deadline)
                    }
                } catch {
                    firstError = firstError ?? error
                    failed.insert(primary)
                }
            }
        }
        guard let firstError else { return }
        outcome.warning =
            CacheInvalidation.warning(firstError)
            + " (\(failed.count) of \(primaries.count) servers of the cluster)"
    }

    /// Raises the mark: an ingest that comes to it late does not lower what a later one set. The first generation is
    /// of a new database, and is always set.
    private static let raise = """
        local old = tonumber(redis.call('GET', KEYS[1]) or '')
        if not old or old < tonumber(ARGV[1]) or ARGV[1] == '1' then redis.call('SET', KEYS[1], ARGV[1]) end
        return 0
        """

    /// Sets the mark. In a cluster only the server that has the key takes it; the others say where it is.
    private func mark(_ generation: Int, on connection: inout RedisConnection) throws(RedisError) {
        do throws(RedisError) {
            try connection.call(
                RedisCommand("EVAL", CacheInvalidation.raise, "1", CacheKey.mark, String(generation)))
        } catch {
            guard error.refusal == "MOVED" else { throw error }
        }
    }

    private func sweep(
        _ connection: inout RedisConnection, _ generation: Int, isCluster: Bool, until deadline: Int
    ) throws(RedisError) -> Int {
        // The first generation is of a new database: higher ones are left of another that had this cache before.
        let old = try connection.removeKeys(
            matching: CacheKey.pattern, pageSize: CacheInvalidation.pageSize, isCluster: isCluster,
            until: deadline
        ) { key in
            CacheKey.generation(of: key).map { $0 < generation || (generation == 1 && $0 > 1) } ?? false
        }
        guard !patterns.isEmpty else { return old }
        return old
            + (try connection.removeKeys(
                matching: nil, pageSize: CacheInvalidation.pageSize, isCluster: isCluster, until: deadline
            ) { key in patterns.contains { $0.matches(key) } })
    }

    private static func warning(_ error: RedisError) -> String {
        "the cache was not cleaned up: \(error)"
    }
}
