import JSONSchema

/// What an annotation keyword of a schema asks of the value it applies to.
enum AnnotationRole: Sendable {
    /// The value equals these segments of the path (from 1) below the collection's folder.
    case path(ClosedRange<Int>)
    /// The value is the key of an entity of this collection.
    case reference(collection: Int32)
    /// The value occurs once within this scope.
    case unique(scope: ScopeTemplate)
    /// The keyword's own value makes no sense.
    case malformed

    init(_ annotation: Annotation, collections: [Collection]) {
        switch annotation.keyword {
        case RegistrySchemas.Keyword.path:
            let bounds = annotation.value.split(separator: "-", omittingEmptySubsequences: false).map {
                Int($0)
            }
            guard let first = bounds.first ?? nil, let last = bounds.last ?? nil, bounds.count <= 2,
                first >= 1,
                first <= last
            else {
                self = .malformed
                return
            }
            self = .path(first...last)
        case RegistrySchemas.Keyword.references:
            let index = collections.firstIndex { $0.folder == annotation.value }
            self = index.map { .reference(collection: Int32($0)) } ?? .malformed
        default:
            self = annotation.value.isEmpty ? .malformed : .unique(scope: ScopeTemplate(annotation.value))
        }
    }
}

/// The name of a scope in which values are unique; `{1}` in it stands for the first segment of the file's path.
struct ScopeTemplate: Sendable {
    private enum Part: Sendable {
        case text([UInt8])
        case segment(Int)
    }

    private var parts: [Part] = []

    init(_ template: String) {
        var rest = template[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            let inside = rest[rest.index(after: open)..<close]
            if let position = Int(inside), position >= 1 {
                parts.append(.text(Array(rest[..<open].utf8)))
                parts.append(.segment(position))
            } else {
                parts.append(.text(Array(rest[...close].utf8)))
            }
            rest = rest[rest.index(after: close)...]
        }
        parts.append(.text(Array(rest.utf8)))
    }

    /// The scope for a file; a segment that its path does not have stays empty.
    func name(for stem: PathStem) -> [UInt8] {
        var name: [UInt8] = []
        for part in parts {
            switch part {
            case .text(let text): name += text
            case .segment(let position): name += stem.segments(position...position) ?? []
            }
        }
        return name
    }
}
