import TestKit
import Testing

/// A file is one concept and a function fits a screen.
@Suite struct LengthTests {
    private static let functionLimit = 60
    private static let longFiles = LongFiles(list: Repository.text(of: "tools/long-files.txt"))

    @Test func `files are short, or listed with a reason`() {
        let sources = SwiftSource.all.filter { !$0.isGenerated }
        #expect(sources.count > 20)
        let faults = Self.longFiles.faults(
            lineCounts: Dictionary(uniqueKeysWithValues: sources.map { ($0.path, $0.lines.count) }))
        #expect(faults == [])
    }

    @Test func `functions fit a screen`() {
        let faults = SwiftSource.all.filter { !$0.isGenerated }.flatMap { Self.longFunctions(in: $0) }
        #expect(faults == [])
    }

    private static func longFunctions(in source: SwiftSource) -> [String] {
        FunctionLengths.functions(in: source.code).filter { $0.lineCount > functionLimit }.map {
            "\(source.path):\($0.line): \($0.name) has \($0.lineCount) lines; at most \(functionLimit)"
        }
    }

    @Test(arguments: [
        (399, false, 0), (401, false, 1), (401, true, 0), (399, true, 1), (601, true, 1), (601, false, 1),
    ])
    func `a file that is too long, or short again, is found`(lines: Int, isListed: Bool, faults: Int) {
        let list = LongFiles(list: isListed ? "# why\nSources/A/A.swift  it is one table\n" : "")
        #expect(list.faults(lineCounts: ["Sources/A/A.swift": lines]).count == faults)
    }

    @Test func `a listed file that is gone or has no reason is found`() {
        #expect(LongFiles(list: "Sources/A/A.swift  it is one table").faults(lineCounts: [:]).count == 1)
        #expect(
            LongFiles(list: "Sources/A/A.swift").faults(lineCounts: ["Sources/A/A.swift": 500]).count == 1)
    }

    @Test(arguments: [
        "func a(b: () -> Void = {}) throws -> [Int] {", "init?(c: Int) {", "subscript(d: Int) -> Int {",
    ])
    func `a long function is found`(head: String) {
        let body = String(repeating: "        work()\n", count: 59)
        let text = "struct A {\n    \(head)\n\(body)    }\n    func short() { Foo.init() }\n}\n"
        let faults = Self.longFunctions(in: SwiftSource(path: "Sources/A/A.swift", text: text))
        #expect(faults.count == 1)
        #expect(faults.first?.hasPrefix("Sources/A/A.swift:2: ") == true)
    }

    @Test func `what looks like a function in a comment, a string or a protocol is none`() {
        let text = """
            protocol P { func a(); func b() -> Int }
            // func c() {
            let d = "func e() { \\(f(")")) }"
            func g() {}
            """
        let functions = FunctionLengths.functions(in: SwiftSource(path: "A.swift", text: text).code)
        #expect(functions == [FunctionLengths.Function(name: "g", line: 4, lineCount: 1)])
    }
}

/// The list of files that may be longer than usual, each with its reason.
private struct LongFiles {
    private static let usualLimit = 400
    private static let hardLimit = 600
    private var reasons: [(path: String, reason: String)] = []

    /// One file a line: its path, spaces, the reason. Lines that begin with `#` are for the reader.
    init(list: String) {
        for line in list.split(separator: "\n") where !line.hasPrefix("#") {
            let words = line.split(separator: " ", maxSplits: 1)
            guard let path = words.first else { continue }
            reasons.append((String(path), words.count > 1 ? String(words[1]) : ""))
        }
    }

    /// Files past the limits, and lines of the list that are no longer true.
    func faults(lineCounts: [String: Int]) -> [String] {
        var faults: [String] = []
        for (path, count) in lineCounts.sorted(by: { $0.key < $1.key }) {
            let isListed = reasons.contains { $0.path == path }
            if count > Self.hardLimit {
                faults.append("\(path) has \(count) lines; at most \(Self.hardLimit)")
            } else if count > Self.usualLimit, !isListed {
                faults.append(
                    "\(path) has \(count) lines: two concepts? else give the reason in tools/long-files.txt")
            }
        }
        for (path, reason) in reasons {
            if lineCounts[path, default: 0] <= Self.usualLimit {
                faults.append("\(path) is listed as long and is not; take it out of tools/long-files.txt")
            }
            if reason.isEmpty { faults.append("\(path) is listed as long without a reason") }
        }
        return faults
    }
}
