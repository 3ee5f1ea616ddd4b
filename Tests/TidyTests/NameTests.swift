import Testing

/// Names that say nothing, and paths that hold on one machine only.
@Suite struct NameTests {
    private static let emptyWords: Set<String> = [
        "Util", "Utils", "Utilities", "Helper", "Helpers", "Manager", "Core", "Common",
    ]

    @Test func `no target, file or type has a name that says nothing`() {
        #expect(SwiftSource.all.flatMap { Self.faults(in: $0) } == [])
    }

    @Test(arguments: [
        ("Sources/Utils/A.swift", ""), ("Sources/Text/TextHelpers.swift", ""),
        ("Sources/Text/A.swift", "struct FileManager {}"), ("Sources/Text/A.swift", "package enum Common {"),
    ])
    func `a name that says nothing is found`(path: String, text: String) {
        #expect(Self.faults(in: SwiftSource(path: path, text: text)).count == 1)
    }

    @Test(arguments: [
        ("Sources/YAML/CoreSchema.swift", "enum CoreSchema {}"), ("Sources/Text/A.swift", "// struct Helper"),
        ("Sources/registry/Commands/CommonOptions.swift", "struct Score {}"),
    ])
    func `a name that says something passes`(path: String, text: String) {
        #expect(Self.faults(in: SwiftSource(path: path, text: text)) == [])
    }

    private static func faults(in source: SwiftSource) -> [String] {
        let stem = source.fileName.prefix { $0 != "." && $0 != "+" }
        var names = [source.target, stem]
        let kinds: Set<Substring> = ["struct", "enum", "class", "protocol", "actor", "typealias"]
        for line in source.codeLines {
            let words = line.split { !$0.isLetter && !$0.isNumber && $0 != "_" }
            if let kind = words.firstIndex(where: { kinds.contains($0) }), kind + 1 < words.count {
                names.append(words[kind + 1])
            }
        }
        return names.filter { emptyWords.contains(lastWord(of: $0)) }.map {
            "\(source.path): \($0) says nothing"
        }
    }

    /// `Manager` of `FileManager`.
    private static func lastWord(of name: Substring) -> String {
        guard let start = name.lastIndex(where: \.isUppercase) else { return String(name) }
        return String(name[start...])
    }
}
