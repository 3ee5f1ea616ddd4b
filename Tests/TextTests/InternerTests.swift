import Testing
import Text

@Suite struct InternerTests {
    @Test func `equal strings share a handle and keep it when the table grows`() {
        var interner = Interner()
        let words = (0..<5_000).map { "key-\($0 * 7919)" } + ["", "é", "e\u{301}", "\u{0}"]
        let handles = words.map { interner.intern($0) }
        #expect(handles == Array(0..<Int32(words.count)))
        #expect(words.map { interner.intern($0) } == handles)
        #expect(handles.map(interner.text) == words)
        #expect(interner.count == words.count)
    }

    @Test func `to look up is not to add`() {
        var interner = Interner()
        let handle = interner.intern("known")
        #expect(interner.find(Array("known".utf8).span) == handle)
        #expect(interner.find(Array("knowm".utf8).span) == nil)
        #expect(interner.count == 1)
    }

    @Test func `a copy is independent`() {
        var base = Interner()
        _ = base.intern("shared")
        var copy = base
        #expect(copy.intern("only in the copy") == 1)
        #expect(base.intern("only in the base") == 1)
        #expect(base.text(of: 1) == "only in the base" && copy.text(of: 1) == "only in the copy")
    }

    @Test(arguments: [0, 1, 60, 300])
    func `truncation forgets the later strings and only those`(kept: Int) {
        var interner = Interner()
        let words = (0..<300).map { "w\($0)" }
        for word in words { _ = interner.intern(word) }
        interner.truncate(to: kept)
        #expect(interner.count == kept)
        for (index, word) in words.enumerated() {
            #expect(interner.find(Array(word.utf8).span) == (index < kept ? Int32(index) : nil))
        }
        #expect(interner.intern("new") == Int32(kept))
        #expect(interner.text(of: Int32(kept)) == "new")
    }
}
