import RegistryTree

/// Files named on the command line.
enum InputFile {
    /// The bytes of a file, or of the standard input for `-`.
    static func bytes(of file: String, on console: Console) throws -> [UInt8] {
        guard file == "-" else { return try SourceFiles.bytes(at: console.path(file)) }
        var bytes: [UInt8] = []
        while let line = console.inputLine() { bytes += Array(line.utf8) + [UInt8(ascii: "\n")] }
        return bytes
    }
}
