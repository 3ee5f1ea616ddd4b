import ArgumentParser
import Commands
import RegistryTree

/// `registry new`: a file to start from.
struct NewCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "new", abstract: "Writes a commented skeleton of a new file.",
        discussion: """
            For example: registry new model acme/rocket-1, registry new provider acme, registry new mapping \
            acme/acme/rocket-1, registry new accelerator acme-x1.
            """)

    @Argument(
        help: "What it is: model, provider, mapping, accelerator, or another collection of the registry.")
    var kind: String

    @Argument(help: "Its id, which is also its path below the collection's folder.")
    var id: String

    @OptionGroup var common: CommonOptions

    @Flag(help: "Print the skeleton instead of writing the file.")
    var printOnly = false

    func validate() throws { try common.refuseRevision(for: "new") }

    func run(on console: Console) throws -> ExitStatus {
        let root = try common.rootFolder(on: console)
        let schemas = try RegistrySchemas(of: .folder(root))
        let kinds = Skeleton.kinds(of: schemas)
        guard kinds.contains(kind) || kinds.contains(where: { $0 + "s" == kind }) else {
            throw ValidationError(
                "there is no kind \"\(kind)\" here; the kinds are \(kinds.joined(separator: ", "))")
        }
        guard let skeleton = Skeleton(of: kind, id: id, in: schemas) else {
            throw ValidationError("\"\(id)\" has not the parts that the path of a \(kind) has")
        }
        if printOnly {
            console.output(skeleton.text)
            return .clean
        }
        try TreeWriter(root: root).create(skeleton.path, Array(skeleton.text.utf8))
        console.output("wrote \(skeleton.path)\n")
        return .clean
    }
}
