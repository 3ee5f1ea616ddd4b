import TestKit

/// A made-up registry of any size, the same bytes every time, to measure on.
///
/// A file has about 43 lines and 943 bytes, like the real ones. Three collections refer to each other;
/// their schemas use what a registry's schemas use: patterns, formats, enums, nested lists, `oneOf`, and
/// the annotation keywords for references, paths and uniqueness.
struct SyntheticRegistry {
    let fileCount: Int
    /// Every tenth file carries one fault.
    let isFaulty: Bool

    private let modelCount: Int
    private let providerCount: Int
    private let offersPerProvider: Int

    /// A registry of at least one file. About three in ten are models and one in fifty is a provider; the rest
    /// are mappings, each with its own pair of provider and model.
    init(fileCount: Int, isFaulty: Bool = false) {
        self.fileCount = max(1, fileCount)
        self.isFaulty = isFaulty
        modelCount = max(1, self.fileCount * 3 / 10)
        let others = self.fileCount - modelCount
        var providers = min(others, max(1, self.fileCount / 50))
        while providers * modelCount < others - providers { providers += 1 }
        providerCount = providers
        let mappings = others - providers
        offersPerProvider = providers == 0 ? 0 : (mappings + providers - 1) / providers
    }

    /// Writes the schemas and every file below a folder, one file in memory at a time.
    func write(to root: String) throws(BenchmarkError) -> Size {
        for (name, text) in Self.schemas {
            try Self.write(text, to: "\(root)/schemas/\(name).schema.json")
        }
        var size = Size(files: fileCount, lines: 0, bytes: 0)
        for index in 0..<fileCount {
            var file = file(at: index)
            if isFaulty, index % 10 == 3 {
                let kinds = SyntheticFault.allCases
                file.text = try kinds[index / 10 % kinds.count].planted(in: file.text)
            }
            size.bytes += file.text.utf8.count
            size.lines += file.text.utf8.count { $0 == UInt8(ascii: "\n") }
            try Self.write(file.text, to: "\(root)/\(file.path)")
        }
        return size
    }

    private static func write(_ text: String, to path: String) throws(BenchmarkError) {
        guard Files.write(text, to: path) else { throw BenchmarkError("cannot write \(path)") }
    }

    private func file(at index: Int) -> File {
        var random = SeededGenerator(seed: UInt64(index))
        if index < modelCount {
            return Self.model(SyntheticModel(number: index), using: &random)
        }
        if index < modelCount + providerCount {
            return Self.provider(Self.providerID(index - modelCount), using: &random)
        }
        let mapping = index - modelCount - providerCount
        let provider = mapping / offersPerProvider
        return Self.mapping(
            provider: Self.providerID(provider), model: SyntheticModel(number: mapping % modelCount),
            using: &random)
    }

    private static func providerID(_ number: Int) -> String {
        "provider-\(padded(number, to: 4))"
    }

    /// A path below the root and what stands there.
    struct File {
        let path: String
        var text: String
    }

    /// What a registry amounts to, its schemas left out.
    struct Size {
        let files: Int
        var lines: Int
        var bytes: Int
    }
}

/// A model's number and the names that follow from it.
struct SyntheticModel {
    let number: Int

    /// Fifty models share a vendor.
    var vendor: String { "vendor-\(padded(number / 50, to: 3))" }
    var name: String { "model-\(padded(number, to: 5))" }
    var id: String { "\(vendor)/\(name)" }
}
