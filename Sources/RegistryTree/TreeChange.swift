import Diagnostics
import Documents
import Git
import Text

/// Where two trees of a registry differ: its files, and what is wrong with their names and places.
struct TreeChange {
    let old: TreeListing
    let new: TreeListing
    /// The paths of all that was added, removed or changed.
    let paths: Set<String>

    /// Compares two sources whose files have ids, under the same schemas; folders they share are not looked into.
    ///
    /// Throws where a commit's objects are missing. Its cost grows with the change where both are commits.
    init(
        from old: RegistrySource, to new: RegistrySource, schemas: RegistrySchemas, limits: Limits
    ) throws(TreeError) {
        func listing(
            of tree: consuming TreeReader, besides other: consuming TreeReader
        ) throws(TreeError) -> TreeListing {
            try TreeListing(
                of: schemas.collections, in: ComparedTree(tree, besides: other),
                mayBeEmpty: !schemas.findings.isEmpty, limits: limits)
        }
        self.old = try listing(of: old.open(), besides: new.open())
        self.new = try listing(of: new.open(), besides: old.open())
        paths = Set(self.old.listedPaths + self.new.listedPaths)
    }
}

/// What of the criteria differs between two trees of a registry.
struct CriteriaChange {
    /// The paths of schemas that are not the same, or only in one of the two.
    let schemaPaths: Set<String>
    let changesSuppressions: Bool

    var isEmpty: Bool { schemaPaths.isEmpty && !changesSuppressions }
    /// The paths of all criteria that changed.
    var paths: Set<String> {
        changesSuppressions ? schemaPaths.union([Suppressions.path]) : schemaPaths
    }

    init(from old: RegistrySource, to new: RegistrySource) throws(TreeError) {
        let before = try old.open()
        let after = try new.open()
        let list = (
            try before.entry(at: Suppressions.path)?.object, try after.entry(at: Suppressions.path)?.object
        )
        changesSuppressions = list.0 != list.1
        let schemas = (try CriteriaChange.schemas(in: before), try CriteriaChange.schemas(in: after))
        let names = Set(schemas.0.keys).union(schemas.1.keys).filter { name in
            schemas.0[name] == nil || schemas.0[name] != schemas.1[name]
        }
        schemaPaths = Set(names.map { RegistrySchemas.folder + "/" + $0 })
    }

    /// What the folder of the schemas holds, by name.
    private static func schemas(in tree: borrowing TreeReader) throws(TreeError) -> [String: ObjectID?] {
        do throws(ReadFailure) {
            let entries = try tree.entries(of: RegistrySchemas.folder).filter {
                RegistrySchemas.isSchema($0.name)
            }
            return Dictionary(entries.map { ($0.name, $0.object) }) { first, _ in first }
        } catch {
            throw error.failure(RegistrySchemas.folder + "/")
        }
    }
}
