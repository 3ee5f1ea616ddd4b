import Diagnostics
import JSONSchema
import RegistryTree
import TestKit
import Testing

/// Every example of the rule book that can be run, as a contributor would meet it: in the example registry.
@Suite struct RuleExampleTests {
    /// All but the rules of the two readers, whose examples are whole texts that their own tests run.
    private static let rules = RuleBook.rules.filter { rule in
        !["yaml/", "json/"].contains { rule.id.rawValue.hasPrefix($0) }
    }

    /// Rules whose examples tell of a state of the file system, of a flag, or of another schema than the registry's;
    /// other tests bring these about.
    private static let told: Set<RuleID> = [
        .fileUnreadable, .fileTooLarge, .fileNotRegular, .fileCaseClash, .fileEmptyCollection, .fileCanonical,
        .suppressionInvalid, .suppressionUnused, .suppressionExpired, .schemaTooLoose,
    ]

    @Test func `only what no file in the example registry shows is told`() {
        let told = Self.rules.filter { $0.bad.kind == .told || $0.good.kind == .told }.map(\.id)
        #expect(Set(told) == Self.told)
    }

    @Test(arguments: rules.map(\.id).filter { !told.contains($0) })
    func `the bad example breaks its rule and no other, the good one none`(id: RuleID) throws {
        let rule = try #require(RuleBook[id])
        let bad = try findings(with: rule.bad)
        #expect(!bad.isEmpty && bad.allSatisfy { $0.rule == id && $0.severity == rule.severity }, "\(bad)")
        #expect(try findings(with: rule.good) == [])
    }

    private func findings(with example: RuleExample) throws -> [Diagnostic] {
        if case .document(let schema) = example.kind {
            var findings: [Diagnostic] = []
            let set = SchemaSet([.json(schema)], findings: &findings)
            var checker = InstanceChecker(set)
            return findings + checker.findings(in: .yaml(example.text, path: example.path))
        }
        return try Files.withTemporaryFolder { folder in
            ExampleTree.copy(to: folder)
            let path = folder + "/" + example.path
            let old = Files.text(at: path) ?? ""
            let new = TopLevelKeys.replaced(in: old, by: example.text)
            Files.write(example.isWholeFile ? example.text : new, to: path)
            return try Validation(root: folder).findings
        }
    }
}
