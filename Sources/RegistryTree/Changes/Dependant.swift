import Entities
import Text

/// A file that builds on an entity.
package struct Dependant: Sendable, Hashable {
    /// How it does.
    package enum Link: String, Sendable, CaseIterable {
        /// Offers of a model, or of a provider.
        case offer
        /// Its status names the entity as what takes its place.
        case replacement
        /// A provider rents the accelerator out.
        case rental
    }

    package let link: Link
    /// Its file.
    package let path: String
    /// True when it still builds on the entity in the new state.
    package let remains: Bool

    /// What the old state builds on an entity, by link and path. Linear in the registry.
    ///
    /// `after` is what the entity became: of a mapping, offers that it kept are not asked about.
    static func all(of entity: Entity, keeping after: Entity?, in base: Catalog, and head: Catalog)
        -> [Dependant]
    {
        let old = links(to: entity, keeping: after, in: base)
        guard !old.isEmpty else { return [] }
        let new = Set(links(to: entity, keeping: after, in: head).lazy.map(\.path))
        return old.map { Dependant(link: $0.link, path: $0.path, remains: new.contains($0.path)) }
    }

    private static func links(to entity: Entity, keeping after: Entity?, in catalog: Catalog)
        -> [(link: Link, path: String)]
    {
        switch entity {
        case .model(let model):
            let offers = catalog.mappings(ofModel: model.id).map { (Link.offer, $0.path) }
            let pointers = catalog.models.filter { $0.status.replacedBy == model.id.text }
            return offers + pointers.map { (.replacement, $0.path) }
        case .provider(let provider):
            let offers = catalog.mappings(atProvider: provider.id).map { (Link.offer, $0.path) }
            let pointers = catalog.providers.filter { $0.status.replacedBy == provider.id.text }
            return offers + pointers.map { (.replacement, $0.path) }
        case .accelerator(let accelerator):
            let pointers = catalog.accelerators.filter { $0.status.replacedBy == accelerator.id.text }
            let rentals = catalog.providers.filter { provider in
                provider.acceleratorOffers.contains { $0.accelerator == accelerator.id }
            }
            return pointers.map { (.replacement, $0.path) } + rentals.map { (.rental, $0.path) }
        case .mapping(let mapping):
            let gone = lostNames(of: mapping, keeping: after)
            guard !gone.isEmpty else { return [] }
            let pointers = catalog.mappings(atProvider: mapping.provider).filter { other in
                (other.model != mapping.model || after != nil)
                    && other.offers.contains { $0.status.replacedBy.map(gone.contains) ?? false }
            }
            return pointers.map { (.replacement, $0.path) }
        }
    }

    /// Names under which a mapping offered its model and no longer does.
    private static func lostNames(of mapping: Mapping, keeping after: Entity?) -> Set<String> {
        let names = Set(mapping.offers.lazy.map(\.providerModelID))
        guard case .mapping(let kept) = after else { return names }
        return names.subtracting(kept.offers.lazy.map(\.providerModelID))
    }
}
