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
}

/// What builds on what in one state of a registry.
struct DependantIndex {
    /// Something that a status can name as its replacement.
    private enum Target: Hashable {
        case model(String)
        case provider(String)
        case accelerator(String)
        case offer(String, provider: Provider.ID)
    }

    private let catalog: Catalog
    /// Paths of those that name it, in order.
    private var replacements: [Target: [String]] = [:]
    /// Paths of the providers that rent it out, in order.
    private var rentals: [Accelerator.ID: [String]] = [:]

    /// Linear in the catalog.
    init(_ catalog: Catalog) {
        self.catalog = catalog
        for model in catalog.models {
            note(model.status, model.path) { .model($0) }
        }
        for accelerator in catalog.accelerators {
            note(accelerator.status, accelerator.path) { .accelerator($0) }
        }
        for provider in catalog.providers {
            note(provider.status, provider.path) { .provider($0) }
            for accelerator in Set(provider.acceleratorOffers.lazy.map(\.accelerator)) {
                rentals[accelerator, default: []].append(provider.path)
            }
        }
        for mapping in catalog.mappings {
            for offer in mapping.offers {
                note(offer.status, mapping.path) { .offer($0, provider: mapping.provider) }
            }
        }
    }

    /// What builds on an entity, by link and path; `after` is what the entity became: of a mapping only the offers that
    /// it lost are asked about. Linear in what is found.
    func links(to entity: Entity, keeping after: Entity?) -> [(link: Dependant.Link, path: String)] {
        switch entity {
        case .model(let model):
            return catalog.mappings(ofModel: model.id).map { (.offer, $0.path) }
                + pointers(to: .model(model.id.text))
        case .provider(let provider):
            return catalog.mappings(atProvider: provider.id).map { (.offer, $0.path) }
                + pointers(to: .provider(provider.id.text))
        case .accelerator(let accelerator):
            return pointers(to: .accelerator(accelerator.id.text))
                + (rentals[accelerator.id] ?? []).map { (.rental, $0) }
        case .mapping(let mapping):
            var kept: Set<String> = []
            if case .mapping(let after) = after { kept = Set(after.offers.lazy.map(\.providerModelID)) }
            let lost = mapping.offers.map(\.providerModelID).filter { !kept.contains($0) }
            let paths = lost.flatMap { replacements[.offer($0, provider: mapping.provider)] ?? [] }
            // An offer of a mapping that went as a whole went with it.
            return Set(paths).subtracting(after == nil ? [mapping.path] : [])
                .sorted { $0.precedesInByteOrder($1) }.map { (.replacement, $0) }
        }
    }

    private func pointers(to target: Target) -> [(link: Dependant.Link, path: String)] {
        (replacements[target] ?? []).map { (.replacement, $0) }
    }

    private mutating func note(_ status: Status, _ path: String, _ target: (String) -> Target) {
        guard let name = status.replacedBy else { return }
        replacements[target(name), default: []].append(path)
    }
}
