package import Diagnostics
package import Documents
package import Entities
package import Text

/// One run over a registry: every file read and checked, every finding of every file, in one order.
package struct Validation: Sendable {
    /// How to run; what is found does not depend on it.
    package struct Options: Sendable {
        /// Threads that check files.
        package var jobs = 1
        package var limits = Limits.standard
        /// The day it is, for suppressions that have one by which to look again; nil leaves that unchecked.
        package var today: CalendarDate?
        /// The files that are looked at, by their paths; nil for all. What refers to others is then found wanting.
        package var wanted: (@Sendable (_ path: String) -> Bool)?
        /// The folders of collections that are listed; nil for all.
        package var folders: Set<String>?
        /// Told now and then how many files of how many are done; called from any thread.
        package var progress: (@Sendable (_ done: Int, _ total: Int) -> Void)?

        package init() {}
    }

    /// All findings up to the limit, sorted.
    package let findings: [Diagnostic]
    /// Findings beyond the limit.
    package let omissions: Omissions
    package let checkedFileCount: Int
    /// Findings left out because the registry's suppression list accepts them.
    package let suppressedCount: Int
    /// The entities of all files that passed their schema.
    package let catalog: Catalog

    /// The commit that was read; nil when it was a folder of the disk.
    package let commit: CommitTree?

    /// Checks a registry, by its own schemas and suppressions or by those of another source.
    ///
    /// Throws when the registry or its schemas cannot be read. Linear in the registry's bytes.
    package init(
        of source: RegistrySource, by rules: RegistrySource? = nil, options: Options = Options()
    ) throws(TreeError) {
        let criteria = try Criteria(of: source, from: rules, limits: options.limits)
        let (listing, inspection) = try Inspection.listed(
            in: source, schemas: criteria.schemas, options: options
        ) { feed throws(TreeError) in
            try criteria.listing(of: source, within: options, feed: feed)
        }
        let verdict = try Verdict(
            on: listing, inspection, in: source, criteria: criteria, options: options)
        var (findings, omissions) = (verdict.findings, verdict.omissions)
        omissions.cut(&findings, to: options.limits.findings)
        self.findings = findings
        self.omissions = omissions
        suppressedCount = verdict.suppressedCount
        checkedFileCount = listing.files.count
        catalog = verdict.catalog
        commit = source.commit
    }

    /// Checks the registry at `root`, a folder of the disk with a `schemas/` folder in it.
    package init(root: String, options: Options = Options()) throws(TreeError) {
        try self.init(of: .folder(root), options: options)
    }
}
