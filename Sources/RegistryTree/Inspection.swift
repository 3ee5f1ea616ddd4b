import Diagnostics
import Dispatch
import Documents
import Entities
import Synchronization
import Text

/// Every file of a list read and checked by itself, by several threads, with what it says of others noted.
struct Inspection: Sendable {
    private(set) var facts = FileFacts()
    private(set) var findings: [Diagnostic] = []
    /// Findings beyond the limit of a run.
    private(set) var omissions = Omissions()
    /// Files whose key could not be learned, by their numbers in the list.
    private(set) var unread: [Int32] = []
    /// Entities of the kinds that this program knows, with the number of their file.
    private(set) var records: [(file: Int32, record: EntityRecord)] = []

    /// Files a worker takes at a time: enough to make the taking cheap, few enough to end together.
    private static let batch = 64

    private init(_ checker: borrowing FileChecker) {
        facts = checker.facts
        findings = checker.findings
        omissions = checker.omissions
        unread = checker.unread
        records = checker.records
    }

    /// Checks the files; all is in the order of the list, however many threads there are.
    ///
    /// Throws when a commit's objects are missing: of several such files, what is said of the first.
    init(
        of files: [ListedFile], in source: RegistrySource, schemas: RegistrySchemas,
        options: Validation.Options
    ) throws(TreeError) {
        let parts = Inspection.parts(of: files, in: source, schemas: schemas, options: options)
        let failures = parts.compactMap { part in
            if case .failure(let failure) = part { failure } else { nil }
        }
        if let first = failures.min(by: { $0.file < $1.file }) { throw first.error }
        for part in parts {
            if case .success(let part) = part { append(part) }
        }
        sort(limit: options.limits.findings)
    }

    private mutating func append(_ other: Inspection) {
        facts.append(other.facts)
        findings += other.findings
        omissions.add(other.omissions)
        unread += other.unread
        records += other.records
    }

    /// Puts everything in the order of files, whichever worker took them, and keeps the first findings.
    private mutating func sort(limit: Int) {
        findings.sort()
        omissions.cut(&findings, to: limit)
        facts.sort()
        unread.sort()
        records.sort { $0.file < $1.file }
    }

    /// The source failed a worker at a file.
    private struct Failure: Error {
        let file: Int
        let error: TreeError
    }

    /// Lets the threads take batches of files until none is left.
    ///
    /// One that fails ends; the others go on, so that the first file to fail is always among those that did.
    private static func parts(
        of files: [ListedFile], in source: RegistrySource, schemas: RegistrySchemas,
        options: Validation.Options
    ) -> [Result<Inspection, Failure>] {
        let next = Atomic(0)
        let results = Mutex<[Result<Inspection, Failure>]>([])
        @Sendable func work() throws(Failure) -> Inspection {
            var index = 0
            do throws(TreeError) {
                var checker = FileChecker(schemas: schemas, tree: try source.open(), limits: options.limits)
                while true {
                    let start = next.add(batch, ordering: .relaxed).oldValue
                    guard start < files.count else { return Inspection(checker) }
                    index = start
                    while index < min(start + batch, files.count) {
                        try checker.check(files[index], index: Int32(index))
                        index += 1
                    }
                    options.progress?(index, files.count)
                }
            } catch {
                throw Failure(file: index, error: error)
            }
        }
        @Sendable func perform() {
            let result = Result { () throws(Failure) in try work() }
            results.withLock { $0.append(result) }
        }
        let workers = max(1, min(options.jobs, (files.count + batch - 1) / batch))
        if workers == 1 {
            perform()
        } else {
            DispatchQueue.concurrentPerform(iterations: workers) { _ in perform() }
        }
        return results.withLock { $0 }
    }
}
