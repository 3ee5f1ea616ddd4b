import Testing

/// What other rooms use says what it is.
@Suite struct DocCommentTests {
    @Test func `every type and function for other rooms has a doc comment`() {
        let sources = SwiftSource.sources.filter { !$0.isGenerated }
        #expect(sources.contains { !Self.declarations(in: $0).isEmpty })
        #expect(sources.flatMap { Self.faults(in: $0) } == [])
    }

    @Test(arguments: [
        "package struct A {}", "    @inlinable package func a() {}", "public enum B {}",
        "/// Says what.\npackage struct A {}\npackage enum C {}",
        "// Not a doc comment.\npackage static func d() {}",
        "/// Says what.\n\npackage func e() {}",
    ])
    func `a declaration without one is found`(text: String) {
        #expect(Self.faults(in: SwiftSource(path: "Sources/Text/A.swift", text: text)).count == 1)
    }

    @Test(arguments: [
        "/// Says what.\n@inlinable\npackage func a() {}", "package import Text", "func inside() {}",
        "package static func == (a: A, b: A) -> Bool { true }",
        "let text = \"\"\"\n    package func a()\n    \"\"\"",
        "    package enum Kind: String {}", "    package typealias ID = Identifier<A>",
        "/// Says what.\n@available(*, deprecated)\n@usableFromInline package struct A {}",
    ])
    func `other lines need none`(text: String) {
        #expect(Self.faults(in: SwiftSource(path: "Sources/Text/A.swift", text: text)) == [])
    }

    private static func faults(in source: SwiftSource) -> [String] {
        let lines = source.lines
        return declarations(in: source).compactMap { index in
            var above = index - 1
            while above >= 0, lines[above].drop(while: { $0 == " " }).hasPrefix("@") { above -= 1 }
            let isDocumented = above >= 0 && lines[above].drop { $0 == " " }.hasPrefix("///")
            return isDocumented ? nil : "\(source.path):\(index + 1): no doc comment"
        }
    }

    /// The lines, from zero, that declare a type or a function for other rooms. Operators and the members that a
    /// well-known protocol asks for say enough by their names; the words of a list within a type are the schema's,
    /// which describes them.
    private static func declarations(in source: SwiftSource) -> [Int] {
        let kinds: Set<Substring> = ["struct", "enum", "class", "protocol", "actor", "func", "typealias"]
        let wellKnown: Set<Substring> = ["hash", "next", "makeIterator", "encode", "validate", "run"]
        return source.codeLines.enumerated().compactMap { index, line in
            let words = line.split { $0 == " " || $0 == "(" }
            guard words.contains("package") || words.contains("public"),
                let kind = words.firstIndex(where: { kinds.contains($0) }), kind + 1 < words.count,
                !words.contains("import"), !words.contains("extension"),
                !line.hasPrefix(" ")
                    || !(words[kind] == "typealias" || (words[kind] == "enum" && line.contains(": String")))
            else { return nil }
            let name = words[kind + 1]
            let isOperator = name.first.map { !$0.isLetter && $0 != "_" && $0 != "`" } ?? true
            return isOperator || wellKnown.contains(name) ? nil : index
        }
    }
}
