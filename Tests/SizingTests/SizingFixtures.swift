import Entities
import RegistryTree
import TestKit
import Testing

/// The models of this repository's registry.
enum SizingFixtures {
    static let catalog: Catalog? = try? RegistryState(
        of: .folder(Repository.root), options: Validation.Options()
    ).catalog

    static func architecture(_ id: String) throws -> Architecture {
        let model = try #require(catalog).model(Model.ID(id))
        return try #require(model?.architecture)
    }
}
