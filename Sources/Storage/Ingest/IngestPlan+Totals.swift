extension IngestPlan {
    /// How much a plan does, over all kinds of entity and over all rows.
    package struct Totals: Sendable, Equatable {
        package var added = 0
        package var changed = 0
        package var returned = 0
        package var retired = 0
        package var rowsWritten = 0
        /// Rows that are deleted, retired or superseded.
        package var rowsRemoved = 0
    }

    package var totals: Totals {
        var totals = Totals()
        for change in changes {
            totals.rowsWritten += change.added.count + change.changed.count + change.returned.count
            totals.rowsRemoved += change.ended.count
            guard change.table.schema.ending == .retired else { continue }
            totals.added += change.added.count
            totals.changed += change.changed.count
            totals.returned += change.returned.count
            totals.retired += change.ended.count
        }
        return totals
    }
}
