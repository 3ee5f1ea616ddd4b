import ArgumentParser
import Commands
import Diagnostics
import Pricing

/// `atlas audit`: what could be saved on workloads as they are run today.
struct AuditCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Scores how workloads are run, and what could be saved, by rules of thumb.",
        discussion: """
            The file is CSV with a line for each workload: model and workload_type, and as far as they are known \
            monthly_spend_usd, monthly_tokens, precision, traffic (steady, batch, bursty, business_hours), purchase \
            (on_demand, reserved, spot, mixed, token_api), autoscaling, caching (yes, no) and accelerator. What is not said \
            is not judged, but named.
            """)

    @Argument(help: "The workloads; - for the input.", completion: .file())
    var file: String

    @Option(help: "How the audit is put out; csv holds the workloads.")
    var format = TableFormat.text

    func run(on console: Console) throws -> ExitStatus {
        let bytes = try FileStream(file, on: console).bytes(limit: 64 << 20)
        do throws(AuditTable.Fault) {
            let audits = try AuditTable(bytes).workloads.map { CostAudit($0) }
            console.output(CostAudit.page(audits).rendered(as: format))
        } catch {
            throw Failure("\"\(file)\": \(error)")
        }
        return .clean
    }
}
