import Commands
import Diagnostics
import Git
import Postgres
import RegistryTree
import Storage

/// The commit that a command works on, checked, and as rows of the database.
struct CommitInput {
    let source: CommitTree
    let commit: RegistryCommit

    /// Finds the commit of a revision.
    init(_ revision: String, _ common: CommonOptions, on console: Console) throws {
        source = try common.commit(revision, on: console)
        commit = RegistryCommit(
            repository: nil, id: source.commit.id.description, tree: source.tree.description,
            committedAt: CommitInput.timestamp(Int(source.commit.committerTime.secondsSinceEpoch)))
    }

    /// A committer's time, moved into the years 1 to 9999 where it lies outside: git takes any number, the database
    /// does not, and nothing but a person reads it.
    private static func timestamp(_ seconds: Int) -> Timestamp {
        Timestamp(
            microsecondsSinceEpoch: min(max(seconds, -62_135_596_800), 253_402_300_799) * 1_000_000)
    }

    /// The commit with what tells its repository from others: the first of its first parents, unknown in a shallow
    /// clone. Linear in the history.
    func identifiedCommit() throws -> RegistryCommit {
        let repository = try Repository.open(discovering: source.gitDirectory, faults: source.faults)
        guard !repository.isShallow else { return commit }
        var first = source.commit
        while let parent = first.parents.first { first = try repository.commit(parent) }
        return RegistryCommit(
            repository: first.id.description, id: commit.id, tree: commit.tree,
            committedAt: commit.committedAt)
    }

    /// The commit's registry as rows; nil, with the findings put out, when it has errors.
    func rows(_ common: CommonOptions, on console: Console) throws -> CatalogRows? {
        var options = Validation.Options()
        options.jobs = console.coreCount
        let validation = try Validation(of: .commit(source), options: options)
        let report = Report(
            validation.findings, checkedFileCount: validation.checkedFileCount,
            suppressedCount: validation.suppressedCount, omissions: validation.omissions)
        guard FailureThreshold.error.status(of: report) == .clean else {
            let files = try SourceFiles(of: .commit(source))
            console.output(
                report.rendered(as: .text, style: common.style(on: console)) { files.bytes(of: $0) })
            return nil
        }
        return try CatalogRows(validation.catalog)
    }

    /// How the commit stands to the one that the database holds.
    func lineage(to stored: String) throws(StorageError) -> Lineage {
        do {
            guard let stored = ObjectID(stored) else { return .cannotBeProved }
            let repository = try Repository.open(discovering: source.gitDirectory, faults: source.faults)
            switch try repository.isAncestor(stored, of: source.commit.id) {
            case .ancestor: return .descendant
            case .cannotBeProved: return try unproved(stored, in: repository)
            case .notAncestor: break
            }
            return switch try repository.isAncestor(source.commit.id, of: stored) {
            case .ancestor: .ancestor
            case .notAncestor: .diverged
            case .cannotBeProved: try unproved(stored, in: repository)
            }
        } catch {
            throw StorageError(history: "\(error)")
        }
    }

    /// Why it cannot be proved: a shallow clone, or a commit that is nowhere.
    private func unproved(
        _ stored: ObjectID, in repository: borrowing Repository
    ) throws(GitError) -> Lineage {
        guard !repository.isShallow else { return .cannotBeProved }
        do throws(GitError) {
            _ = try repository.commit(stored)
            return .cannotBeProved
        } catch {
            guard error.code == .missingObject else { throw error }
            return .unknown
        }
    }
}
