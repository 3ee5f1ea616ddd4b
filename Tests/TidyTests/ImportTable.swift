/// The table of targets in `docs/ARCHITECTURE.md`: who may import whom.
struct ImportTable {
    private(set) var rows: [Row] = []

    /// One target of the table.
    struct Row {
        let floor: String
        let target: String
        let mayImport: Set<String>
    }

    /// Reads the first Markdown table whose header has the columns `floor`, `target` and `may import`.
    init(markdown: String) {
        var columns: [String] = []
        for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
            guard line.hasPrefix("|") else {
                if !columns.isEmpty { return }
                continue
            }
            let cells = line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast()
                .map { Self.trimmed($0) }
            if columns.isEmpty {
                if cells.contains("floor"), cells.contains("target") { columns = cells }
            } else if !cells.allSatisfy({ $0.allSatisfy { "-: ".contains($0) } }) {
                addRow(Dictionary(zip(columns, cells)) { first, _ in first })
            }
        }
    }

    /// The row of a target.
    subscript(target: some StringProtocol) -> Row? {
        rows.first { $0.target == target }
    }

    /// What is wrong with the table itself: a target twice, or one that imports from its own floor or a higher one.
    ///
    /// Modules that have no row are the system's and the packages'; the floor says nothing of them. Within a
    /// floor an import goes to a row above.
    func faults() -> [String] {
        var faults: [String] = []
        for (index, row) in rows.enumerated() {
            if rows[..<index].contains(where: { $0.target == row.target }) {
                faults.append("\(row.target) stands twice in the table")
            }
            for later in rows[index...] where row.mayImport.contains(later.target) {
                faults.append("\(row.target) may not import \(later.target), which stands no lower")
            }
        }
        return faults
    }

    /// The imports of a file that its target's row does not name.
    func faults(in source: SwiftSource) -> [String] {
        guard let row = self[source.target] else {
            return ["\(source.path): the target \(source.target) has no row in the table"]
        }
        return source.codeLines.enumerated().compactMap { index, line in
            guard let module = Self.importedModule(in: line), !row.mayImport.contains(module) else {
                return nil
            }
            return "\(source.path):\(index + 1): \(row.target) may not import \(module)"
        }
    }

    /// The module that a line imports: `@testable package import struct Text.Money` imports `Text`.
    static func importedModule(in line: Substring) -> String? {
        let words = line.split(separator: " ").drop { word in
            word.hasPrefix("@") || ["package", "public", "internal", "fileprivate", "private"].contains(word)
        }
        guard words.first == "import" else { return nil }
        let kinds: Set<Substring> = [
            "struct", "enum", "class", "protocol", "func", "var", "let", "typealias",
        ]
        let module = words.dropFirst().first { !kinds.contains($0) }
        return module.map { String($0.prefix { $0 != "." && $0 != ";" }) }
    }

    private mutating func addRow(_ cells: [String: String]) {
        guard let target = cells["target"] else { return }
        let modules = (cells["may import"] ?? "").split(separator: ",").map { Self.trimmed($0) }
        rows.append(
            Row(floor: cells["floor"] ?? "", target: target, mayImport: Set(modules.filter { !$0.isEmpty })))
    }

    /// The text of a cell without spaces and code marks around it.
    private static func trimmed(_ cell: Substring) -> String {
        cell.filter { $0 != "`" }.split(separator: " ").joined(separator: " ")
    }
}
