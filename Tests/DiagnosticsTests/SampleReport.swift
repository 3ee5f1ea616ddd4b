import Diagnostics
import Text

/// A small registry with three findings, for the golden tests of every format.
enum SampleReport {
    static let rocket = "id: acme/rocket-1\nlimits:\n\tcontxt: 12 # 日本\n"

    static let report = Report(
        [
            finding(
                .schemaUnknownKey, "models/acme/rocket-1.yaml", 3, 2, 6, "unknown key \"contxt\"",
                hint: "did you mean \"context\"?", pointer: "/limits/contxt"),
            finding(
                .suppressionUnused, "accelerators", 1, 1, 1, "the collection \"accelerators\" has no files"),
            finding(
                .pathMismatch, "models/acme/rocket-1.yaml", 1, 5, 13, "\"acme/rocket-1\" is not the path",
                pointer: "/id",
                related: [RelatedLocation(location("schemas/a.json", 7, 3, 2), "the path is asked for here")]),
        ],
        checkedFileCount: 4, suppressedCount: 1)

    static func rendered(_ format: OutputFormat, style: TextStyle = .plain) -> String {
        report.rendered(as: format, style: style) { path in
            path == "models/acme/rocket-1.yaml" ? Array(rocket.utf8) : nil
        }
    }

    static func location(_ path: String, _ line: Int, _ column: Int, _ width: Int) -> Location {
        Location(path: path, span: TextSpan(line: line, column: column, width: width))
    }

    static func finding(
        _ rule: RuleID, _ path: String, _ line: Int, _ column: Int, _ width: Int, _ message: String,
        hint: String? = nil, pointer: String = "", related: [RelatedLocation] = [], severity: Severity? = nil
    ) -> Diagnostic {
        Diagnostic(
            rule, at: location(path, line, column, width), message, hint: hint, pointer: pointer,
            related: related, severity: severity)
    }

    /// A report of `count` findings in one file each, or all in one.
    static func many(_ count: Int, severity: Severity = .error, inOneFile: Bool = false) -> [Diagnostic] {
        (0..<count).map { number in
            let path = inOneFile ? "one.yaml" : "file-\(String(100_000 + number).dropFirst()).yaml"
            return finding(.schemaType, path, number + 1, 1, 1, "finding \(number)", severity: severity)
        }
    }
}
