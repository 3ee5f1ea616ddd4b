import Entities
import RegistryTree
import Sizing
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

    /// A model of the registry in a format.
    static func model(_ id: String, _ format: String) throws -> ModelFootprint {
        let format = try #require(WeightFormat(format))
        let footprint = ModelFootprint(try architecture(id), as: format)
        return try #require(footprint)
    }

    /// A card of the registry, with vLLM on it.
    static func card(_ id: String) throws -> ServingCard {
        let accelerator = try #require(catalog).accelerator(Accelerator.ID(id))
        return ServingCard(try #require(accelerator))
    }
}
