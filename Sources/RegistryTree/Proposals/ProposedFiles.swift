package import Diagnostics
import Text

/// Files that are to be written, held against the registry before they are.
package struct ProposedFiles {
    /// Those that may be written, by path.
    package private(set) var files: [String: [UInt8]]
    /// What keeps files from being written.
    package private(set) var rejections: [Diagnostic] = []
    /// What is still to be looked at in the files that may be written.
    package private(set) var warnings: [Diagnostic] = []
    /// The registry as it would be.
    package let outcome: RegistryState

    /// Checks the registry at `root` with the files laid over it, and leaves out those with findings of a severity from
    /// `least` on until the rest has none: what refers to a file that was left out goes with it. A finding in a file
    /// that is not to be written counts against the files that it is also about: a name that both want.
    ///
    /// Throws when the registry cannot be read. As many validations as there are files in the longest such chain.
    package init(
        _ files: [String: [UInt8]], at root: String, rejecting least: Severity, options: Validation.Options
    ) throws(TreeError) {
        var files = files
        while true {
            let source = RegistrySource.overlay(OverlayFolder(root: root, files: files))
            let validation = try Validation(of: source, options: options)
            let kept = files
            let errors = validation.findings.filter {
                $0.severity >= least && !ProposedFiles.causes(of: $0, in: kept).isEmpty
            }
            guard !errors.isEmpty else {
                warnings = validation.findings.filter { kept[$0.location.path] != nil }
                outcome = try RegistryState(of: source, options: options)
                break
            }
            rejections += errors
            for path in errors.flatMap({ ProposedFiles.causes(of: $0, in: kept) }) { files[path] = nil }
        }
        self.files = files
    }

    /// The file with the finding where it is one of those that are to be written, or else those of them that the
    /// finding is also about.
    private static func causes(of finding: Diagnostic, in files: [String: [UInt8]]) -> [String] {
        if files[finding.location.path] != nil { return [finding.location.path] }
        return finding.related.map(\.location.path).filter { files[$0] != nil }
    }
}
