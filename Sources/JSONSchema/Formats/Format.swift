/// The values of JSON Schema's `format` keyword that are checked: all that drafts 7, 2019-09 and 2020-12 define.
enum Format: String, Sendable, CaseIterable {
    case date
    case time
    case dateTime = "date-time"
    case duration
    case email
    case idnEmail = "idn-email"
    case hostname
    case idnHostname = "idn-hostname"
    case ipv4
    case ipv6
    case uri
    case uriReference = "uri-reference"
    case iri
    case iriReference = "iri-reference"
    case uuid
    case uriTemplate = "uri-template"
    case jsonPointer = "json-pointer"
    case relativeJSONPointer = "relative-json-pointer"
    case regex

    /// Nil for a name that is not defined; such a format accepts everything.
    init?(name: String) {
        self.init(rawValue: name)
    }

    /// Whether a text in UTF-8 has the format. Linear in its length; only host names beyond ASCII, and `regex`,
    /// allocate.
    func isValid(_ text: Span<UInt8>) -> Bool {
        switch self {
        case .date: Self.isDate(text)
        case .time: Self.isTime(text)
        case .dateTime: Self.isDateTime(text)
        case .duration: Self.isDuration(text)
        case .email: Self.isEmail(text, allowsUnicode: false)
        case .idnEmail: Self.isEmail(text, allowsUnicode: true)
        case .hostname: Self.isHostName(text)
        case .idnHostname: InternationalHostName.isValid(text)
        case .ipv4: Self.isIPv4(text)
        case .ipv6: Self.isIPv6(text)
        case .uri: ResourceIdentifier(allowsUnicode: false).isAbsolute(text)
        case .uriReference: ResourceIdentifier(allowsUnicode: false).isReference(text)
        case .iri: ResourceIdentifier(allowsUnicode: true).isAbsolute(text)
        case .iriReference: ResourceIdentifier(allowsUnicode: true).isReference(text)
        case .uuid: Self.isUUID(text)
        case .uriTemplate: Self.isURITemplate(text)
        case .jsonPointer: Self.isJSONPointer(text)
        case .relativeJSONPointer: Self.isRelativeJSONPointer(text)
        case .regex: Pattern.isValidSyntax(text)
        }
    }
}
