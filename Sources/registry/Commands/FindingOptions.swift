import ArgumentParser
import Commands
import Diagnostics

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
