/// How many lines the functions of a file take, from the word that declares them to the closing brace.
enum FunctionLengths {
    /// A function and its place.
    struct Function: Equatable {
        let name: String
        let line: Int
        let lineCount: Int
    }

    /// The functions, initialisers and subscripts of a text without comments and strings, those within others too.
    static func functions(in code: String) -> [Function] {
        let tokens = tokens(of: code)
        var functions: [Function] = []
        for (index, token) in tokens.enumerated() where isDeclaration(at: index, in: tokens) {
            guard let open = bodyStart(after: index, in: tokens),
                let close = matchingBrace(of: open, in: tokens)
            else { continue }
            let name = token.text == "func" ? tokens[index + 1].text : token.text
            functions.append(
                Function(name: name, line: token.line, lineCount: tokens[close].line - token.line + 1))
        }
        return functions
    }

    private struct Token {
        let text: String
        let line: Int
    }

    /// Words and single marks; spaces are dropped.
    private static func tokens(of code: String) -> [Token] {
        var tokens: [Token] = []
        var word = ""
        var line = 1
        func endWord() {
            if !word.isEmpty { tokens.append(Token(text: word, line: line)) }
            word = ""
        }
        for scalar in code.unicodeScalars {
            if scalar == "_" || scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) {
                word.unicodeScalars.append(scalar)
                continue
            }
            endWord()
            if scalar == "\n" {
                line += 1
            } else if scalar != " " {
                tokens.append(Token(text: String(scalar), line: line))
            }
        }
        endWord()
        return tokens
    }

    /// True for `func` and `subscript`, and for `init` where it does not call one.
    private static func isDeclaration(at index: Int, in tokens: [Token]) -> Bool {
        guard index + 1 < tokens.count else { return false }
        let before = index > 0 ? tokens[index - 1].text : ""
        switch tokens[index].text {
        case "func": return before != "."
        case "init", "subscript":
            return before != "." && ["(", "<", "?", "["].contains(tokens[index + 1].text)
        default: return false
        }
    }

    /// The brace that opens the body; nil for a requirement of a protocol, which has none.
    private static func bodyStart(after index: Int, in tokens: [Token]) -> Int? {
        let declarations: Set = [
            "func", "init", "subscript", "var", "let", "struct", "enum", "case", "typealias",
        ]
        var depth = 0
        for (position, token) in tokens.enumerated().dropFirst(index + 1) {
            switch token.text {
            case "(", "[": depth += 1
            case ")", "]": depth -= 1
            case "{" where depth == 0: return position
            case "}" where depth == 0: return nil
            case let word where depth == 0 && declarations.contains(word): return nil
            default: continue
            }
        }
        return nil
    }

    private static func matchingBrace(of open: Int, in tokens: [Token]) -> Int? {
        var depth = 0
        for (position, token) in tokens.enumerated().dropFirst(open) {
            if token.text == "{" { depth += 1 }
            if token.text == "}" { depth -= 1 }
            if depth == 0 { return position }
        }
        return nil
    }
}
