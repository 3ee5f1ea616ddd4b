import ArgumentParser
import RegistryTree
import TestKit

/// `benchmarks truth`: how far the sizing engine is from measured values.
struct TruthCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "truth",
        abstract: "Score the sizing engine on a table of measured values.",
        discussion: """
            Each row is scored from its own network, hardware and settings; what a row lacks is looked up in the \
            registry by the model's name. Prints by kind the rows scored, those refused with the reason, median and mean \
            error, how many lie in the predicted range, and the worst rows.
            """)

    @Argument(help: "A file of the truth table's form.")
    var file: String

    @Option(help: "The registry's folder.")
    var root = "."

    @Option(help: "Only rows of this confidence: high, medium or low.")
    var confidence: String?

    @Option(help: "How many of the worst rows to show.")
    var worst = 10

    func run() throws {
        let score = TruthScore(try TruthCommand.rows(of: file, root: root), confidence: confidence)
        print(score.text(worst: worst), terminator: "")
    }

    /// The rows of a file, with what they lack from a registry.
    static func rows(of file: String, root: String) throws -> [TruthRow] {
        let catalog = try RegistryState(of: .folder(root), options: Validation.Options()).catalog
        return try TruthRow.rows(of: try SourceFiles.bytes(at: file), knowing: catalog)
    }
}
