package import Diagnostics
import Dispatch
package import Documents
import JSONSchema
import Synchronization
import Text

/// One run over a registry: every file read and checked, every finding of every file, in one order.
package struct Validation: Sendable {
    /// How to run; what is found does not depend on it.
    package struct Options: Sendable {
        /// Threads that check files.
        package var jobs = 1
        package var limits = Limits.standard
        /// Told now and then how many files of how many are done; called from any thread.
        package var progress: (@Sendable (_ done: Int, _ total: Int) -> Void)?

        package init() {}
    }

    /// All findings, sorted.
    package let findings: [Diagnostic]
    package let checkedFileCount: Int
    /// Findings left out because the registry's suppression list covers them.
    package let suppressedCount: Int

    /// Files a worker takes at a time: enough to make the taking cheap, few enough to end together.
    private static let batch = 64

    /// Checks the registry at `root`, a folder with a `schemas/` folder in it.
    ///
    /// Throws when the root or its schemas cannot be read. Linear in the registry's bytes.
    package init(root: String, options: Options = Options()) throws(TreeError) {
        let disk = DiskFolder(root: root)
        let schemas = try RegistrySchemas(on: disk, limits: options.limits)
        let listing = TreeListing(of: schemas.collections, on: disk)
        let results = Validation.check(listing.files, schemas: schemas, disk: disk, options: options)
        var facts = FileFacts()
        var findings = schemas.findings + listing.findings
        var unread: [Int32] = []
        for result in results {
            facts.append(result.facts)
            findings += result.findings
            unread += result.unread
        }
        facts.sort()
        let check = FactCheck(
            facts, files: listing.files, collections: schemas.collections, presumed: unread.sorted())
        self.findings = (findings + check.findings).sorted()
        checkedFileCount = listing.files.count
        suppressedCount = 0
    }

    private struct WorkerResult: Sendable {
        let facts: FileFacts
        let findings: [Diagnostic]
        let unread: [Int32]
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
                facts: checker.facts, findings: checker.findings, unread: checker.unread)
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
