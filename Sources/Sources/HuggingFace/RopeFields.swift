import Documents
import Text

extension ConfigReader {
    /// The model's rotary positions.
    ///
    /// `head` is the width that a partial factor is a share of, `theta` the base that the model's own class takes
    /// when none is written down.
    mutating func rope(head: Int?, theta standard: Int? = nil) throws(ConfigFault) -> Record {
        var parameters = part("rope_parameters")
        var rope = try scaling(parameters ?? part("rope_scaling"))
        let nested = parameters?.number("rope_theta")
        let theta = number("rope_theta", "rotary_emb_base", "rope_embedding_base") ?? nested
        if let theta = theta ?? standard.map({ Number($0) }) { rope["theta"] = .number(theta) }
        let share =
            number("partial_rotary_factor", "rotary_pct") ?? parameters?.number("partial_rotary_factor")
        let width = try integerIfAny("rotary_dim") ?? head.flatMap { head in share?.share(of: head) }
        if let width, width != head { rope["rotary_dim"] = Value(width) }
        let original = try integerIfAny("original_max_position_embeddings", "initial_context_length")
        if rope["scaling"] == "longrope", rope["original_max"] == nil, let original {
            rope["original_max"] = Value(original)
        }
        return rope.inOrder
    }

    /// How positions beyond the trained length are reached, as far as it is written down.
    private func scaling(_ reader: ConfigReader?) throws(ConfigFault) -> Record {
        guard var reader else { return Record() }
        let word = reader.text("rope_type", "type") ?? "default"
        let scaling: String?
        switch word {
        case "default", "mrope", "proportional": scaling = nil
        case "su", "longrope": scaling = "longrope"
        case "linear", "dynamic", "llama3", "yarn": scaling = word
        default: throw ConfigFault("rope_scaling", "\"\(word)\" is not understood")
        }
        guard let scaling else { return Record() }
        return Record(known: [
            "scaling": .text(scaling), "factor": reader.value("factor"),
            "original_max": reader.value("original_max_position_embeddings"),
        ])
    }
}

extension Record {
    /// The members of rotary positions in the order of the schema.
    fileprivate var inOrder: Record {
        Record(
            ["theta", "scaling", "factor", "original_max", "rotary_dim"].compactMap { name in
                self[name].map { (name, $0) }
            })
    }
}

extension Number {
    /// The whole part of a share of a width; nil when it is none of it, or more than all.
    func share(of width: Int) -> Int? {
        let share = approximate * Double(width)
        return share >= 1 && share <= Double(width) ? Int(share) : nil
    }
}
