import TestKit
import Testing

@Suite struct ImportTests {
    static let table = ImportTable(markdown: Repository.text(of: "docs/ARCHITECTURE.md"))

    @Test func `every import stands in the table of the architecture page`() {
        #expect(SwiftSource.sources.flatMap { Self.table.faults(in: $0) } == [])
    }

    @Test func `imports go down the table`() {
        #expect(Self.table.faults() == [])
    }

    @Test func `the table names the targets there are`() {
        let targets = Files.names(in: "\(Repository.root)/Sources")
        #expect(targets.count > 5)
        #expect(Self.table.rows.map(\.target).sorted() == targets.sorted())
    }

    private static let sample = ImportTable(
        markdown: """
            Some words.

            | floor | target | its one job | may import |
            | --- | --- | --- | --- |
            | 1 | `Text` | bytes | |
            | 2 | `Documents` | the arena | `Text`, Glibc |
            """)

    @Test(arguments: [
        ("import Foundation", "Foundation"), ("package import YAML", "YAML"),
        ("@preconcurrency import Dispatch", "Dispatch"), ("import struct Entities.Catalog", "Entities"),
    ])
    func `an import that climbs is found`(line: String, module: String) {
        let source = SwiftSource(path: "Sources/Documents/Node.swift", text: "import Text\n\(line)\n")
        #expect(
            Self.sample.faults(in: source) == [
                "Sources/Documents/Node.swift:2: Documents may not import \(module)"
            ])
    }

    @Test func `a mention of an import is none`() {
        let source = SwiftSource(
            path: "Sources/Text/A.swift", text: "// import Foundation\n/*\nimport B\n*/\n")
        #expect(Self.sample.faults(in: source) == [])
    }

    @Test func `a target that the table forgot is found`() {
        #expect(Self.sample.faults(in: SwiftSource(path: "Sources/Git/A.swift", text: "")).count == 1)
    }

    @Test(arguments: [
        "| 1 | Text | bytes | Documents |\n| 2 | Documents | arena | Text |",
        "| 1 | Text | bytes | |\n| 1 | Text | bytes | |",
        "| 1 | Text | bytes | Text |",
    ])
    func `a table that climbs is found`(rows: String) {
        let table = ImportTable(
            markdown: "| floor | target | its one job | may import |\n|---|---|---|---|\n\(rows)\n")
        #expect(table.faults().count == 1)
    }
}
