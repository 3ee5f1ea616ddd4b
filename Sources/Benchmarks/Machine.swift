@preconcurrency import Glibc

/// What the figures were taken on, without anything that tells one machine from its twin.
struct Machine: CustomStringConvertible {
    private let processor: String
    private let coreCount: Int
    private let system: String

    init() {
        processor = Self.value(of: "model name", in: "/proc/cpuinfo", separator: ":") ?? "unknown processor"
        coreCount = sysconf(Int32(_SC_NPROCESSORS_ONLN))
        system = Self.value(of: "PRETTY_NAME", in: "/etc/os-release", separator: "=") ?? "unknown system"
    }

    var description: String {
        "\(coreCount) cores (\(processor)), \(system)"
    }

    /// The value of the first line of that name in a file of `name separator value` lines, quotes dropped.
    private static func value(of name: String, in path: String, separator: Character) -> String? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 4_096)
        while fgets(&line, Int32(line.count), file) != nil {
            let bytes = line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            let parts = String(decoding: bytes, as: UTF8.self).split(separator: separator, maxSplits: 1)
            guard parts.count == 2, trimmed(parts[0]) == name else { continue }
            return trimmed(parts[1])
        }
        return nil
    }

    private static func trimmed(_ text: Substring) -> String {
        let isEdge: (Character) -> Bool = { $0.isWhitespace || $0 == "\"" }
        return String(text.drop(while: isEdge).reversed().drop(while: isEdge).reversed())
    }
}
