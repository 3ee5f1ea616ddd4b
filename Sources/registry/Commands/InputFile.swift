import Commands
import RegistryTree

/// Files named on the command line.
enum InputFile {
    /// The bytes of a file, or of the standard input for `-`.
    static func bytes(of file: String, on console: Console) throws -> [UInt8] {
        file == "-" ? console.inputBytes() : try SourceFiles.bytes(at: console.path(file))
    }
}
