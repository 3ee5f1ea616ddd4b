/// The registry in memory: every entity, sorted by id, with the look-ups that everything else is built on.
///
/// Of two entities with one id the first is kept; which files repeat one is a finding of the tree's.
package struct Catalog: Sendable {
    package let models: [Model]
    package let providers: [Provider]
    /// By provider, then model.
    package let mappings: [Mapping]
    package let accelerators: [Accelerator]

    private let modelNames: NameIndex
    private let providerNames: NameIndex
    private let acceleratorNames: NameIndex
    private let mappingsByModel: [Model.ID: [Int]]
    /// The mappings of a provider stand one after the other.
    private let mappingsByProvider: [Provider.ID: Range<Int>]

    /// A catalog of entities in any order. O(n log n).
    package init(_ entities: some Sequence<Entity>) {
        var models: [Model] = []
        var providers: [Provider] = []
        var mappings: [Mapping] = []
        var accelerators: [Accelerator] = []
        for entity in entities {
            switch entity {
            case .model(let model): models.append(model)
            case .provider(let provider): providers.append(provider)
            case .mapping(let mapping): mappings.append(mapping)
            case .accelerator(let accelerator): accelerators.append(accelerator)
            }
        }
        self.models = Catalog.sorted(models, by: \.id)
        self.providers = Catalog.sorted(providers, by: \.id)
        self.mappings = Catalog.sorted(mappings, by: \.key)
        self.accelerators = Catalog.sorted(accelerators, by: \.id)

        modelNames = NameIndex(self.models) { ($0.id.text, $0.aliases, $0.huggingFace?.repo) }
        providerNames = NameIndex(self.providers) { ($0.id.text, $0.aliases, nil) }
        acceleratorNames = NameIndex(self.accelerators) { ($0.id.text, $0.aliases, nil) }
        var byModel: [Model.ID: [Int]] = [:]
        var byProvider: [Provider.ID: Range<Int>] = [:]
        for (index, mapping) in self.mappings.enumerated() {
            byModel[mapping.model, default: []].append(index)
            let first = byProvider[mapping.provider]?.lowerBound ?? index
            byProvider[mapping.provider] = first..<index + 1
        }
        mappingsByModel = byModel
        mappingsByProvider = byProvider
    }

    /// The model of an id, exactly as spelt.
    package func model(_ id: Model.ID) -> Model? {
        modelIndex(id).map { models[$0] }
    }

    /// The provider of an id, exactly as spelt.
    package func provider(_ id: Provider.ID) -> Provider? {
        providerIndex(id).map { providers[$0] }
    }

    /// The accelerator of an id, exactly as spelt.
    package func accelerator(_ id: Accelerator.ID) -> Accelerator? {
        acceleratorNames.index(ofID: id.text).map { accelerators[$0] }
    }

    /// The model of an id, Hugging Face repository or alias, ignoring case; failing these, of the longest prefix
    /// alias that the name begins with.
    package func model(named name: String) -> Model? {
        modelNames.index(ofName: name).map { models[$0] }
    }

    /// The provider of an id or alias, ignoring case.
    package func provider(named name: String) -> Provider? {
        providerNames.index(ofName: name).map { providers[$0] }
    }

    /// The accelerator of an id or alias, ignoring case.
    package func accelerator(named name: String) -> Accelerator? {
        acceleratorNames.index(ofName: name).map { accelerators[$0] }
    }

    /// Who offers a model, by provider.
    package func mappings(ofModel id: Model.ID) -> [Mapping] {
        (mappingsByModel[id] ?? []).map { mappings[$0] }
    }

    /// What a provider offers, by model.
    package func mappings(atProvider id: Provider.ID) -> ArraySlice<Mapping> {
        mappings[mappingsByProvider[id] ?? 0..<0]
    }

    /// The offer of a provider that a request would name so, ignoring case. Linear in the provider's offers.
    package func offer(named name: String, atProvider id: Provider.ID) -> (mapping: Mapping, offer: Offer)? {
        let name = name.lowercased()
        for mapping in mappings(atProvider: id) {
            for offer in mapping.offers
            where offer.providerModelID.lowercased() == name
                || offer.aliases.contains(where: { $0.match == .exact && $0.value.lowercased() == name })
            {
                return (mapping, offer)
            }
        }
        return nil
    }

    func modelIndex(_ id: Model.ID) -> Int? { modelNames.index(ofID: id.text) }

    func providerIndex(_ id: Provider.ID) -> Int? { providerNames.index(ofID: id.text) }

    private static func sorted<Value, ID: Comparable>(_ values: [Value], by id: (Value) -> ID) -> [Value] {
        // The sort is stable, so the first of equal ids stays the first.
        var sorted: [Value] = []
        for value in values.sorted(by: { id($0) < id($1) }) {
            if let last = sorted.last, id(last) == id(value) { continue }
            sorted.append(value)
        }
        return sorted
    }
}

/// What the path of a mapping spells.
private struct MappingKey: Comparable {
    var provider: Provider.ID
    var model: Model.ID

    static func < (left: MappingKey, right: MappingKey) -> Bool {
        left.provider != right.provider ? left.provider < right.provider : left.model < right.model
    }
}

extension Mapping {
    fileprivate var key: MappingKey { MappingKey(provider: provider, model: model) }
}

/// Finds the entities of one kind by id and by their other names.
struct NameIndex: Sendable {
    private var ids: [String: Int] = [:]
    /// Ids, other names and exact aliases in lower case; an id wins over an alias, the earlier entity over a later.
    private var names: [String: Int] = [:]
    private var prefixes: [(prefix: String, index: Int)] = []

    init<Entity>(_ entities: [Entity], names of: (Entity) -> (id: String, aliases: [Alias], other: String?)) {
        for (index, entity) in entities.enumerated() {
            let id = of(entity).id
            ids[id] = index
            names[id.lowercased()] = index
        }
        for (index, entity) in entities.enumerated() {
            let entity = of(entity)
            if let other = entity.other { add(other, index) }
            for alias in entity.aliases {
                switch alias.match {
                case .exact: add(alias.value, index)
                case .prefix: prefixes.append((alias.value.lowercased(), index))
                }
            }
        }
    }

    func index(ofID id: String) -> Int? {
        ids[id]
    }

    /// Linear in the prefix aliases when the name is none itself.
    func index(ofName name: String) -> Int? {
        let name = name.lowercased()
        if let index = names[name] { return index }
        return prefixes.filter { name.hasPrefix($0.prefix) }.max { $0.prefix.count < $1.prefix.count }?.index
    }

    private mutating func add(_ name: String, _ index: Int) {
        let name = name.lowercased()
        if names[name] == nil { names[name] = index }
    }
}
