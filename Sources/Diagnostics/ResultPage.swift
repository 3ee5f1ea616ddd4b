/// Several tables of results that belong together.
package struct ResultPage: Sendable {
    /// One of the tables, with a title for people and a name for programs.
    package struct Section: Sendable {
        package let title: String
        /// In snake case.
        package let key: String
        package let table: ResultTable

        package init(_ title: String, key: String, _ table: ResultTable) {
            self.title = title
            self.key = key
            self.table = table
        }
    }

    package var sections: [Section] = []
    /// The table that a spreadsheet gets, by its key.
    package let principal: String

    package init(principal: String) { self.principal = principal }

    /// The page in a format, ending with a line end. Tables of which there is
    /// nothing to say are left out for people; CSV is the principal
    /// table alone, since a file holds one.
    package func rendered(as format: TableFormat) -> String {
        let shown = sections.filter { !$0.table.rows.isEmpty || !$0.table.notes.isEmpty }
        switch format {
        case .text:
            return shown.map { "\($0.title)\n" + $0.table.rendered(as: .text) }.joined(separator: "\n")
        case .markdown:
            return shown.map { "**\($0.title)**\n\n" + $0.table.rendered(as: .markdown) }.joined(
                separator: "\n")
        case .csv:
            return sections.first { $0.key == principal }?.table.rendered(as: .csv) ?? ""
        case .json:
            let members = sections.map { "  \"\($0.key)\": " + $0.table.jsonList(indentation: "  ") }
            return "{\n  \"version\": 1,\n" + members.joined(separator: ",\n") + "\n}\n"
        }
    }
}
