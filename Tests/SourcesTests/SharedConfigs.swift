import Documents
import Sources
import TestKit
import Testing
import Text

/// The configurations of the shared folder with where each comes from.
enum SharedConfigs {
    static let day = CalendarDate(year: 2026, month: 11, day: 20)

    /// All files of the folder as snapshots, sorted by name; empty where there is no shared folder.
    static let snapshots: [Snapshot] = {
        guard let shared = SharedData.folder, let day else { return [] }
        let folder = shared + "/data/hf-configs"
        let names = Files.names(in: folder).filter { $0.hasSuffix(".json") && !$0.hasSuffix(".meta.json") }
        return names.sorted().compactMap { name in
            Files.bytes(at: folder + "/" + name).map { bytes in
                Snapshot(name: name, bytes: bytes, origin: Origin(url: nil, seenOn: day))
            }
        }
    }()

    /// The JSON of a file; nil where it is not there.
    static func json(_ name: String) throws -> Value? {
        try snapshots.first { $0.name == name }.map { try HuggingFaceFile.json(of: $0) }
    }

    /// Names of the files that hold a configuration.
    static let configs = snapshots.map(\.name).filter {
        $0 != "INDEX.json" && $0 != "safetensors-index.json" && !$0.hasSuffix(".hf_quant_config.json")
    }

    /// The decoded configurations, or why they are refused, by repository.
    static let decoded: [String: Result<HuggingFaceConfig, ConfigFault>] = {
        var decoded: [String: Result<HuggingFaceConfig, ConfigFault>] = [:]
        for name in configs {
            guard let config = try? json(name) else { continue }
            let stem = String(name.dropLast(".json".count))
            let quantization = try? json(stem + ".hf_quant_config.json")
            decoded[stem.replacing("__", with: "/")] = Result { () throws(ConfigFault) in
                try HuggingFaceConfig(config, quantization: quantization)
            }
        }
        return decoded
    }()

    /// A list of the fixtures: a name and what is said of it a line, signs of a comment left out.
    static func list(_ name: String) -> [String: String] {
        let lines = Repository.text(of: "Tests/Fixtures/huggingface/" + name).split(separator: "\n")
        let pairs = lines.filter { !$0.hasPrefix("#") }.compactMap { line -> (String, String)? in
            let parts = line.split(separator: " ", maxSplits: 1)
            return parts.count == 2 ? (String(parts[0]), parts[1].trimmed) : nil
        }
        return Dictionary(pairs) { first, _ in first }
    }
}

extension Substring {
    fileprivate var trimmed: String { String(drop { $0 == " " }) }
}
