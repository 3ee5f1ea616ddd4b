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
        return try catalog(on: console, options)
    }

    /// The models and accelerators alone: what sizing asks for. Of the models only the one that a name spells where a
    /// file stands there, else all, since the name may be an alias.
    ///
    /// Throws when the registry cannot be read.
    package func hardware(andModel name: String?, on console: Console) throws -> Catalog {
        var options = Validation.Options()
        options.jobs = console.coreCount
        options.folders = ["models", "accelerators"]
        if let name, name.count(where: { $0 == "/" }) == 1 {
            let path = "models/\(name).yaml"
            options.wanted = { $0 == path || $0.hasPrefix("accelerators/") }
            let part = try Validation(of: try source(on: console), options: options).catalog
            if part.model(Model.ID(name)) != nil { return part }
            options.wanted = nil
        }
        return try Validation(of: try source(on: console), options: options).catalog
    }

    /// What it takes to serve one model: its file and the offers of it, all providers and accelerators. All of the registry
    /// where the name is an alias.
    ///
    /// Throws when the registry cannot be read.
    package func market(ofModel name: String, on console: Console) throws -> Catalog {
        var options = Validation.Options()
        options.jobs = console.coreCount
        if name.count(where: { $0 == "/" }) == 1 {
            let path = "models/\(name).yaml"
            options.wanted = { file in
                file == path || file.hasPrefix("accelerators/") || file.hasPrefix("providers/")
                    || file.hasPrefix("mappings/") && file.hasSuffix("/\(name).yaml")
            }
            let part = try Validation(of: try source(on: console), options: options).catalog
            if part.model(Model.ID(name)) != nil { return part }
            options.wanted = nil
        }
        return try catalog(on: console, options)
    }

    private func catalog(on console: Console, _ options: Validation.Options) throws -> Catalog {
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
