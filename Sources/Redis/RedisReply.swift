import CHiredis

/// A server's answer to one command.
package enum RedisReply: Sendable, Equatable {
    /// A word such as `OK`.
    case status(String)
    case integer(Int)
    case bytes([UInt8])
    case null
    case array([RedisReply])
    /// The server refused the command.
    case refused(RedisError)

    /// Copies what hiredis has read; its depth is bounded by hiredis itself.
    @unsafe
    init(_ reply: UnsafePointer<redisReply>, to operation: String) {
        let reply = unsafe reply.pointee
        let text = unsafe UnsafeRawBufferPointer(start: reply.str, count: reply.str == nil ? 0 : reply.len)
        switch unsafe reply.type {
        case REDIS_REPLY_STATUS: self = unsafe .status(String(decoding: text, as: UTF8.self))
        case REDIS_REPLY_INTEGER: self = unsafe .integer(Int(reply.integer))
        case REDIS_REPLY_STRING: self = unsafe .bytes(Array(text))
        case REDIS_REPLY_ERROR: self = unsafe .refused(RedisError(refusal: text, of: operation))
        case REDIS_REPLY_ARRAY:
            var elements: [RedisReply] = []
            for index in unsafe 0..<reply.elements {
                guard let element = unsafe reply.element?[index] else { continue }
                unsafe elements.append(RedisReply(element, to: operation))
            }
            self = .array(elements)
        default: self = .null
        }
    }

    /// This answer, or the refusal that it is, thrown.
    func accepted() throws(RedisError) -> RedisReply {
        if case .refused(let error) = self { throw error }
        return self
    }

    /// A text answer's bytes; nil for the other kinds.
    package var text: [UInt8]? {
        switch self {
        case .bytes(let bytes): bytes
        case .status(let word): Array(word.utf8)
        default: nil
        }
    }

    /// A list's answers; nil for the other kinds.
    var elements: [RedisReply]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    /// A number's value; nil for the other kinds.
    var number: Int? {
        if case .integer(let number) = self { number } else { nil }
    }
}
