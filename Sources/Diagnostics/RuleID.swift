/// The stable name of a rule, `stage/word`; what each means stands in the rule book.
///
/// A name is never reused for something else: suppression lists and other people's tools hold on to it.
package enum RuleID: String, Sendable, Hashable, CaseIterable {
    // Reading files.
    case fileUnreadable = "file/unreadable"
    case fileTooLarge = "file/too-large"
    case fileNotRegular = "file/not-regular"
    case fileExtension = "file/extension"
    case fileDepth = "file/depth"
    case fileName = "file/name"
    case fileCaseClash = "file/case-clash"
    case fileEmptyCollection = "file/empty-collection"

    // YAML and JSON syntax.
    case yamlSyntax = "yaml/syntax"
    case yamlEncoding = "yaml/encoding"
    case yamlControlCharacter = "yaml/control-character"
    case yamlLineBreak = "yaml/line-break"
    case yamlBidirectional = "yaml/bidirectional"
    case yamlInvisible = "yaml/invisible"
    case yamlEmpty = "yaml/empty"
    case yamlMultipleDocuments = "yaml/multiple-documents"
    case yamlDuplicateKey = "yaml/duplicate-key"
    case yamlMergeKey = "yaml/merge-key"
    case yamlComplexKey = "yaml/complex-key"
    case yamlTag = "yaml/tag"
    case yamlAlias = "yaml/alias"
    case yamlTooDeep = "yaml/too-deep"
    case yamlTooManyNodes = "yaml/too-many-nodes"
    case yamlNonFinite = "yaml/non-finite"
    case yamlNumberTooLong = "yaml/number-too-long"
    case yamlConflictMarker = "yaml/conflict-marker"
    case yamlIndentation = "yaml/indentation"
    case yamlComment = "yaml/comment"
    case jsonSyntax = "json/syntax"
    case jsonDuplicateKey = "json/duplicate-key"

    // JSON Schema: an instance against its schema.
    case schemaType = "schema/type"
    case schemaEnum = "schema/enum"
    case schemaConst = "schema/const"
    case schemaRequired = "schema/required"
    case schemaUnknownKey = "schema/unknown-key"
    case schemaPropertyName = "schema/property-name"
    case schemaRange = "schema/range"
    case schemaMultipleOf = "schema/multiple-of"
    case schemaLength = "schema/length"
    case schemaPattern = "schema/pattern"
    case schemaFormat = "schema/format"
    case schemaItems = "schema/items"
    case schemaUniqueItems = "schema/unique-items"
    case schemaContains = "schema/contains"
    case schemaProperties = "schema/properties"
    case schemaDependency = "schema/dependency"
    case schemaBranch = "schema/branch"
    case schemaNot = "schema/not"
    case schemaForbidden = "schema/forbidden"

    // JSON Schema: a schema that is itself wrong.
    case schemaInvalid = "schema/invalid"
    case schemaReference = "schema/reference"
    case schemaDialect = "schema/dialect"
    case schemaRegex = "schema/regex"

    // Between files.
    case pathMismatch = "path/mismatch"
    case duplicateKey = "duplicate/key"
    case duplicateValue = "duplicate/value"
    case referenceUnknown = "reference/unknown"
}
