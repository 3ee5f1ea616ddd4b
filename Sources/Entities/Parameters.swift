package import Text

/// A model's parameter counts as its file states them.
package struct Parameters: Sendable, Hashable, FieldsReadable {
    /// The main model with its towers, without multi-token prediction layers.
    package var total: StatedCount
    /// What one token uses, both embedding matrices included; equals the total in a dense model without towers.
    package var active: StatedCount?
    /// The embedding and output matrices.
    package var embedding: StatedCount?
    /// The vision tower, part of the total.
    package var vision: StatedCount?
    /// The multi-token prediction layers, not part of the total.
    package var multiTokenPrediction: StatedCount?

    init?(_ fields: Fields) {
        guard let total: StatedCount = fields.part("total") else { return nil }
        self.total = total
        active = fields.part("active")
        embedding = fields.part("embedding")
        vision = fields.part("vision")
        multiTokenPrediction = fields.part("mtp")
    }
}

/// A number of parameters and how it is known.
package struct StatedCount: Sendable, Hashable, FieldsReadable {
    /// From least to most trusted; a better one is never overwritten by a worse one.
    package enum Provenance: String, Sendable, CaseIterable, Comparable {
        case estimated
        /// Published, rounded.
        case stated
        /// A formula over the configuration.
        case configExact = "config_exact"
        /// Read from tensor headers or the index.
        case safetensors
        /// Set by hand, with the reason in the note.
        case manualOverride = "manual_override"

        private var trust: Int {
            switch self {
            case .estimated: 0
            case .stated: 1
            case .configExact: 2
            case .safetensors: 3
            case .manualOverride: 4
            }
        }

        package static func < (left: Provenance, right: Provenance) -> Bool { left.trust < right.trust }
    }

    package var value: Int
    package var provenance: Provenance
    package var checkedOn: CalendarDate
    package var url: String?
    package var note: String?

    init?(_ fields: Fields) {
        guard let value = fields.integer("value"), value > 0,
            let provenance: Provenance = fields.word("param_source"),
            let checkedOn = fields.date("checked_on")
        else { return nil }
        self.value = value
        self.provenance = provenance
        self.checkedOn = checkedOn
        url = fields.text("url")
        note = fields.text("note")
    }
}
