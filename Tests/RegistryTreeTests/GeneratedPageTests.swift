import Diagnostics
import RegistryTree
import TestKit
import Testing

/// The pages made by the program are those in the repository.
@Suite struct GeneratedPageTests {
    @Test func `docs/rules is what "registry rules --markdown" prints`() {
        #expect(Repository.text(of: "docs/rules.md") == RuleBook.page)
    }

    @Test func `docs/schema is what "registry schema page" prints`() throws {
        let schemas = try RegistrySchemas(of: .folder(Repository.root))
        #expect(Repository.text(of: "docs/schema.md") == SchemaPage.markdown(schemas))
    }
}
