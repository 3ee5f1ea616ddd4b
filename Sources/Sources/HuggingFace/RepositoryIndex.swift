import Documents
import Text

/// Where configurations were found: one entry a model, with the commit that its file was read from.
package struct RepositoryIndex: Sendable {
    /// One model's file and where it was read.
    package struct Entry: Sendable, Hashable {
        /// The model's repository on Hugging Face.
        package let repo: String
        /// The snapshot's name.
        package let file: String
        package let url: String?
        package let note: String?
        /// Parameters that a document states in words, in billions with the place where.
        package let statedBillions: Double?
    }

    package let entries: [Entry]

    init(_ models: [Value]) {
        entries = models.compactMap { model in
            guard let repo = model["id"]?.text, let file = model["file"]?.text else { return nil }
            let stated = (model["params_published"]?.list ?? []).first { $0["kind"] == "stated" }
            return Entry(
                repo: repo, file: file, url: GitHubPlace(model)?.url, note: model["note"]?.text,
                statedBillions: stated?["total_b"]?.number?.approximate)
        }
    }

    /// The entry of a snapshot's name. Linear in the entries.
    package func entry(ofFile name: String) -> Entry? { entries.first { $0.file == name } }
}

/// A file of a commit on GitHub.
struct GitHubPlace {
    let url: String

    /// The place that the members `repo`, `commit` and `path` name; nil when one is missing.
    init?(_ value: Value) {
        guard let repo = value["repo"]?.text, let commit = value["commit"]?.text,
            let path = value["path"]?.text
        else { return nil }
        // What stands behind the sign is a place inside the file.
        url = "https://github.com/\(repo)/blob/\(commit)/\(path.prefix { $0 != "#" })"
    }
}
