import JSONSchema

/// The fields of a registry's collections as one Markdown page, made from its schemas.
package enum SchemaPage {
    /// The page's text.
    package static func markdown(_ schemas: RegistrySchemas) -> String {
        var lines = [
            "# The files and their fields", "",
            "Made from `schemas/` by `registry schema page`; a test holds it. **Bold** names are required.",
            "",
        ]
        for collection in schemas.collections {
            guard let outline = schemas.set.outline(of: collection.schema) else { continue }
            let levels = String(repeating: "/*", count: collection.depth)
            lines += ["## `\(collection.folder)\(levels)\(Collection.fileExtension)`", ""]
            if !outline.description.isEmpty { lines += [outline.description, ""] }
            lines += ["| field | value | what it says |", "|---|---|---|"]
            add(outline, path: "", to: &lines)
            lines.append("")
        }
        return lines.joined(separator: "\n")
    }

    private static func add(_ outline: SchemaOutline, path: String, to lines: inout [String]) {
        for property in outline.properties {
            let name = path + property.name
            let shown = property.isRequired ? "**`\(name)`**" : "`\(name)`"
            let inner = property.outline.elements.first
            lines.append("| \(shown) | \(value(property.outline)) | \(cell(property.outline.description)) |")
            add(property.outline, path: name + ".", to: &lines)
            if let inner {
                addElement(
                    inner, path: name + (property.outline.types == ["array"] ? "[]." : ".*."), to: &lines)
            }
            addForms(property.outline, path: name + ".", to: &lines)
        }
    }

    private static func addElement(_ outline: SchemaOutline, path: String, to lines: inout [String]) {
        add(outline, path: path, to: &lines)
        addForms(outline, path: path, to: &lines)
    }

    /// The forms of a choice, each under the constant that tells it apart.
    private static func addForms(_ outline: SchemaOutline, path: String, to lines: inout [String]) {
        for form in outline.forms {
            let tag = form.properties.first { $0.outline.choices.count == 1 }
            guard let tag else { continue }
            let fields = form.properties.filter { $0.name != tag.name }.map { property in
                property.isRequired ? "**`\(property.name)`**" : "`\(property.name)`"
            }
            lines.append(
                "| `\(path)\(tag.name)`: `\(bare(tag.outline.choices[0]))` | \(fields.joined(separator: ", ")) "
                    + "| \(cell(form.description)) |")
        }
    }

    private static func value(_ outline: SchemaOutline) -> String {
        if let target = outline.annotations["x-references"] { return "key in `\(target)/`" }
        if outline.choices.count == 1 { return "`\(bare(outline.choices[0]))`" }
        if !outline.choices.isEmpty { return outline.choices.map { "`\(bare($0))`" }.joined(separator: ", ") }
        if let format = outline.format { return format }
        if outline.types == ["array"], let element = outline.elements.first {
            return "list of "
                + (element.properties.isEmpty && element.forms.isEmpty ? value(element) : "mappings")
        }
        return outline.types.joined(separator: " or ")
    }

    /// JSON text without the quotes of a string.
    private static func bare(_ json: String) -> String {
        json.hasPrefix("\"") ? String(json.dropFirst().dropLast()) : json
    }

    private static func cell(_ text: String) -> String {
        String(text.map { $0 == "|" ? "/" : $0 })
    }
}
