/// A command: its name and arguments, all of them bytes to the server.
package struct RedisCommand: Sendable {
    private let words: [[UInt8]]

    /// A command of texts.
    package init(_ words: String...) {
        self.words = words.map { Array($0.utf8) }
    }

    /// A command whose arguments after the first may be any bytes, as keys are.
    init(_ name: String, _ arguments: [[UInt8]]) {
        words = [Array(name.utf8)] + arguments
    }

    /// The name, for errors; never an argument.
    var name: String { words.first.map { String(decoding: $0, as: UTF8.self) } ?? "" }

    /// The bytes that travel: an array of strings, each with its length before it (RESP2).
    var encoded: [UInt8] {
        var bytes = Array("*\(words.count)\r\n".utf8)
        for word in words {
            bytes += "$\(word.count)\r\n".utf8
            bytes += word
            bytes += [13, 10]
        }
        return bytes
    }
}

/// One connection to a Redis server, used by one thread at a time.
///
/// All calls block, each within the time that the settings give. Closed when it goes out of scope.
package struct RedisConnection: ~Copyable {
    private let link: RedisLink
    let settings: RedisSettings

    /// Connects, signs in and selects the database.
    package static func open(_ settings: RedisSettings) throws(RedisError) -> RedisConnection {
        let connection = RedisConnection(link: try RedisLink(settings), settings: settings)
        var greeting: [RedisCommand] = []
        if let password = settings.password {
            greeting.append(
                settings.user.map { RedisCommand("AUTH", $0, password) } ?? RedisCommand("AUTH", password))
        }
        if settings.database != 0 { greeting.append(RedisCommand("SELECT", String(settings.database))) }
        for reply in try connection.link.exchange(greeting) { _ = try reply.accepted() }
        return connection
    }

    /// Runs a command; throws `.server` when it is refused.
    @discardableResult
    package mutating func call(_ command: RedisCommand) throws(RedisError) -> RedisReply {
        try pipeline([command])[0].accepted()
    }

    /// Runs commands in one round trip; a refusal stands among the answers.
    package mutating func pipeline(_ commands: [RedisCommand]) throws(RedisError) -> [RedisReply] {
        try link.exchange(commands)
    }
}

extension RedisConnection {
    /// The primaries of the server's cluster, in no particular order; nil for a server by itself.
    mutating func clusterPrimaries() throws(RedisError) -> Set<RedisSettings.Endpoint>? {
        let reply: RedisReply
        do throws(RedisError) {
            reply = try call(RedisCommand("CLUSTER", "SLOTS"))
        } catch {
            // No cluster, a command unknown here, or one that this user may not ask: then this server is all there is.
            guard error.code == .server, ["ERR", "NOPERM"].contains(error.refusal) else { throw error }
            return nil
        }
        var primaries: Set<RedisSettings.Endpoint> = []
        for range in reply.elements ?? [] {
            // First and last slot, then the servers that have them, the primary first: address, port, and more.
            guard let slots = range.elements, slots.count > 2, let primary = slots[2].elements,
                primary.count > 1, let port = primary[1].number
            else { continue }
            let host = primary[0].text.map { String(decoding: $0, as: UTF8.self) } ?? ""
            // An empty address is the one that this connection was made to.
            if !host.isEmpty {
                primaries.insert(.tcp(host: host, port: port))
            } else if case .tcp(let own, _) = settings.endpoint {
                primaries.insert(.tcp(host: own, port: port))
            }
        }
        return primaries
    }
}
