import JSONSchema

/// A new file of a collection, to be filled in: what is required stands there with a placeholder, what is optional as
/// a comment, each with what the schema says about it.
package struct Skeleton: Sendable {
    /// Where the file belongs, below the registry's root.
    package let path: String
    /// The file's text in YAML.
    package let text: String

    private static let width = 100

    /// The skeleton of a new entity, from the registry's own schemas.
    ///
    /// `kind` is a collection's folder, or that without a final `s`; `id` is what its path spells. Nil when there is
    /// no such collection, or the id has not as many parts as the collection's files have levels.
    package init?(of kind: String, id: String, in schemas: RegistrySchemas) {
        guard
            let collection = schemas.collections.first(where: { $0.folder == kind || $0.folder == kind + "s" }
            ),
            let outline = schemas.set.outline(of: collection.schema)
        else { return nil }
        let segments = id.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard segments.count == collection.depth, !segments.contains("") else { return nil }
        path = "\(collection.folder)/\(id)\(Collection.fileExtension)"
        let up = String(
            repeating: "../", count: collection.depth - 1 + collection.folder.split(separator: "/").count)
        var writer = SkeletonWriter(segments: segments)
        writer.members(of: outline, indent: "", isComment: false)
        text =
            "# yaml-language-server: $schema=\(up)\(schemas.paths[collection.schema])\n"
            + writer.lines.joined(separator: "\n")
            + "\n"
    }

    /// The kinds that `init` takes.
    package static func kinds(of schemas: RegistrySchemas) -> [String] {
        schemas.collections.map { $0.folder.hasSuffix("s") ? String($0.folder.dropLast()) : $0.folder }
            .sorted()
    }

    /// Writes the lines of a skeleton.
    private struct SkeletonWriter {
        let segments: [String]
        var lines: [String] = []

        /// The members of a mapping: required ones to fill in, the others commented out.
        mutating func members(of outline: SchemaOutline, indent: String, isComment: Bool) {
            for property in outline.properties {
                let hidden = isComment || !property.isRequired
                note(property.outline.description, indent)
                member(property.name, property.outline, indent: indent, isComment: hidden)
            }
        }

        private mutating func member(
            _ name: String, _ outline: SchemaOutline, indent: String, isComment: Bool
        ) {
            let mark = isComment ? "# " : ""
            let shape =
                outline.forms.first { _ in outline.properties.isEmpty && outline.choices.isEmpty } ?? outline
            if let example = outline.example, isComment || outline.properties.isEmpty {
                // What must be filled in stays empty, so that a check asks for it; the example only shows the way.
                let blank = blank(outline)
                let value =
                    isComment ? plain(example) : blank + (isOpen(outline) ? " # such as \(example)" : "")
                lines.append("\(indent)\(mark)\(name): \(value)")
            } else if !shape.properties.isEmpty {
                lines.append("\(indent)\(mark)\(name):")
                guard !isComment else { return required(of: shape, indent: indent + mark + "  ") }
                members(of: shape, indent: indent + "  ", isComment: false)
            } else if shape.types.first == "array", let item = shape.elements.first {
                list(name, item, indent: indent, isComment: isComment)
            } else {
                lines.append("\(indent)\(mark)\(name): \(isComment ? placeholder(shape) : blank(shape))")
            }
        }

        /// The required members only, without notes: enough to show the shape of something optional.
        private mutating func required(of outline: SchemaOutline, indent: String) {
            for property in outline.properties where property.isRequired {
                lines.append("\(indent)\(property.name): \(placeholder(property.outline))")
            }
        }

        private mutating func list(_ name: String, _ item: SchemaOutline, indent: String, isComment: Bool) {
            let mark = isComment ? "# " : ""
            guard !item.properties.isEmpty else {
                lines.append("\(indent)\(mark)\(name): [\(placeholder(item))]")
                return
            }
            lines.append("\(indent)\(mark)\(name):")
            var entry = SkeletonWriter(segments: segments)
            if isComment {
                entry.required(of: item, indent: "")
            } else {
                entry.members(of: item, indent: "", isComment: false)
            }
            // The dash stands before the first line that is a member.
            let first = entry.lines.firstIndex { isComment || !$0.hasPrefix("#") } ?? 0
            for (index, line) in entry.lines.enumerated() {
                lines.append(indent + mark + (index == first ? "  - " : "    ") + line)
            }
        }

        /// A value to show the shape of something optional.
        private func placeholder(_ outline: SchemaOutline) -> String {
            outline.example.map(plain) ?? blank(outline)
        }

        /// True when only the author can know the value.
        private func isOpen(_ outline: SchemaOutline) -> Bool {
            outline.annotations["x-path"] == nil && outline.choices.isEmpty
        }

        /// A value to start from: what the path says, the first choice, or nothing of the right type.
        private func blank(_ outline: SchemaOutline) -> String {
            if let range = outline.annotations["x-path"], let value = fromPath(range) { return value }
            if let choice = outline.choices.first { return plain(choice) }
            switch outline.types.first {
            case "string": return "\"\""
            case "array": return "[]"
            case "object": return "{}"
            case "boolean": return "false"
            case "integer", "number": return "0"
            default: return "null"
            }
        }

        private func fromPath(_ range: String) -> String? {
            let bounds = range.split(separator: "-").compactMap { Int($0) }
            guard let first = bounds.first, let last = bounds.last, first >= 1, last <= segments.count,
                first <= last
            else { return nil }
            return segments[(first - 1)...(last - 1)].joined(separator: "/")
        }

        /// A JSON string without its quotes where YAML reads it the same.
        private func plain(_ json: String) -> String {
            let inner = json.dropFirst().dropLast()
            let isPlain = inner.utf8.allSatisfy { byte in
                (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || "_-./".utf8.contains(byte)
            }
            let startsAsWord = inner.utf8.first.map { (0x61...0x7A).contains($0) } ?? false
            let otherMeanings = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
            guard json.hasPrefix("\""), isPlain, startsAsWord, !otherMeanings.contains(String(inner)) else {
                return json
            }
            return String(inner)
        }

        /// The first sentence of a description as comment lines.
        private mutating func note(_ description: String, _ indent: String) {
            let end = description.firstRange(of: ". ")?.lowerBound ?? description.endIndex
            var line = indent + "#"
            for word in description[..<end].split(separator: " ") {
                if line.count + word.count >= Skeleton.width {
                    lines.append(line)
                    line = indent + "#"
                }
                line += " " + word
            }
            if line != indent + "#" { lines.append(line) }
        }
    }
}
