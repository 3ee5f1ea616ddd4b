/// How many rows each statement of a pipeline should say that it changed.
struct ExpectedCounts {
    private var expected: [(statement: Int, table: String, count: Int)] = []

    /// Expects a count of a statement, given by its index in the pipeline.
    mutating func note(_ statement: Int, _ table: String, _ count: Int) {
        expected.append((statement, table, count))
    }

    /// Holds the counts of a pipeline against what was expected. Throws `.drift` at the first that differs.
    func check(_ counts: [Int]) throws(StorageError) {
        for (statement, table, count) in expected where counts[statement] != count {
            throw StorageError.drift(in: table, changed: counts[statement], expected: count)
        }
    }
}
