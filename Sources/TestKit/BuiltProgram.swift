/// The programs of this package as they were built together with the tests.
package enum BuiltProgram {
    /// The path of one: it stands in the folder of the file that holds the tests, which this process has loaded.
    package static func path(_ name: String) -> String {
        let loaded = (Files.text(at: "/proc/self/maps") ?? "").split(separator: "\n").compactMap {
            (line) -> Substring? in
            line.firstIndex(of: "/").map { line.suffix(from: $0) }
        }
        let tests = loaded.first { $0.hasSuffix(".xctest") } ?? ""
        return tests.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
            + "/" + name
    }
}
