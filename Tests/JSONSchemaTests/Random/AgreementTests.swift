import TestKit
import Testing

@testable import JSONSchema

/// Random schemas and instances: the Boolean pass, the explaining pass and a naive reading of the standard agree.
@Suite struct AgreementTests {
    @Test(arguments: [0x5EED, 2020, 12, 7, .random(in: 1...1_000_000_000)]) func threeReadingsAgree(
        seed: UInt64
    ) throws {
        var schemas = RandomSchemas(random: SeededGenerator(seed: seed))
        var (refused, valid, invalid) = (0, 0, 0)
        for _ in 0..<300 {
            let document = schemas.document()
            var findings: [SchemaFinding] = []
            guard let schema = compile(document, &findings) else {
                // A reference from a schema to itself is the only thing that can be wrong with it.
                #expect(
                    findings.allSatisfy { $0.rule == "schema/reference" }, "seed \(seed): \(document.json)")
                refused += 1
                continue
            }
            let naive = NaiveEvaluator(root: document)
            for _ in 0..<8 {
                let instance = schemas.value()
                let expected = naive.isValid(instance)
                let text = SchemaText.json(instance.json)
                let faults = schema.explain(text)
                let isRight =
                    schema.isValid(text) == expected && faults.isEmpty == expected
                    && !faults.contains { $0.message == "the value does not match its schema" }
                #expect(
                    isRight, "seed \(seed), expected \(expected): \(document.json) \(instance.json) \(faults)"
                )
                if expected { valid += 1 } else { invalid += 1 }
            }
        }
        #expect(valid > 200 && invalid > 200 && refused < 150, "\(valid), \(invalid), \(refused)")
    }

    private func compile(_ document: SampleValue, _ findings: inout [SchemaFinding]) -> Schema? {
        do throws(SchemaError) {
            return try Schema(.json(document.json))
        } catch {
            findings = error.findings
            return nil
        }
    }
}
