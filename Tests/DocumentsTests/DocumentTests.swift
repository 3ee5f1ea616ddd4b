import Documents
import Testing
import Text

@Suite struct DocumentTests {
    @Test func `children come in order, members with keys and items without`() {
        let document = readJSON(#"{"a": [1, [2, 3]], "b": {"c": 4}}"#).document
        #expect(document.children(of: 0).map { $0.key.map(document.string) } == ["a", "b"])
        #expect(
            document.children(of: 0).map { writtenJSON(document, from: $0.value) } == [
                "[1, [2, 3]]", #"{"c": 4}"#,
            ])
        #expect(document.children(of: 2).map(\.key) == [nil, nil])
        #expect(document.children(of: 3).map(\.value).isEmpty, "a scalar has no children")
        #expect(document.member("b", of: 0) == 8 && document.member("c", of: 0) == nil)
    }

    @Test func `scalars give their text and numbers their value`() {
        let document = readJSON(#"["abc", 12, 1.5, "12", true]"#).document
        #expect(document.text(at: 1, equals: "abc") && !document.text(at: 1, equals: "abd"))
        #expect(!document.text(at: 1, equals: "ab") && !document.text(at: 1, equals: "abcd"))
        #expect((0..<6).map { document.number(at: $0) } == [nil, nil, Number(12), Number("1.5"), nil, nil])
        #expect(document.string(at: 0) == "")
    }

    @Test func `an alias leads to the node it stands for`() {
        var document = readJSON(#"{"a": {"x": 1}, "b": 0}"#).document
        document.nodes[6] = Node(kind: .alias, line: 1, column: 22, link: 2)
        #expect(document.resolve(6) == 2 && document.resolve(2) == 2)
        #expect(document.member("b", of: 0) == 2)
        #expect(document.children(of: 0).map(\.slot) == [2, 6])
        #expect(document.children(of: 6).map(\.value) == [4])
        #expect(document.pointer(to: 6) == "/b" && document.node(at: "/b/x") == 4)
    }

    @Test func `a document is emptied for the next`() {
        var document = readJSON("[1]").document
        document.reset()
        #expect(document.nodes.isEmpty && document.text.isEmpty && document.node(at: "") == nil)
    }
}
