import ArgumentParser
package import Diagnostics
package import Entities
import RegistryTree

extension TableFormat: ExpressibleByArgument {}

extension CommonOptions {
    /// The registry as values; files with errors are left out, and said to be on the error output.
    ///
    /// Throws when the registry cannot be read.
    package func catalog(on console: Console) throws -> Catalog {
        var options = Validation.Options()
        options.jobs = console.coreCount
        let validation = try Validation(of: try source(on: console), options: options)
        let errors =
            validation.findings.count { $0.severity == .error } + validation.omissions.count(of: .error)
        if errors > 0, !quiet {
            console.errorOutput(
                "the registry has \(errors) error\(errors == 1 ? "" : "s"), which \"registry validate\" names; "
                    + "files that have any are left out\n")
        }
        return validation.catalog
    }
}
