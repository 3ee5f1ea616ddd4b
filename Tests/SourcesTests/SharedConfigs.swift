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
}
