/// Why a benchmark could not run, as one sentence for the person who started it.
struct BenchmarkError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
