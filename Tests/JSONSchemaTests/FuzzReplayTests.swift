import TestKit
import Testing

/// The corpora that the fuzzer begins with, and what it found.
@Suite struct FuzzReplayTests {
    private static let corpora = Repository.root + "/Tests/Corpora/fuzz/"

    @Test(arguments: Files.names(in: corpora + "schema")) func schemas(name: String) throws {
        let bytes = try #require(Files.bytes(at: Self.corpora + "schema/" + name))
        #expect(SchemaInvariant.broken(bySchema: bytes) == nil)
    }

    @Test(arguments: Files.names(in: corpora + "pattern")) func patterns(name: String) throws {
        let bytes = try #require(Files.bytes(at: Self.corpora + "pattern/" + name))
        #expect(SchemaInvariant.broken(byPattern: bytes) == nil)
    }

    @Test func `the corpora are there`() {
        #expect(Files.names(in: Self.corpora + "schema").count >= 20)
        #expect(Files.names(in: Self.corpora + "pattern").count >= 20)
    }
}
