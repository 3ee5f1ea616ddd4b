import Diagnostics
import Entities
import Pricing
import Testing
import Text

struct CostAuditTests {
    private func audit(_ change: (inout AuditedWorkload) -> Void) -> CostAudit {
        var workload = AuditedWorkload(model: "m", workload: .llm)
        change(&workload)
        return CostAudit(workload)
    }

    @Test func `A hundred, less what is wrong, plus what is well`() {
        #expect(audit { _ in }.score == 100)
        #expect(audit { $0.precision = .bf16 }.score == 86)
        #expect(audit { $0.caches = false }.score == 91)
        #expect(
            audit {
                $0.precision = .bf16
                $0.caches = true
            }.score == 90)
    }

    @Test func `Savings are of what the others leave, three at most`() throws {
        let audit = audit {
            $0.precision = .fp16
            ($0.traffic, $0.purchase) = (.steady, .onDemand)
            $0.caches = false
            $0.monthlySpend = Money(trillionths: 1_000_000_000_000_000)
        }
        // 1 − 0.72 · 0.60 · 0.88
        #expect(audit.savingBasisPoints == 6_199)
        let saving = try #require(audit.saving)
        #expect(saving.high.description == "619.9")
        #expect(saving.low.description == "309.95")
    }

    @Test func `Three large faults keep the score down`() {
        let audit = audit {
            $0.precision = .bf16
            ($0.traffic, $0.purchase, $0.autoscales) = (.batch, .onDemand, false)
        }
        #expect(audit.score == 74)
        #expect(audit.findings.map(\.topic) == [.quantization, .autoscaling])
    }

    @Test func `Many tokens by the token ask for a reckoning, and promise nothing`() {
        let audit = audit {
            $0.purchase = .tokenAPI
            $0.monthlyTokens = Number(1_500_000_000)
            $0.precision = .bf16
        }
        #expect(audit.findings.map(\.topic) == [.tokenAPI])
        #expect(audit.savingBasisPoints == 0)
        #expect(audit.gaps == ["monthly_spend_usd", "traffic", "caching"])
    }

    @Test(arguments: [
        "model\nm\n", "model,workload_type\nm,poetry\n", "model,workload_type,precision\nm,llm,bf17\n",
        "model,workload_type,caching\nm,llm,perhaps\n",
        "model,workload_type,monthly_spend_usd\nm,llm,\"1,234\"\n", "",
        "model,workload_type\n",
    ])
    func `A file that cannot be understood is no audit`(text: String) {
        #expect(throws: AuditTable.Fault.self) { try AuditTable(Array(text.utf8)) }
    }

    @Test func `Scores are weighed by spend`() throws {
        let text = "model,workload_type,monthly_spend_usd,precision\na,llm,300,bf16\nb,llm,100,fp8\n"
        let page = CostAudit.page(try AuditTable(Array(text.utf8)).workloads.map { CostAudit($0) })
        // (86 · 300 + 100 · 100) / 400
        #expect(page.rendered(as: .text).contains("weighed by spend: 90."))
    }
}
