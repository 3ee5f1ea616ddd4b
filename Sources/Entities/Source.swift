package import Text

/// Where a fact comes from and when it was checked.
package struct Source: Sendable, Hashable {
    /// What kind of source says so.
    package enum Kind: String, Sendable, CaseIterable {
        case providerAPI = "provider_api"
        case providerPage = "provider_page"
        case modelCard = "model_card"
        case configJSON = "config_json"
        case safetensorsIndex = "safetensors_index"
        case paper, measured
        case thirdParty = "third_party"
        case estimated, manual
    }

    package var kind: Kind
    package var url: String?
    package var checkedOn: CalendarDate
    package var note: String?
}

extension Source: FieldsReadable {
    init?(_ fields: Fields) {
        guard let kind: Kind = fields.word("kind"), let checkedOn = fields.date("checked_on") else {
            return nil
        }
        self.kind = kind
        url = fields.text("url")
        self.checkedOn = checkedOn
        note = fields.text("note")
    }
}
