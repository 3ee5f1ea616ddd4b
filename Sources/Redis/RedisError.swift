/// A failure of the Redis server, of the way to it, or of what was asked of it.
///
/// No part of it holds a URL, a password, a key or a word of the server's beyond the one that says what kind of
/// refusal it is, so every field may be printed and logged.
package struct RedisError: Error, Sendable, Equatable {
    /// What kind of failure it is.
    package enum Code: String, Sendable {
        /// The URL makes no sense.
        case settings
        /// The connection could not be made, or was lost.
        case connection
        /// No answer within the time there was.
        case timeout
        /// The server refused a command.
        case server
        /// The answer is not of the protocol, not of the asked kind, or beyond the limit.
        case answer
    }

    package let code: Code
    /// What was being done, in a word or two.
    package let operation: String
    /// The server's word for its refusal: `NOAUTH`, `OOM`, `READONLY`; `ERR` for all that have none.
    package let refusal: String?
    package let message: String
    package let hint: String?

    init(
        _ code: Code, _ operation: String, _ message: String, refusal: String? = nil, hint: String? = nil
    ) {
        self.code = code
        self.operation = operation
        self.refusal = refusal
        self.message = message
        self.hint = hint
    }

    /// The error that a server's refusal is, told by its first word; the others quote keys, users and arguments.
    init(refusal text: some Sequence<UInt8>, of operation: String) {
        let word = String(decoding: text.prefix { (65...90).contains($0) }, as: UTF8.self)
        let (message, hint) = RedisError.meaning(of: word)
        self.init(.server, operation, message, refusal: word.isEmpty ? "ERR" : word, hint: hint)
    }

    /// What a refusal means, in our words, and what to do about it.
    private static func meaning(of refusal: String) -> (message: String, hint: String?) {
        switch refusal {
        case "NOAUTH": ("the server asks for a password, and there is none", "put it in the Redis URL")
        case "WRONGPASS": ("the server does not accept the user or the password", nil)
        case "NOPERM":
            (
                "the server does not allow this user the command",
                "the user needs +scan +unlink +set +auth +select +cluster|slots and the keys"
            )
        case "OOM": ("the server has no memory left for writing", nil)
        case "READONLY": ("this server is a read-only replica", "give the URL of its primary")
        case "LOADING": ("the server is still reading its data", nil)
        case "BUSY": ("the server is busy with a script", nil)
        case "MISCONF": ("the server cannot save its data and takes no writes", nil)
        case "MASTERDOWN", "CLUSTERDOWN", "NOREPLICAS": ("a part of the server's cluster is down", nil)
        case "MOVED", "ASK", "TRYAGAIN": ("the key is moving to another server of the cluster", nil)
        case "DENIED": ("the server takes no connections from other machines", nil)
        default: ("the server refused the command", nil)
        }
    }
}

extension RedisError: CustomStringConvertible {
    /// One line: the message, what is known besides, and the hint.
    package var description: String {
        "Redis \(operation): \(message)" + (refusal.map { " (\($0))" } ?? "") + (hint.map { "; \($0)" } ?? "")
    }
}
