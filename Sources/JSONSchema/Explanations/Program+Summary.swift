import Documents
import Text

extension Program {
    /// What values of a schema are in a few words: its title, its constants, its format, its type; nil when it
    /// says none of these.
    func summary(of block: Int32) -> String? {
        if let title = annotation("title", of: block) { return Wording.quoted(title) }
        if let values = constants(of: block) {
            return Wording.list(values.map(description(of:)), upTo: 5, joiner: "or")
        }
        var words: [String] = []
        forEachNecessary(block) { step in
            switch step {
            case .format(let format): words.append(format.name)
            case .pattern(let pattern):
                words.append("text like \(Wording.shortened(patternSources[Int(pattern)]))")
            case .object(let index) where !objectNames[Int(index)].required.isEmpty:
                let names = objectNames[Int(index)].required.map { Wording.quoted(keys.text(of: $0)) }
                words.append("a mapping with \(Wording.list(names, upTo: 3))")
            default: break
            }
        }
        return words.first ?? types(of: block).map(Wording.types)
    }

    /// The text of a keyword like `title` that stands right in a block's schema.
    func annotation(_ keyword: String, of block: Int32) -> String? {
        let place = places[Int(block)]
        let document = documents[Int(place.document)]
        guard document[Int(place.node)].kind == .mapping,
            let value = document.member(keyword, of: Int(place.node)), document[value].kind == .string
        else { return nil }
        return document.string(at: value)
    }

    /// A value of the schema in a few words.
    func description(of place: SchemaNode) -> String {
        Wording.value(Int(place.node), in: documents[Int(place.document)])
    }
}
