package import Diagnostics
import Dispatch
package import Documents
package import Entities
import JSONSchema
import Synchronization
package import Text

/// One run over a registry: every file read and checked, every finding of every file, in one order.
package struct Validation: Sendable {
    /// How to run; what is found does not depend on it.
    package struct Options: Sendable {
        /// Threads that check files.
        package var jobs = 1
        package var limits = Limits.standard
        /// The day it is, for suppressions that have one by which to look again; nil leaves that unchecked.
        package var today: CalendarDate?
        /// Told now and then how many files of how many are done; called from any thread.
        package var progress: (@Sendable (_ done: Int, _ total: Int) -> Void)?

        package init() {}
    }

    /// All findings up to the limit, sorted.
    package let findings: [Diagnostic]
    /// Findings beyond the limit.
    package let omissions: Omissions
    package let checkedFileCount: Int
    /// Findings left out because the registry's suppression list accepts them.
    package let suppressedCount: Int
    /// The entities of all files that passed their schema.
    package let catalog: Catalog

    /// Files a worker takes at a time: enough to make the taking cheap, few enough to end together.
    private static let batch = 64

    /// Checks the registry at `root`, a folder with a `schemas/` folder in it.
    ///
    /// Throws when the root or its schemas cannot be read. Linear in the registry's bytes.
    package init(root: String, options: Options = Options()) throws(TreeError) {
        let disk = DiskFolder(root: root)
        let schemas = try RegistrySchemas(on: disk, limits: options.limits)
        let listing = TreeListing(of: schemas.collections, on: disk, mayBeEmpty: !schemas.findings.isEmpty)
        var result = WorkerResult()
        for part in Validation.check(listing.files, schemas: schemas, disk: disk, options: options) {
            result.append(part)
        }
        result.sort(limits: options.limits)
        let check = FactCheck(
            result.facts, files: listing.files, collections: schemas.collections, presumed: result.unread,
            limits: options.limits)
        catalog = Catalog(result.records.lazy.map(\.record.entity))
        let between = check.findings + catalog.findings(result.records.map(\.record))
        let all =
            schemas.findings + listing.findings + Validation.leavingOutEchoes(result.findings, of: check)
            + between
        let suppressions = Suppressions(on: disk, limits: options.limits)
        let accepted = suppressions.apply(to: all, today: options.today) { path, pointer in
            Validation.value(at: pointer, in: path, on: disk, limits: options.limits)
        }
        var findings = accepted.findings.sorted()
        result.omissions.add(check.omissions)
        result.omissions.cut(&findings, to: options.limits.findings)
        self.findings = findings
        omissions = result.omissions
        suppressedCount = accepted.suppressedCount
        checkedFileCount = listing.files.count
    }

    /// Leaves out the mismatch of a value with its path where the value also dangles, or names what another file
    /// defines: one mistake, one finding.
    private static func leavingOutEchoes(_ findings: [Diagnostic], of check: FactCheck) -> [Diagnostic] {
        let told = Set(check.findings.lazy.map(\.location))
        guard !told.isEmpty else { return findings }
        return findings.filter { $0.rule != .pathMismatch || !told.contains($0.location) }
    }

    /// The text of one value of one file, for the few that a suppression is about.
    private static func value(at pointer: String, in path: String, on disk: DiskFolder, limits: Limits)
        -> String?
    {
        var reader = FileReader(disk: disk, limits: limits)
        var findings: [Diagnostic] = []
        guard reader.read(path, findings: &findings) else { return nil }
        let document = reader.document
        return document.node(at: pointer).map { document.string(at: $0) }
    }

    /// What one worker found, and then what all did.
    private struct WorkerResult: Sendable {
        var facts = FileFacts()
        var findings: [Diagnostic] = []
        var omissions = Omissions()
        var unread: [Int32] = []
        var records: [(file: Int32, record: EntityRecord)] = []

        mutating func append(_ other: WorkerResult) {
            facts.append(other.facts)
            findings += other.findings
            omissions.add(other.omissions)
            unread += other.unread
            records += other.records
        }

        /// Puts everything in the order of files, whichever worker took them, and keeps the first findings.
        mutating func sort(limits: Limits) {
            findings.sort()
            omissions.cut(&findings, to: limits.findings)
            facts.sort()
            unread.sort()
            records.sort { $0.file < $1.file }
        }
    }

    /// Lets `jobs` threads take batches of files until none is left.
    private static func check(
        _ files: [ListedFile], schemas: RegistrySchemas, disk: DiskFolder, options: Options
    ) -> [WorkerResult] {
        let next = Atomic(0)
        let results = Mutex<[WorkerResult]>([])
        @Sendable func work() {
            var checker = FileChecker(schemas: schemas, disk: disk, limits: options.limits)
            while true {
                let start = next.add(batch, ordering: .relaxed).oldValue
                guard start < files.count else { break }
                for index in start..<min(start + batch, files.count) {
                    checker.check(files[index], index: Int32(index))
                }
                options.progress?(min(start + batch, files.count), files.count)
            }
            let result = WorkerResult(
                facts: checker.facts, findings: checker.findings, omissions: checker.omissions,
                unread: checker.unread, records: checker.records)
            results.withLock { $0.append(result) }
        }
        let workers = max(1, min(options.jobs, (files.count + batch - 1) / batch))
        if workers == 1 {
            work()
        } else {
            DispatchQueue.concurrentPerform(iterations: workers) { _ in work() }
        }
        return results.withLock { $0 }
    }
}
