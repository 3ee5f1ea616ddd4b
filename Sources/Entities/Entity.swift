package import Diagnostics
package import Documents

/// The kinds of file that this room knows the fields of.
package enum EntityKind: String, Sendable, CaseIterable {
    case model, provider, mapping, accelerator

    /// The kind whose schema has this `$id`; nil for a schema that is not ours.
    package init?(schemaID: String) {
        let kind = EntityKind.allCases.first { $0.schemaID == schemaID }
        guard let kind else { return nil }
        self = kind
    }

    /// The `$id` of the schema that files of this kind follow.
    package var schemaID: String { "https://modelatlas.dev/schemas/\(rawValue).schema.json" }
}

/// One file of the registry as a value; behind a reference, since lists of entities are copied and sorted.
package indirect enum Entity: Sendable, Hashable {
    case model(Model)
    case provider(Provider)
    case mapping(Mapping)
    case accelerator(Accelerator)

    /// The path below the registry's root that its ids spell.
    package var path: String {
        switch self {
        case .model(let model): model.path
        case .provider(let provider): provider.path
        case .mapping(let mapping): mapping.path
        case .accelerator(let accelerator): accelerator.path
        }
    }
}

/// An entity with the places of its file that rules between files point at.
package struct EntityRecord: Sendable {
    package let entity: Entity
    package let places: Places

    /// Decodes a document that passed the schema of its kind, and runs the rules that need this file alone.
    ///
    /// What they find is appended to `findings`, and what cannot be read noted in `misfits`. Nil when the document does
    /// not have the shape that its schema asks for. Linear in the document.
    package init?(
        _ document: Document, kind: EntityKind, path: String, misfits: Misfits = Misfits(),
        findings: inout [Diagnostic]
    ) {
        let fields = Fields(document, misfits: misfits)
        var review = Review(path: path)
        review.checkTexts(document)
        let decoded: Entity? =
            switch kind {
            case .model: Model(fields).map(Entity.model)
            case .provider: Provider(fields).map(Entity.provider)
            case .mapping: Mapping(fields).map(Entity.mapping)
            case .accelerator: Accelerator(fields).map(Entity.accelerator)
            }
        if let decoded { review.check(decoded) } else { misfits.note(0, of: document) }
        findings.append(contentsOf: review.diagnostics(in: document))
        guard let decoded else { return nil }
        entity = decoded
        places = Places(document, path: path)
    }
}

extension Review {
    /// The rules that need one file alone.
    fileprivate mutating func check(_ entity: Entity) {
        switch entity {
        case .model(let model): check(model)
        case .provider(let provider): check(provider)
        case .mapping(let mapping): check(mapping)
        case .accelerator(let accelerator): check(accelerator)
        }
    }
}

extension Model {
    /// The path of its file below the registry's root.
    package var path: String { "models/\(id).yaml" }
}

extension Provider {
    /// The path of its file below the registry's root.
    package var path: String { "providers/\(id).yaml" }
}

extension Mapping {
    /// The path of its file below the registry's root.
    package var path: String { "mappings/\(provider)/\(model).yaml" }
}

extension Accelerator {
    /// The path of its file below the registry's root.
    package var path: String { "accelerators/\(id).yaml" }
}
