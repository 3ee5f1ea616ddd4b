/// Where a Redis server is and how long it may take.
///
/// Neither its text nor its reflection shows the URL, which may hold a password.
package struct RedisSettings: Sendable {
    /// The place of one server.
    enum Endpoint: Sendable, Hashable {
        case tcp(host: String, port: Int)
        case unix(path: String)
    }

    var endpoint: Endpoint
    let user: String?
    let password: String?
    var database: Int
    /// How long making a connection may take, for each of the host's addresses.
    package var connectTimeoutMilliseconds = 2_000
    /// How long one command, or one batch of them, may take from its first byte to the answer's last.
    package var commandTimeoutMilliseconds = 5_000
    /// What to break, in tests.
    package var faults: RedisFaults?

    /// Reads `redis://[[user]:password@]host[:port][/database]` or `unix://[[user]:password@]/path[?db=database]`.
    ///
    /// Throws `.settings`, without a word of the URL, for anything else. TLS (`rediss:`) this client does not speak.
    package init(url: String) throws(RedisError) {
        let fault = RedisError(
            .settings, "URL", "the Redis URL cannot be read",
            hint: "write redis://user:password@host:6379/0 or unix:///path/to/socket, with %40 for \"@\" and "
                + "%2F for \"/\" in a password")
        guard let colon = url.firstRange(of: "://") else { throw fault }
        let scheme = url[..<colon.lowerBound].lowercased()
        guard scheme != "rediss" else {
            throw RedisError(
                .settings, "URL", "TLS to Redis is not supported",
                hint: "let a tunnel such as stunnel speak TLS, and give the URL of its near end")
        }
        let rest = url[colon.upperBound...]
        let authorityEnd = rest.firstIndex(of: "/") ?? rest.endIndex
        let (account, host) = RedisSettings.split(rest[..<authorityEnd])
        let path = rest[authorityEnd...]
        guard let account = RedisSettings.account(account) else { throw fault }
        (user, password) = account
        let place =
            switch scheme {
            case "redis": RedisSettings.server(host, path)
            case "unix": host.isEmpty ? RedisSettings.socket(path) : nil
            default: nil as (Endpoint, Int)?
            }
        guard let place else { throw fault }
        (endpoint, database) = place
    }

    /// The same settings for another server of the cluster.
    func at(_ endpoint: Endpoint) -> RedisSettings {
        var settings = self
        settings.endpoint = endpoint
        return settings
    }

    /// What stands before the last `@`, and what after.
    private static func split(_ authority: Substring) -> (account: Substring?, host: Substring) {
        guard let at = authority.lastIndex(of: "@") else { return (nil, authority) }
        return (authority[..<at], authority[authority.index(after: at)...])
    }

    /// User and password; nil when they are not well escaped.
    private static func account(_ text: Substring?) -> (user: String?, password: String?)? {
        guard let text else { return (nil, nil) }
        guard let colon = text.firstIndex(of: ":") else { return nil }
        let (user, password) = (unescaped(text[..<colon]), unescaped(text[text.index(after: colon)...]))
        guard let user, let password else { return nil }
        return (user.isEmpty ? nil : user, password)
    }

    private static func server(_ authority: Substring, _ path: Substring) -> (Endpoint, Int)? {
        var host = authority
        var port = 6379
        // The colons of an IPv6 address stand in brackets.
        let afterBracket = authority.lastIndex(of: "]").map { authority[authority.index(after: $0)...] }
        if let colon = (afterBracket ?? authority).lastIndex(of: ":") {
            guard let number = UInt16(authority[authority.index(after: colon)...]), number > 0 else {
                return nil
            }
            port = Int(number)
            host = authority[..<colon]
        }
        if afterBracket != nil {
            guard host.hasPrefix("["), host.hasSuffix("]") else { return nil }
            host = host.dropFirst().dropLast()
        }
        let isAddress = afterBracket != nil
        guard !host.isEmpty,
            host.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && (isAddress || !"[]:".utf8.contains($0)) }),
            let database = number(path.dropFirst())
        else { return nil }
        return (.tcp(host: String(host), port: port), database)
    }

    private static func socket(_ text: Substring) -> (Endpoint, Int)? {
        let question = text.firstIndex(of: "?") ?? text.endIndex
        let query = text[question...]
        guard let path = unescaped(text[..<question]), path.utf8.count > 1, !path.utf8.contains(0),
            query.isEmpty || query.hasPrefix("?db="), let database = number(query.dropFirst("?db=".count))
        else { return nil }
        return (.unix(path: path), database)
    }

    /// The number of a database; 0 for an empty text.
    private static func number(_ text: Substring) -> Int? {
        text.isEmpty ? 0 : UInt16(text).map { Int($0) }
    }

    /// A text with its `%xx` as the bytes that they stand for.
    private static func unescaped(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let digits = rest.prefix(2)
            guard digits.count == 2,
                digits.allSatisfy({ $0 < 0x80 && Character(Unicode.Scalar($0)).isHexDigit }),
                let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
            else { return nil }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}

extension RedisSettings: CustomStringConvertible, CustomReflectable {
    package var description: String { "settings of a Redis connection" }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
