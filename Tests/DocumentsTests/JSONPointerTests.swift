import Documents
import Testing

@Suite struct JSONPointerTests {
    private static let example = #"""
        {"foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "e^f": 3, "g|h": 4, "i\\j": 5, "k\"l": 6, " ": 7, "m~n": 8}
        """#

    /// The examples of RFC 6901 section 5.
    @Test(arguments: [
        ("/foo", #"["bar", "baz"]"#), ("/foo/0", #""bar""#), ("/", "0"), ("/a~1b", "1"), ("/c%d", "2"),
        ("/e^f", "3"), ("/g|h", "4"), (#"/i\j"#, "5"), (#"/k"l"#, "6"), ("/ ", "7"), ("/m~0n", "8"),
    ])
    func `the standard's examples`(pointer: String, value: String) throws {
        let document = readJSON(JSONPointerTests.example).document
        let node = try #require(document.node(at: pointer))
        #expect(writtenJSON(document, from: node) == value)
        #expect(document.pointer(to: node) == pointer)
        #expect(document.node(at: "") == 0 && document.pointer(to: 0) == "")
    }

    @Test(arguments: [
        "foo", "/foo/2", "/foo/-", "/foo/01", "/foo/+1", "/foo/-0", "/foo/1 ", "/foo/",
        "/foo/99999999999999999999",
        "/bar", "/a/b", "/m~n", "/m~2n", "/m~", "/foo/0/0", "//", "#/foo",
    ])
    func `what leads nowhere`(pointer: String) {
        #expect(readJSON(JSONPointerTests.example).document.node(at: pointer) == nil)
    }

    @Test func `tokens are compared by bytes`() {
        let document = readJSON(#"{"e\u0301": 1, "é": 2}"#).document
        #expect(document.node(at: "/é") == 4 && document.node(at: "/e\u{301}") == 2)
    }

    @Test(
        arguments: [
            ("", []), ("/", [""]), ("//", ["", ""]), ("/a~1b/~0", ["a/b", "~"]), ("/~01", ["~1"]),
            ("/é/日", ["é", "日"]),
            ("a", nil), ("/~", nil), ("/~2", nil),
        ] as [(String, [String]?)])
    func `a pointer is its tokens`(pointer: String, tokens: [String]?) {
        #expect(JSONPointer.tokens(pointer) == tokens)
        if let tokens { #expect(tokens.map { "/" + JSONPointer.escaped($0) }.joined() == pointer) }
    }

    @Test func `a key has its value's pointer`() {
        let document = readJSON(#"[{"a": {"b/c": [true, 1]}}, 2]"#).document
        let pointers = document.nodes.indices.map { document.pointer(to: $0) }
        #expect(
            pointers == [
                "", "/0", "/0/a", "/0/a", "/0/a/b~1c", "/0/a/b~1c", "/0/a/b~1c/0", "/0/a/b~1c/1", "/1",
            ])
    }
}
