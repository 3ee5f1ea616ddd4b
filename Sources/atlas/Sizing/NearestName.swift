import Text

/// What a name that nobody has was meant to be.
enum NearestName {
    /// A question to put behind a message; empty when nothing is near. Names are compared with and without a vendor.
    static func hint(for name: String, among ids: [String]) -> String {
        let name = name.lowercased()
        let short = Dictionary(ids.map { ($0.split(separator: "/").last.map(String.init) ?? $0, $0) }) {
            first, _ in first
        }
        let nearest =
            Spelling.nearest(to: name, in: ids)
            ?? Spelling.nearest(to: name, in: short.keys).flatMap { short[$0] }
        return nearest.map { "; did you mean \"\($0)\"?" } ?? ""
    }
}
