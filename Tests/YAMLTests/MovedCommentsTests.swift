import Diagnostics
import Documents
import Testing
import Text
import YAML

/// A file that is written anew from a record keeps the comments of what is still in it.
struct MovedCommentsTests {
    private func document(_ text: String) throws -> Document {
        var document = Document()
        var keys = Interner()
        var findings: [Diagnostic] = []
        var reader = YAMLReader()
        try #require(
            reader.read(Array(text.utf8), path: "x", into: &document, keys: &keys, findings: &findings))
        return document
    }

    private func moved(_ old: String, to new: String) throws -> String {
        let bytes = YAMLFormatter().format(
            try document(new), withCommentsOf: Array(old.utf8), try document(old))
        return String(decoding: bytes, as: UTF8.self)
    }

    private let old = """
        # yaml-language-server: $schema=x.json

        # Above the name.
        name: a # behind it
        offers:
          # Above the second.
          - id: two
            price: 1 # as billed
          - id: three
          # At the end of the list.
        last: 1

        """

    @Test func `Comments stay with members, and with items by what they name`() throws {
        let new = "{name: b, offers: [{id: one, price: 3}, {id: two, price: 2}, {id: three}], last: 1}"
        #expect(
            try moved(old, to: new) == """
                # yaml-language-server: $schema=x.json

                # Above the name.
                name: b # behind it
                offers:
                  - id: one
                    price: 3
                  # Above the second.
                  - id: two
                    price: 2 # as billed
                  - id: three
                  # At the end of the list.
                last: 1

                """)
    }

    @Test func `What is gone takes its comments along`() throws {
        #expect(
            try moved(old, to: "{offers: [{id: three}], last: 1}") == """
                # yaml-language-server: $schema=x.json

                offers:
                  - id: three
                  # At the end of the list.
                last: 1

                """)
    }

    @Test func `Nothing changed is nothing changed`() throws {
        #expect(try moved(old, to: old) == old)
    }
}
