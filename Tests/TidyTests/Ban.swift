/// A word that may not stand in the code, and what to write instead.
struct Ban: Sendable {
    let word: String
    let instead: String
    /// Looked for in comments and strings too.
    var alsoInProse = false
    /// Folders in which it is allowed, each as the beginning of a path.
    var allowed: [String] = []

    /// What no file of the programs may contain.
    static let inSources = [
        Ban(word: "try!", instead: "a typed throw, or an optional that is handled"),
        Ban(word: "as!", instead: "a type that needs no cast, or `as?`"),
        Ban(
            word: "fatalError(",
            instead: "a thrown error; `preconditionFailure` with a sentence for a broken promise"),
        Ban(word: "[String: Any]", instead: "a Document, or a struct"),
        Ban(word: "JSONValue", instead: "a Document"),
        Ban(word: "NSRegularExpression", instead: "a Pattern, whose time is linear"),
        Ban(word: "Task.detached", instead: "a task group"),
        Ban(word: "@unchecked Sendable", instead: "a value, or a Mutex"),
        Ban(
            word: "print(", instead: "a value that is returned, and put out by the door's console",
            allowed: ["Sources/Benchmarks/", "Sources/TestKit/"]),
        Ban(word: "TO" + "DO", instead: "an issue", alsoInProse: true),
        Ban(word: "FIX" + "ME", instead: "an issue", alsoInProse: true),
    ]

    /// What no test may contain.
    static let inTests = [
        Ban(word: "XCTest", instead: "Swift Testing"),
        Ban(word: "XCTSkip", instead: "a test that runs"),
        Ban(word: ".disabled(", instead: "a test that runs"),
        Ban(word: "withKnownIssue", instead: "a test that passes"),
    ]

    /// The places in a file where the word stands by itself, one sentence each.
    func faults(in source: SwiftSource) -> [String] {
        guard !allowed.contains(where: source.path.hasPrefix) else { return [] }
        let lines = alsoInProse ? source.lines : source.codeLines
        return lines.enumerated().compactMap { index, line in
            stands(in: line) ? "\(source.path):\(index + 1): \(word) is banned; use \(instead)" : nil
        }
    }

    /// True when the word is there and is not the end of a longer one.
    private func stands(in line: Substring) -> Bool {
        let isWordPart: (Character) -> Bool = { $0.isLetter || $0.isNumber || $0 == "_" }
        return line.ranges(of: word).contains { range in
            guard let first = word.first, isWordPart(first), range.lowerBound > line.startIndex else {
                return true
            }
            return !isWordPart(line[line.index(before: range.lowerBound)])
        }
    }
}
