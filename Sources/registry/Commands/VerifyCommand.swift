import ArgumentParser

/// `registry verify`: holds every column of the database against the registry.
struct VerifyCommand: RegistryCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Compares every column of the database with a commit's registry.")

    @OptionGroup var common: CommonOptions

    @OptionGroup var database: DatabaseOptions

    func run(on console: Console) throws -> ExitStatus {
        .failure
    }
}
