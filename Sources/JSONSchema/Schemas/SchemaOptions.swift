package import Documents

/// How a schema is to be compiled, and how much its texts and those checked against it may ask for.
public struct SchemaOptions: Sendable {
    /// The draft of schemas that do not name theirs with `$schema`.
    public var defaultDraft = Draft.draft2020
    /// Assert `format` always, not only where the schema's vocabulary says so.
    public var assertsFormat = true
    /// Assert draft-07's `contentEncoding` (base64) and `contentMediaType` (JSON).
    public var assertsContent = false
    /// How large a text may be.
    public var limits = TextLimits()
    /// Finds the text of a schema by its absolute URI, for references that lead out of the given text.
    ///
    /// Called while the schema is compiled, at most once for each URI; nil says that there is no such schema. The
    /// meta-schemas of the drafts are built in and not asked for. The engine itself opens no file and no connection.
    public var loader: @Sendable (_ uri: String) -> SchemaText? = { _ in nil }
    /// Keywords whose values are reported with the values they apply to.
    package var annotations: Set<String> = []

    /// Draft 2020-12, formats asserted, references inside the text only.
    public init() {}
}

/// How much a text may ask for before it is refused with a finding: what comes from elsewhere may be hostile.
public struct TextLimits: Sendable, Hashable {
    /// Bytes of one text; 1 MiB unless changed.
    public var bytes = 1 << 20
    /// Containers inside containers; 64 unless changed, never more than 500.
    public var depth = 64
    /// Values of one text; 200,000 unless changed.
    public var values = 200_000
    /// Steps that checking one text may take, 20 ns or so each; 10 million unless changed.
    ///
    /// A file that a person writes takes some hundred. Only schemas that branch without measure need millions.
    public var steps = 10_000_000
    /// Findings of one text; 200 unless changed. The first in the order of the text are kept.
    public var findings = 200

    /// The limits of a file that a person writes.
    public init() {}

    /// The same as the readers take it.
    package var limits: Limits {
        var limits = Limits.standard
        limits.fileBytes = min(bytes, 1 << 30)
        limits.depth = min(depth, 500)
        limits.nodes = values
        limits.findingsPerFile = findings
        return limits
    }
}
