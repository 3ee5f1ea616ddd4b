import Postgres
import Storage

extension RegistryCommit {
    /// A commit that nobody made; another number is another commit and tree.
    static func example(_ number: Int) -> RegistryCommit {
        RegistryCommit(
            repository: "repository", id: "commit-\(number)", tree: "tree-\(number)",
            committedAt: Timestamp(microsecondsSinceEpoch: number * 1_000_000))
    }
}

extension Ingest.Surroundings {
    /// No time passes.
    static let quiet = Ingest.Surroundings(microseconds: { 0 }, sleep: { _ in }, random: { _ in 0 })
}
