import ArgumentParser
import Diagnostics
import RegistryTree

/// What every command that looks at a registry takes.
struct CommonOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The registry's folder.", discussion: "Default: the nearest one upward with schemas/."))
    var root: String?

    @Flag(help: "No colours, even on a terminal.")
    var noColor = false

    @Flag(help: "Say nothing but findings and results.")
    var quiet = false

    /// The registry's folder as the operating system wants it.
    func rootFolder(on console: Console) throws -> String {
        if let root { return console.path(root) }
        guard let found = RegistryRoot.nearest(to: console.folder.isEmpty ? "." : console.folder) else {
            throw Failure(
                "no registry here: neither this folder nor one above it has a schemas/ folder; use --root")
        }
        return found
    }

    func style(on console: Console) -> TextStyle {
        console.isTerminal && !noColor ? .colored : .plain
    }
}

// Spelt out, because the library's generic way of listing them is a twentieth of what a run costs before its first file.
extension OutputFormat: ExpressibleByArgument {
    static var allValueStrings: [String] { allCases.map(\.rawValue) }
    static var allValueDescriptions: [String: String] { [:] }
}

/// From which severity on findings make a run fail.
enum FailureThreshold: String, CaseIterable, ExpressibleByArgument {
    case error, warning

    static var allValueStrings: [String] { allCases.map(\.rawValue) }
    static var allValueDescriptions: [String: String] { [:] }

    func status(of report: Report) -> ExitStatus {
        let least: Severity = self == .error ? .error : .warning
        let hasFailed = Severity.allCases.contains { $0 >= least && report.count(of: $0) > 0 }
        return hasFailed ? .findings : .clean
    }
}
