import Diagnostics
import Documents
import Text

/// What a registry is held against: its schemas, and its list of accepted warnings.
struct Criteria: Sendable {
    let schemas: RegistrySchemas
    let suppressions: Suppressions
    /// What is wrong with the schemas that are in force, and with those of the registry itself.
    let findings: [Diagnostic]

    /// What a source holds, listed by these schemas; a `feed` is given the files as they are found.
    func listing(
        of source: RegistrySource, within options: Validation.Options, feed: FileFeed? = nil
    ) throws(TreeError) -> Selection {
        let isPart = options.folders != nil || options.wanted != nil
        return try TreeListing(
            of: schemas.collections, in: ComparedTree(source.open()),
            mayBeEmpty: isPart || !schemas.findings.isEmpty, limits: options.limits, folders: options.folders,
            isWanted: options.wanted, feed: feed
        ).selection
    }

    /// Reads them from the registry's own source or from another, whose word then counts instead.
    ///
    /// A registry's own schemas and list are checked all the same: it may not loosen them, nor may it break them.
    /// Throws when a `schemas/` folder cannot be read.
    init(of source: RegistrySource, from other: RegistrySource?, limits: Limits) throws(TreeError) {
        let tree = try source.open()
        let own = try RegistrySchemas(on: tree, limits: limits)
        let list = try Suppressions(in: tree, limits: limits)
        guard let other else {
            (schemas, suppressions, findings) = (own, list, own.findings)
            return
        }
        let otherTree = try other.open()
        schemas = try RegistrySchemas(on: otherTree, limits: limits)
        suppressions = try Suppressions(in: otherTree, limits: limits).standingIn(for: list)
        let told = Set(schemas.findings)
        findings = schemas.findings + own.findings.filter { !told.contains($0) }
    }
}
