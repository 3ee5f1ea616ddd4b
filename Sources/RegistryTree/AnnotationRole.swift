import JSONSchema

/// What an annotation keyword of a schema asks of the value it applies to.
enum AnnotationRole: Sendable {
    /// The value equals these segments of the path (from 1) below the collection's folder.
    case path(ClosedRange<Int>)
    /// The value is the key of an entity of this collection.
    case reference(collection: Int32)
    /// The value occurs once within this scope; `{1}` in it stands for a segment of the path.
    case unique(scope: String)
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
            self = annotation.value.isEmpty ? .malformed : .unique(scope: annotation.value)
        }
    }

    /// The scope with path segments put in for `{1}`, `{2}` …
    static func scope(_ template: String, stem: PathStem) -> String {
        guard template.contains("{") else { return template }
        var scope = ""
        var rest = template[...]
        while let open = rest.firstIndex(of: "{") {
            scope += rest[..<open]
            rest = rest[rest.index(after: open)...]
            guard let close = rest.firstIndex(of: "}"), let position = Int(rest[..<close]), position >= 1,
                let segment = stem.segments(position...position)
            else {
                scope += "{"
                continue
            }
            scope += String(decoding: segment, as: UTF8.self)
            rest = rest[rest.index(after: close)...]
        }
        return scope + rest
    }
}
