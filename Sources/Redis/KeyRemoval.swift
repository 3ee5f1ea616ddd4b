extension RedisConnection {
    /// Removes the keys of the selected database that a condition picks, and gives their number.
    ///
    /// SCAN and UNLINK, a page at a time and the removal of one page sent with the request for the next: keys that are
    /// there all the while are seen at least once, and the server is never held up for longer than a page takes.
    /// Linear in the number of all keys.
    ///
    /// - Parameter isCluster: one UNLINK for each key, since keys of different slots may not share one.
    mutating func removeKeys(
        matching pattern: String?, pageSize: Int, isCluster: Bool, until deadline: Int,
        where isWanted: ([UInt8]) -> Bool
    ) throws(RedisError) -> Int {
        var removed = 0
        var doomed: [[UInt8]] = []
        var cursor: [UInt8]? = Array("0".utf8)
        while cursor != nil || !doomed.isEmpty {
            guard RedisLink.milliseconds() < deadline else {
                throw RedisError(
                    .timeout, "SCAN", "there was no time to look at all keys",
                    hint: "old entries expire by themselves")
            }
            var commands = RedisConnection.removals(of: doomed, isCluster: isCluster)
            if let cursor {
                let match = pattern.map { [Array("MATCH".utf8), Array($0.utf8)] } ?? []
                let count = [Array("COUNT".utf8), Array(String(pageSize).utf8)]
                commands.append(RedisCommand("SCAN", [cursor] + match + count))
            }
            var replies = try pipeline(commands)
            if cursor != nil {
                (cursor, doomed) = try RedisConnection.page(replies.removeLast())
                doomed.removeAll { !isWanted($0) }
            } else {
                doomed = []
            }
            for reply in replies {
                // A key that is on its way to another server is that one's to remove, or expires.
                if case .refused(let error) = reply, !["MOVED", "ASK", "TRYAGAIN"].contains(error.refusal) {
                    throw error
                }
                removed += reply.number ?? 0
            }
        }
        return removed
    }

    private static func removals(of keys: [[UInt8]], isCluster: Bool) -> [RedisCommand] {
        guard !keys.isEmpty else { return [] }
        return isCluster ? keys.map { RedisCommand("UNLINK", [$0]) } : [RedisCommand("UNLINK", keys)]
    }

    /// The cursor for the next page, nil after the last, and the keys of this one.
    private static func page(_ reply: RedisReply) throws(RedisError) -> (next: [UInt8]?, keys: [[UInt8]]) {
        guard let parts = try reply.accepted().elements, parts.count == 2, let next = parts[0].text,
            let keys = parts[1].elements
        else { throw RedisError(.answer, "SCAN", "the answer is no page of keys") }
        return (next == Array("0".utf8) ? nil : next, keys.compactMap(\.text))
    }
}
