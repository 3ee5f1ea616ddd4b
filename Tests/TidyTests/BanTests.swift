import Testing

@Suite struct BanTests {
    @Test(arguments: Ban.inSources)
    func `the programs keep off banned words`(ban: Ban) {
        #expect(SwiftSource.sources.flatMap { ban.faults(in: $0) } == [])
    }

    @Test(arguments: Ban.inTests)
    func `the tests keep off banned words`(ban: Ban) {
        #expect(SwiftSource.all.filter { $0.folder == "Tests" }.flatMap { ban.faults(in: $0) } == [])
    }

    @Test(arguments: Ban.inSources + Ban.inTests)
    func `a banned word is found where it stands`(ban: Ban) {
        let source = SwiftSource(path: "Sources/Text/A.swift", text: "let a = 1\nlet b = \(ban.word) c\n")
        #expect(ban.faults(in: source).count == 1)
        #expect(ban.faults(in: source).first?.hasPrefix("Sources/Text/A.swift:2: ") == true)
    }

    @Test(arguments: Ban.inSources + Ban.inTests)
    func `a banned word in a sentence is found only when prose counts`(ban: Ban) {
        let source = SwiftSource(path: "Sources/Text/A.swift", text: "// never \(ban.word) here\n")
        #expect(ban.faults(in: source).isEmpty == !ban.alsoInProse)
    }

    @Test func `the end of a longer word is not the word`() {
        let source = SwiftSource(path: "Sources/Text/A.swift", text: "blueprint(1)\nhas!\n")
        #expect(Ban.inSources.flatMap { $0.faults(in: source) } == [])
    }
}
