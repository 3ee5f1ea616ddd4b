import Diagnostics
import Testing
import Text

@testable import Entities

/// The rules of this room: the last ones in the list.
private let entityRules = RuleID.allCases.drop { $0 != .dateImpossible }.compactMap { RuleBook[$0] }

@Suite struct RuleExampleTests {
    @Test func `the example registry is clean`() {
        #expect(ExampleRegistry().findings() == [])
    }

    @Test func `every rule about the fields stands in the book`() {
        #expect(entityRules.map(\.id) == Array(RuleID.allCases.drop { $0 != .dateImpossible }))
    }

    @Test(arguments: entityRules.map(\.id))
    func `the bad example breaks its rule and no other`(id: RuleID) throws {
        let rule = try #require(RuleBook[id])
        let findings = findings(with: rule.bad)
        #expect(!findings.isEmpty)
        #expect(findings.allSatisfy { $0.rule == id && $0.severity == rule.severity }, "\(findings)")
    }

    @Test(arguments: entityRules.map(\.id))
    func `the good example breaks nothing`(id: RuleID) throws {
        let rule = try #require(RuleBook[id])
        #expect(findings(with: rule.good) == [])
    }

    @Test(arguments: entityRules.map(\.id))
    func `a finding points into the changed file and says it in one phrase`(id: RuleID) throws {
        let rule = try #require(RuleBook[id])
        for finding in findings(with: rule.bad) {
            #expect(finding.location.path == rule.bad.path)
            #expect(finding.location.span.start.line > 1, "\(finding)")
            #expect(finding.pointer.hasPrefix("/"))
            #expect(!finding.message.hasSuffix(".") && finding.message.first?.isUppercase != true)
        }
    }

    private func findings(with example: RuleExample) -> [Diagnostic] {
        var registry = ExampleRegistry()
        registry.replaceKeys(at: example.path, with: example.text)
        return registry.findings()
    }
}
