package import Diagnostics
import Documents
import Git
import Text

/// What a change of a registry breaks: the findings of its result that its base does not have, and every finding in
/// a file that it changes.
///
/// Two findings are the same when rule, place, message and pointer are: a file that did not change says the same thing
/// at the same place. Both sides are judged whole, each by its own schemas and suppressions unless others are given.
/// Where the schemas are the same, only the changed files and their neighbourhood are read.
package struct ChangeValidation: Sendable {
    /// All findings up to the limit, sorted.
    package let findings: [Diagnostic]
    /// Findings beyond the limit.
    package let omissions: Omissions
    /// Files that the change added, altered or removed.
    package let checkedFileCount: Int

    /// Compares a registry with a commit that it comes from.
    ///
    /// The ties between the base's files are kept below the repository's own folder, so that the next run reads no
    /// file that is not concerned. Throws when one of the two registries or their schemas cannot be read.
    package init(
        of source: RegistrySource, since base: CommitTree, by rules: RegistrySource? = nil,
        options: Validation.Options = Validation.Options()
    ) throws(TreeError) {
        let new = try source.comparable(with: base)
        let sides = try Sides(from: base, to: new, by: rules, options: options)
        let told = Set(sides.before.findings.lazy.map(Sameness.init))
        var findings = sides.after.findings.filter { finding in
            sides.changedPaths.contains(finding.location.path) || !told.contains(Sameness(finding))
        }
        var omissions = sides.after.omissions
        omissions.cut(&findings, to: options.limits.findings)
        self.findings = findings
        self.omissions = omissions
        checkedFileCount = sides.changedPaths.count
    }

    /// What makes two findings of files that did not change the same one.
    private struct Sameness: Hashable {
        let rule: RuleID
        let location: Location
        let message: String
        let pointer: String

        init(_ finding: Diagnostic) {
            rule = finding.rule
            location = finding.location
            message = finding.message
            pointer = finding.pointer
        }
    }
}

/// The base and the result of a change, each judged as far as the change goes.
private struct Sides {
    let before: Verdict
    let after: Verdict
    let changedPaths: Set<String>

    init(
        from base: CommitTree, to new: RegistrySource, by rules: RegistrySource?, options: Validation.Options
    ) throws(TreeError) {
        var options = options
        // What is left out of one side could be what the other lacks.
        options.limits.findings = max(options.limits.findings, 1_000_000)
        let old = RegistrySource.commit(base)
        let change = try CriteriaChange(from: old, to: new)
        let criteria = try Criteria(of: new, from: rules, limits: options.limits)
        let oldCriteria =
            change.isEmpty ? criteria : try Criteria(of: old, from: rules, limits: options.limits)
        let tree = try TreeChange(from: old, to: new, schemas: criteria.schemas, limits: options.limits)
        guard change.schemaPaths.isEmpty || rules != nil else {
            // Other schemas: every file may be judged otherwise.
            let oldTree = try TreeChange(
                from: old, to: new, schemas: oldCriteria.schemas, limits: options.limits)
            changedPaths = tree.paths.union(oldTree.paths).union(change.paths)
            before = try Verdict(
                on: oldCriteria.listing(of: old, within: options), in: old, criteria: oldCriteria,
                options: options)
            after = try Verdict(
                on: criteria.listing(of: new, within: options), in: new, criteria: criteria,
                options: options)
            return
        }
        changedPaths = tree.paths.union(change.paths)
        let index = try TieIndex(of: base, schemas: criteria.schemas, options: options)
        let part = try ChangedPart(
            tree, from: old, to: new, schemas: criteria.schemas, index: index,
            suppressed: criteria.suppressions.paths.union(oldCriteria.suppressions.paths),
            changesSuppressions: change.changesSuppressions, options: options)
        before = try Verdict(on: part.old, in: old, criteria: oldCriteria, options: options)
        after = try Verdict(
            on: part.new, in: new, criteria: criteria, options: options, absentKeys: part.absentKeys)
    }
}
