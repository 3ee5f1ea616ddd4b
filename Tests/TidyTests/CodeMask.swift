/// Tells code from comments and strings, so that a banned word in a sentence is not a banned call.
struct CodeMask {
    private let bytes: [UInt8]
    private var masked: [UInt8] = []
    private var offset = 0
    private var modes: [Mode] = [.code(openParentheses: 0)]

    private enum Mode {
        /// In an interpolation, the closing parenthesis at depth zero goes back to the string.
        case code(openParentheses: Int)
        case string(hashes: Int, isMultiline: Bool)
    }

    /// The text with every byte of a comment or a string's content as a space; line ends stay.
    static func code(of text: String) -> String {
        var mask = CodeMask(bytes: Array(text.utf8))
        return mask.run()
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
        masked.reserveCapacity(bytes.count)
    }

    private mutating func run() -> String {
        while offset < bytes.count {
            switch modes.last {
            case .string(let hashes, let isMultiline): stepInString(hashes: hashes, isMultiline: isMultiline)
            case .code(let open): stepInCode(openParentheses: open)
            case nil: keep(1)
            }
        }
        return String(decoding: masked, as: UTF8.self)
    }

    private mutating func stepInCode(openParentheses: Int) {
        if starts(with: "//") {
            while offset < bytes.count, bytes[offset] != UInt8(ascii: "\n") { hide(1) }
        } else if starts(with: "/*") {
            hideBlockComment()
        } else if let hashes = hashesBeforeQuote() {
            keep(hashes)
            let isMultiline = starts(with: "\"\"\"")
            keep(isMultiline ? 3 : 1)
            modes.append(.string(hashes: hashes, isMultiline: isMultiline))
        } else if bytes[offset] == UInt8(ascii: "(") {
            modes[modes.count - 1] = .code(openParentheses: openParentheses + 1)
            keep(1)
        } else if bytes[offset] == UInt8(ascii: ")") {
            if openParentheses == 0, modes.count > 1 {
                modes.removeLast()
            } else {
                modes[modes.count - 1] = .code(openParentheses: openParentheses - 1)
            }
            keep(1)
        } else {
            keep(1)
        }
    }

    private mutating func stepInString(hashes: Int, isMultiline: Bool) {
        let fence = String(repeating: "#", count: hashes)
        let end = (isMultiline ? "\"\"\"" : "\"") + fence
        if starts(with: end) {
            keep(end.utf8.count)
            modes.removeLast()
        } else if starts(with: "\\" + fence + "(") {
            hide(1 + hashes)
            keep(1)
            modes.append(.code(openParentheses: 0))
        } else if starts(with: "\\" + fence) {
            hide(2 + hashes)
        } else {
            hide(1)
        }
    }

    private mutating func hideBlockComment() {
        var depth = 0
        repeat {
            if starts(with: "/*") {
                depth += 1
                hide(2)
            } else if starts(with: "*/") {
                depth -= 1
                hide(2)
            } else {
                hide(1)
            }
        } while depth > 0 && offset < bytes.count
    }

    /// How many `#` stand here before a quote; nil when no string begins here.
    private func hashesBeforeQuote() -> Int? {
        var end = offset
        while end < bytes.count, bytes[end] == UInt8(ascii: "#") { end += 1 }
        return end < bytes.count && bytes[end] == UInt8(ascii: "\"") ? end - offset : nil
    }

    private func starts(with word: String) -> Bool {
        bytes[offset...].starts(with: word.utf8)
    }

    private mutating func keep(_ count: Int) {
        let end = min(offset + count, bytes.count)
        masked += bytes[offset..<end]
        offset = end
    }

    private mutating func hide(_ count: Int) {
        let end = min(offset + count, bytes.count)
        masked += bytes[offset..<end].map { $0 == UInt8(ascii: "\n") ? $0 : UInt8(ascii: " ") }
        offset = end
    }
}
