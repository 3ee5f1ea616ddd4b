package import Documents
package import Text

extension Origin {
    /// What a sidecar says of its snapshot: `source`, and a commit with its date, or the day of fetching.
    ///
    /// Nil members stay nil; the address is pinned to the commit where there is one.
    package static func parts(ofSidecar sidecar: Value) -> (url: String?, seenOn: CalendarDate?) {
        let days = ["fetched", "commit_date", "mirror_commit_date", "generated", "date", "compiled"]
        let seenOn = days.lazy.compactMap { sidecar[$0]?.text }.compactMap { CalendarDate($0.prefix(10)) }
            .first
        guard let source = sidecar["source"]?.text, let start = source.firstRange(of: "https://") else {
            return (nil, seenOn)
        }
        let address = source[start.lowerBound...].prefix { !" ,;)".contains($0) }
        guard address.hasPrefix("https://github.com/"), let commit = sidecar["commit"]?.text else {
            return (String(address), seenOn)
        }
        if let path = sidecar["path"]?.text, !path.contains("*"), !path.contains(" "), !path.isEmpty {
            let form = path.hasSuffix("/") ? "tree" : "blob"
            return ("\(address)/\(form)/\(commit)/\(path)", seenOn)
        }
        return ("\(address)/tree/\(commit)", seenOn)
    }

    /// A day that stands in the name of a file.
    package static func day(inName name: String) -> CalendarDate? {
        let bytes = Array(name.utf8)
        guard bytes.count >= 10 else { return nil }
        return (0...bytes.count - 10).lazy
            .compactMap { CalendarDate(String(decoding: bytes[$0..<$0 + 10], as: UTF8.self)) }.first
    }
}
