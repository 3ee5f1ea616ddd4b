extension Format {
    /// What a value of the format is called in messages, with its article.
    var name: String {
        switch self {
        case .date: "a date"
        case .time: "a time"
        case .dateTime: "a date with time"
        case .duration: "a duration"
        case .email, .idnEmail: "an e-mail address"
        case .hostname, .idnHostname: "a host name"
        case .ipv4: "an IPv4 address"
        case .ipv6: "an IPv6 address"
        case .uri: "a URI"
        case .uriReference: "a URI or relative reference"
        case .iri: "an IRI"
        case .iriReference: "an IRI or relative reference"
        case .uuid: "a UUID"
        case .uriTemplate: "a URI template"
        case .jsonPointer: "a JSON Pointer"
        case .relativeJSONPointer: "a relative JSON Pointer"
        case .regex: "a regular expression"
        }
    }

    /// What a right value looks like.
    var hint: String {
        switch self {
        case .date: "a day that exists, like 2026-02-28"
        case .time: "with seconds and offset, like 13:45:00Z"
        case .dateTime: "with seconds and offset, like 2026-02-28T13:45:00Z"
        case .duration: "like P3DT12H"
        case .email, .idnEmail: "like name@example.org"
        case .hostname, .idnHostname: "like api.example.org, without scheme or port"
        case .ipv4: "four numbers up to 255, like 192.0.2.1"
        case .ipv6: "like 2001:db8::1"
        case .uri, .iri: "with its scheme, like https://example.org/path"
        case .uriReference, .iriReference: "like https://example.org/path or ../path"
        case .uuid: "like 123e4567-e89b-12d3-a456-426614174000"
        case .uriTemplate: "like https://example.org/{id}"
        case .jsonPointer: "like /prices/0/rates"
        case .relativeJSONPointer: "like 1/rates"
        case .regex: "in the notation of ECMA-262"
        }
    }
}
