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
        guard let value = annotation.value else {
            self = .malformed
            return
        }
        let depth = collections.map(\.depth).max() ?? Collection.maximumDepth
        let role: AnnotationRole? =
            switch annotation.keyword {
            case RegistrySchemas.Keyword.path: AnnotationRole.segments(value, upTo: depth).map { .path($0) }
            case RegistrySchemas.Keyword.references:
                collections.firstIndex { $0.folder == value }.map { .reference(collection: Int32($0)) }
            default: ScopeTemplate(value, upTo: depth).map { .unique(scope: $0) }
            }
        self = role ?? .malformed
    }

    /// Segments of a path: `2`, or `1-2`.
    private static func segments(_ text: String, upTo depth: Int) -> ClosedRange<Int>? {
        let bounds = text.split(separator: "-", omittingEmptySubsequences: false)
        guard bounds.count <= 2, let first = bounds.first.flatMap({ segment($0, upTo: depth) }),
            let last = bounds.last.flatMap({ segment($0, upTo: depth) }), first <= last
        else { return nil }
        return first...last
    }

    /// The number of a segment, which some file's path has.
    static func segment(_ text: some StringProtocol, upTo depth: Int) -> Int? {
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(text) else { return nil }
        return (1...depth).contains(number) ? number : nil
    }
}

extension Annotation {
    /// What is wrong with a value that makes no sense, and what to write.
    func fault(collections: [Collection]) -> (message: String, hint: String) {
        let shown = value.map { "\"\($0)\"" } ?? "what stands here"
        let depth = collections.map(\.depth).max() ?? Collection.maximumDepth
        switch keyword {
        case RegistrySchemas.Keyword.path:
            return (
                "\(shown) names no segments of a path",
                "write one, \"1\", or a range, \"1-2\", of at most \(depth)"
            )
        case RegistrySchemas.Keyword.references:
            let folders = collections.prefix(12).map { "\"\($0.folder)\"" }.joined(separator: ", ")
            return ("\(shown) is the folder of no collection", "collections are " + folders)
        default:
            return (
                "\(shown) is not the name of a scope",
                "write a name; braces in it hold a segment of the path, {1} to {\(depth)}"
            )
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

    /// Nil for an empty name, and for braces that do not hold the number of a segment of some path.
    init?(_ template: String, upTo depth: Int) {
        guard !template.isEmpty else { return nil }
        for (index, piece) in template.split(separator: "{", omittingEmptySubsequences: false).enumerated() {
            guard index > 0 else {
                parts.append(.text(Array(piece.utf8)))
                continue
            }
            guard let close = piece.firstIndex(of: "}"),
                let position = AnnotationRole.segment(piece[..<close], upTo: depth)
            else { return nil }
            parts.append(.segment(position))
            parts.append(.text(Array(piece[piece.index(after: close)...].utf8)))
        }
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
