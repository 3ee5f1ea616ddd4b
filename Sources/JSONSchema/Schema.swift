import Diagnostics
import Documents

/// A compiled JSON Schema, draft 2020-12, 2019-09 or 07.
///
/// ```swift
/// let schema = try Schema(.json(#"{"properties": {"size": {"type": "integer"}}}"#))
/// schema.isValid(.yaml("size: 3"))             // true
/// for finding in schema.explain(.yaml("size: 3 m")) {
///     print(finding)                           // text.yaml:1:7: error[schema/type]: expected an integer, found "3 m"
/// }
/// ```
///
/// Immutable, cheap to copy, and shared by any number of tasks. Who checks many texts gives each task an
/// ``InstanceChecker``.
public struct Schema: Sendable {
    let set: SchemaSet
    let limits: Limits
    /// What looks wrong in the schema without making it useless: a misspelt keyword.
    public let warnings: [SchemaFinding]

    /// Compiles a schema, and all that it refers to.
    ///
    /// Throws when the text cannot be read, is not valid against its meta-schema, has a pattern that is no regular
    /// expression, or refers to what is not there. Linear in the schema for all but contrived ones.
    public init(_ text: SchemaText, options: SchemaOptions = SchemaOptions()) throws(SchemaError) {
        var findings: [Diagnostic] = []
        set = SchemaSet([text], options: options, findings: &findings)
        limits = options.limits.limits
        guard !findings.contains(where: { $0.severity == .error }) else {
            throw SchemaError(findings: findings.sorted().map(SchemaFinding.init))
        }
        warnings = findings.sorted().map(SchemaFinding.init)
    }

    /// True when a text can be read and is valid.
    ///
    /// Stops at the first fault. A text that would take more than about a quarter of a second is not valid.
    public func isValid(_ instance: SchemaText) -> Bool {
        var checker = InstanceChecker(self)
        return checker.isValid(instance)
    }

    /// Every fault of a text in its order, each with its place; empty when it is valid.
    ///
    /// A text that is not JSON or YAML, or passes the limits, gives the findings that say so.
    public func explain(_ instance: SchemaText) -> [SchemaFinding] {
        var checker = InstanceChecker(self)
        return checker.explain(instance)
    }
}

/// Why a schema cannot be used.
public struct SchemaError: Error, Sendable, CustomStringConvertible {
    /// What is wrong with it, in the order of the text; at least one is an error.
    public let findings: [SchemaFinding]

    /// A line for each finding.
    public var description: String { findings.map(\.description).joined(separator: "\n") }
}
