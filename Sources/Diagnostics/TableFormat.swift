/// The forms in which a report that is made of rows can be put out.
package enum TableFormat: String, Sendable, CaseIterable {
    /// For people.
    case text
    /// One object with everything, for programs.
    case json
    /// One table, for spreadsheets.
    case csv
    /// A page or a comment.
    case markdown
}
