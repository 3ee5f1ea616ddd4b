import Diagnostics
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

    /// Of no files.
    private init() {}

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
        let feed = FileFeed()
        feed.add(files[...])
        feed.close()
        let parts = Mutex<[Part]>([])
        Crew.perform(size: min(options.jobs, feed.batchCount)) { _ in
            let part = Inspection.part(of: feed, in: source, schemas: schemas, options: options)
            parts.withLock { $0.append(part) }
        }
        try self.init(joining: parts.withLock { $0 }, limit: options.limits.findings)
    }

    /// Lists files and checks them, which begins while the listing goes on.
    ///
    /// Throws what the listing throws, or else as above.
    static func listed(
        in source: RegistrySource, schemas: RegistrySchemas, options: Validation.Options,
        by list: @escaping @Sendable (FileFeed) throws(TreeError) -> Selection
    ) throws(TreeError) -> (listing: Selection, inspection: Inspection) {
        let feed = FileFeed()
        let parts = Mutex<[Part]>([])
        let listing = Mutex<Result<Selection, TreeError>?>(nil)
        Crew.perform(size: options.jobs) { number in
            if number == 0 {
                let result = Result { () throws(TreeError) in try list(feed) }
                listing.withLock { $0 = result }
                feed.close()
            }
            let part = Inspection.part(of: feed, in: source, schemas: schemas, options: options)
            parts.withLock { $0.append(part) }
        }
        let selection = try listing.withLock { $0 }?.get() ?? Selection(files: [], findings: [])
        let inspection = try Inspection(joining: parts.withLock { $0 }, limit: options.limits.findings)
        return (selection, inspection)
    }

    /// What one thread found, or where the source failed it.
    private typealias Part = Result<Inspection, Failure>

    /// Joins what the threads found.
    private init(joining parts: [Part], limit: Int) throws(TreeError) {
        let failures = parts.compactMap { part in
            if case .failure(let failure) = part { failure } else { nil }
        }
        if let first = failures.min(by: { $0.file < $1.file }) { throw first.error }
        for part in parts {
            if case .success(let part) = part { append(part) }
        }
        sort(limit: limit)
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

    /// What one thread does: takes batches until none is left.
    ///
    /// One that fails ends; the others go on, so that the first file to fail is always among those that did.
    private static func part(
        of feed: FileFeed, in source: RegistrySource, schemas: RegistrySchemas, options: Validation.Options
    ) -> Part {
        var index = 0
        do throws(TreeError) {
            // A thread for which nothing is left makes no buffers.
            guard var batch = feed.next() else { return .success(Inspection()) }
            var checker = FileChecker(schemas: schemas, tree: try source.open(), limits: options.limits)
            while true {
                index = batch.start
                for file in batch.files {
                    try checker.check(file, index: Int32(index))
                    index += 1
                }
                options.progress?(index, feed.fileCount)
                guard let next = feed.next() else { return .success(Inspection(checker)) }
                batch = next
            }
        } catch {
            return .failure(Failure(file: index, error: error))
        }
    }
}
