package import Documents
package import Text

/// What the interface of Hugging Face says of a model.
package struct ModelInfo: Sendable {
    package let repo: String
    package let revision: String?
    package let isGated: Bool?
    /// The licence as the model card tags it.
    package let license: String?
    package let createdOn: CalendarDate?
    package let modifiedOn: CalendarDate?
    package let downloads: Int?
    /// The task the repository is filed under: `text-generation`.
    package let pipeline: String?
    /// Stored values by tensor type.
    package let storedValues: [String: Int]
    /// Stored values in all; nil when the answer was cut to other fields.
    package let storedTotal: Int?

    /// Nil when the value is no such answer.
    package init?(_ value: Value) {
        guard let repo = (value["id"] ?? value["modelId"])?.text, repo.split(separator: "/").count == 2 else {
            return nil
        }
        self.repo = repo
        revision = value["sha"]?.text
        switch value["gated"] {
        case .flag(let flag)?: isGated = flag
        // The word says how requests are granted.
        case .text?: isGated = true
        default: isGated = nil
        }
        let tags = (value["tags"]?.list ?? []).compactMap(\.text)
        let card = value["cardData"]?["license"]?.text
        let tag = tags.first { $0.hasPrefix("license:") }.map { String($0.dropFirst("license:".count)) }
        license = card ?? tag
        createdOn = (value["createdAt"]?.text).flatMap { CalendarDate($0.prefix(10)) }
        modifiedOn = (value["lastModified"]?.text).flatMap { CalendarDate($0.prefix(10)) }
        downloads = value["downloads"]?.integer
        pipeline = value["pipeline_tag"]?.text
        let parameters = value["safetensors"]?["parameters"]?.record?.members ?? []
        storedValues = Dictionary(
            parameters.compactMap { member in
                member.value.integer.map { (member.name, $0) }
            }
        ) { first, _ in first }
        storedTotal = value["safetensors"]?["total"]?.integer
    }

    /// True when four-bit weights are stored packed into wider words, so that the total counts words.
    package var hasPackedWords: Bool {
        let isPacked = ["U8", "I32", "U32"].contains { (storedValues[$0] ?? 0) > 0 }
        return isPacked
    }
}
