package import Text

/// Where a model, provider, offer or accelerator stands in its life.
package struct Status: Sendable, Hashable {
    /// In the order of a life; each kind of entity uses some of them.
    package enum Stage: String, Sendable, CaseIterable {
        case experimental, preview, active, deprecated, retired
        /// Served, but not listed. Of offers only.
        case hidden
    }

    package var stage: Stage
    /// The day on which its use was first advised against.
    package var deprecatedOn: CalendarDate?
    /// The day on which it stops or stopped.
    package var retiresOn: CalendarDate?
    /// The id of what takes its place: an entity of the same kind, or another offer of the same provider.
    package var replacedBy: String?
}

extension Status: FieldsReadable {
    init?(_ fields: Fields) {
        guard let stage: Stage = fields.word("stage") else { return nil }
        self.stage = stage
        deprecatedOn = fields.date("deprecated_on")
        retiresOn = fields.date("retires_on")
        replacedBy = fields.text("replaced_by")
    }
}
