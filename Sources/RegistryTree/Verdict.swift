import Diagnostics
import Documents
import Entities
import Text

/// The files of a tree, or those of them that are to be judged, and what is wrong with names and places.
struct Selection {
    /// In byte order of their paths.
    let files: [ListedFile]
    let findings: [Diagnostic]
}

/// What is to be said of a list of files together, once each was looked at by itself.
struct Verdict {
    /// Sorted, without those that the list of suppressions accepts.
    let findings: [Diagnostic]
    let suppressedCount: Int
    /// Findings beyond the limit of a run that were left out on the way.
    let omissions: Omissions
    let catalog: Catalog

    /// Looks at each file, holds them against each other, and all against the criteria; `absentKeys` gives keys of
    /// a collection that files beyond the list define.
    ///
    /// Throws when the source cannot be read. Linear in the bytes.
    init(
        on listing: Selection, in source: RegistrySource, criteria: Criteria, options: Validation.Options,
        absentKeys: @escaping (Int) -> [String] = { _ in [] }
    ) throws(TreeError) {
        let inspection = try Inspection(
            of: listing.files, in: source, schemas: criteria.schemas, options: options)
        try self.init(
            on: listing, inspection, in: source, criteria: criteria, options: options, absentKeys: absentKeys)
    }

    /// Holds files that were looked at already against each other, and all against the criteria.
    ///
    /// Throws when the source cannot be read.
    init(
        on listing: Selection, _ inspection: Inspection, in source: RegistrySource, criteria: Criteria,
        options: Validation.Options, absentKeys: @escaping (Int) -> [String] = { _ in [] }
    ) throws(TreeError) {
        let check = FactCheck(
            inspection.facts, files: listing.files, collections: criteria.schemas.collections,
            presumed: inspection.unread, limits: options.limits, absentKeys: absentKeys)
        catalog = Catalog(inspection.records.lazy.map(\.record.entity))
        let all =
            criteria.findings + listing.findings + Verdict.leavingOutEchoes(inspection.findings, of: check)
            + check.findings
            + catalog.findings(inspection.records.map(\.record))
        let tree = try source.open()
        let accepted = criteria.suppressions.apply(to: all, today: options.today) { path, pointer in
            Verdict.value(at: pointer, in: path, of: tree, limits: options.limits)
        }
        findings = accepted.findings.sorted()
        suppressedCount = accepted.suppressedCount
        var omissions = inspection.omissions
        omissions.add(check.omissions)
        self.omissions = omissions
    }

    /// Leaves out the mismatch of a value with its path where the value also dangles, or names what another file
    /// defines: one mistake, one finding.
    private static func leavingOutEchoes(_ findings: [Diagnostic], of check: FactCheck) -> [Diagnostic] {
        let told = Set(check.findings.lazy.map(\.location))
        guard !told.isEmpty else { return findings }
        return findings.filter { $0.rule != .pathMismatch || !told.contains($0.location) }
    }

    /// The text of one value of one file, for the few that a suppression is about. The file was read before.
    private static func value(
        at pointer: String, in path: String, of tree: borrowing TreeReader, limits: Limits
    ) -> String? {
        var reader = FileReader(limits: limits)
        var findings: [Diagnostic] = []
        guard (try? reader.read(path, from: tree, findings: &findings)) == true else { return nil }
        let document = reader.document
        return document.node(at: pointer).map { document.string(at: $0) }
    }
}
