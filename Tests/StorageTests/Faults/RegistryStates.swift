import Entities
import Postgres
import RegistryTree
import Storage
import TestKit

/// A few registries that differ in every way an ingest knows: entities come, go and return, prices and names change.
enum RegistryStates {
    static let count = 8

    /// The rows of each.
    static let rows: [CatalogRows] = (0..<count).map(make)

    /// The rows of one, for a process that needs no other.
    static func make(_ number: Int) -> CatalogRows {
        Files.withTemporaryFolder { folder in
            ExampleTree.copy(to: folder)
            change(folder, into: number)
            do {
                let validation = try Validation(root: folder)
                precondition(validation.findings.isEmpty, "a state of the tests is a sound registry")
                return try CatalogRows(validation.catalog)
            } catch {
                preconditionFailure("the states of the tests can be read: \(error)")
            }
        }
    }

    /// A commit with the content of a state; commits of other numbers have other ids and the same content.
    static func commit(_ number: Int, state: Int) -> RegistryCommit {
        RegistryCommit(
            repository: "repository", id: "commit-\(number)", tree: "tree-\(state)",
            committedAt: Timestamp(microsecondsSinceEpoch: number * 1_000_000))
    }

    /// Each bit of the number is a way to differ.
    private static func change(_ folder: String, into number: Int) {
        if number & 1 != 0 {
            edit(folder + "/mappings/borealis/acme/rocket-1.yaml", "price: 0.45", "price: 0.40")
            edit(folder + "/models/acme/rocket-1.yaml", "rocket-one", "rocket-uno")
        }
        if number & 2 != 0 { Files.remove(folder + "/mappings/acme/acme/rocket-1.yaml") }
        if number & 4 != 0 {
            let model = Files.text(at: folder + "/models/acme/glider.yaml") ?? ""
            Files.write(
                model.replacing("id: acme/glider", with: "id: acme/kite").replacing("Glider", with: "Kite"),
                to: folder + "/models/acme/kite.yaml")
            edit(folder + "/models/acme/rocket-1.yaml", "family: rocket", "family: missile")
        }
    }

    private static func edit(_ path: String, _ old: String, _ new: String) {
        let text = Files.text(at: path) ?? ""
        precondition(text.contains(old), "\(path) has what a state of the tests changes")
        Files.write(text.replacing(old, with: new), to: path)
    }
}

extension Ingest {
    /// An ingest that sleeps not at all and whose chance is always the same.
    static func ofState(
        _ state: Int, commit number: Int, into settings: ConnectionSettings, _ options: Options = Options()
    ) -> Ingest {
        let surroundings = Surroundings(microseconds: { 0 }, sleep: { _ in }, random: { _ in 0 })
        return Ingest(
            RegistryStates.commit(number, state: state), into: settings, surroundings, options: options)
    }
}
