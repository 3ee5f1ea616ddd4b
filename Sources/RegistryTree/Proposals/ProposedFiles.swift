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
    /// `least` on until the rest has none: what refers to a file that was left out goes with it.
    ///
    /// Throws when the registry cannot be read. As many validations as there are files in the longest such chain.
    package init(
        _ files: [String: [UInt8]], at root: String, rejecting least: Severity, options: Validation.Options
    ) throws(TreeError) {
        var files = files
        while true {
            let source = RegistrySource.overlay(OverlayFolder(root: root, files: files))
            let validation = try Validation(of: source, options: options)
            let errors = validation.findings.filter {
                $0.severity >= least && files[$0.location.path] != nil
            }
            guard !errors.isEmpty else {
                let kept = files
                warnings = validation.findings.filter { kept[$0.location.path] != nil }
                outcome = try RegistryState(of: source, options: options)
                break
            }
            rejections += errors
            for error in errors { files[error.location.path] = nil }
        }
        self.files = files
    }
}
