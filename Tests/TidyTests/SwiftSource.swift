import TestKit

/// A Swift file as the checks see it.
struct SwiftSource: Sendable {
    /// Below the folder of the package.
    let path: String
    let text: String
    /// The text with comments and the contents of strings turned into spaces; lines stay where they are.
    let code: String

    init(path: String, text: String) {
        self.path = path
        self.text = text
        code = CodeMask.code(of: text)
    }

    /// Every Swift file of the package.
    static let all: [SwiftSource] = ["Sources", "Tests", "Fuzz"]
        .flatMap { Repository.files(below: $0) }
        .filter { $0.hasSuffix(".swift") }
        .map { SwiftSource(path: $0, text: Repository.text(of: $0)) }

    /// The files of the programs themselves.
    static let sources = all.filter { $0.folder == "Sources" }

    /// The first folder of the path.
    var folder: Substring { path.prefix { $0 != "/" } }

    /// The target that the file belongs to: the second folder of the path.
    var target: Substring {
        let parts = path.split(separator: "/")
        return parts.count > 2 ? parts[1] : ""
    }

    var fileName: Substring {
        path.split(separator: "/").last ?? ""
    }

    /// Written by a tool, so nobody reads it from top to bottom.
    var isGenerated: Bool { path.hasSuffix("+Generated.swift") }

    var lines: [Substring] { Self.lines(of: text) }
    var codeLines: [Substring] { Self.lines(of: code) }

    private static func lines(of text: String) -> [Substring] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.last?.isEmpty == true ? lines.dropLast() : lines
    }
}
