import TestKit
import Testing

/// The corpora that the fuzzer begins with, and what it found.
@Suite struct FuzzReplayTests {
    private static let corpora = Repository.root + "/Tests/Corpora/fuzz/"

    @Test(arguments: Files.names(in: corpora + "number")) func numbers(name: String) throws {
        let bytes = try #require(Files.bytes(at: Self.corpora + "number/" + name))
        #expect(ScalarInvariant.broken(byNumber: bytes) == nil)
    }

    @Test(arguments: Files.names(in: corpora + "date")) func dates(name: String) throws {
        let bytes = try #require(Files.bytes(at: Self.corpora + "date/" + name))
        #expect(ScalarInvariant.broken(byDate: bytes) == nil)
    }

    @Test func `the corpora are there`() {
        #expect(Files.names(in: Self.corpora + "number").count >= 10)
        #expect(Files.names(in: Self.corpora + "date").count >= 8)
    }
}
