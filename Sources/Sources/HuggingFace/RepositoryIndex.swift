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
            var url: String?
            if let container = model["repo"]?.text, let commit = model["commit"]?.text,
                let path = model["path"]?.text
            {
                // What stands behind the sign is a place inside the file.
                let file = path.prefix { $0 != "#" }
                url = "https://github.com/\(container)/blob/\(commit)/\(file)"
            }
            let stated = (model["params_published"]?.list ?? []).first { $0["kind"] == "stated" }
            return Entry(
                repo: repo, file: file, url: url, note: model["note"]?.text,
                statedBillions: stated?["total_b"]?.number?.approximate)
        }
    }

    /// The entry of a snapshot's name. Linear in the entries.
    package func entry(ofFile name: String) -> Entry? { entries.first { $0.file == name } }
}
