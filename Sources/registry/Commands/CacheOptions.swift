import ArgumentParser
import Commands
import Redis

/// What a command that changes the database takes about caches of it.
struct CacheOptions: ParsableArguments {
    @Option(
        name: .customLong("redis-url"),
        help: ArgumentHelp(
            "The Redis server that caches what is in the database: redis://user:password@host:6379/0.",
            discussion:
                "Default: the variable REDIS_URL, which keeps a password out of the list of processes. It is told the "
                + "new generation and loses its older entries. Whatever fails there is a warning.",
            valueName: "url"))
    var redisURL: String?

    /// Tells the cache about a generation that was committed; a sentence about what did not work.
    func clean(forGeneration generation: Int, on console: Console) -> String? {
        guard let url = redisURL ?? console.variable("REDIS_URL"), !url.isEmpty else { return nil }
        do throws(RedisError) {
            var settings = try RedisSettings(url: url)
            settings.faults = console.faults.cache
            return CacheInvalidation(settings).run(generation: generation).warning
        } catch {
            return "the cache was not cleaned up: \(error)"
        }
    }
}
