import Git
import Glibc
import Synchronization

/// Where the index of the last base is kept: one file below the repository's own folder, safe to delete.
///
/// What cannot be read, is damaged or was made otherwise counts as absent; what cannot be written is done without.
struct TieStore {
    private let folder: String
    private let digest: ObjectID
    private let collectionCount: Int

    private static let name = "ties"
    /// An index of half a million files takes about 100 MB.
    private static let maximumByteCount = 256 << 20
    /// So that two threads of a process never write the same draft.
    private static let drafts = Atomic(0)

    /// The place for a repository and the schemas that ties are made by.
    ///
    /// Throws when libgit2 cannot be started.
    init(gitDirectory: String, schemas: RegistrySchemas) throws(TreeError) {
        folder = gitDirectory + "/model-atlas"
        digest = try schemas.digest()
        collectionCount = schemas.collections.count
    }

    /// The index that was kept last, of whatever tree.
    func load() -> TieIndex? {
        var bytes: [UInt8] = []
        let disk = DiskFolder(root: folder)
        guard (try? disk.read(TieStore.name, limit: TieStore.maximumByteCount, into: &bytes)) == true else {
            return nil
        }
        return TieIndex(bytes, schemas: digest, collectionCount: collectionCount)
    }

    /// Keeps an index in place of the last one; readers see the one or the other whole.
    func save(_ index: TieIndex) {
        let draft = TieStore.drafts.add(1, ordering: .relaxed).newValue
        mkdir(folder, 0o755)
        try? TreeWriter(root: folder).replace(
            TieStore.name, index.encoded(schemas: digest), draft: ".\(getpid()).\(draft)", isDurable: false)
    }
}

extension TieIndex {
    /// The index of a commit's registry: the one that was kept, brought up to date, or a new one; then kept in turn.
    ///
    /// Throws when a file or tree is missing from the clone. Reads the files that differ from what was kept.
    init(of base: CommitTree, schemas: RegistrySchemas, options: Validation.Options) throws(TreeError) {
        let store = try TieStore(gitDirectory: base.gitDirectory, schemas: schemas)
        let kept = store.load()
        if let kept, kept.tree == base.tree {
            self = kept
            return
        }
        func ties(of files: [ListedFile]) throws(TreeError) -> [FileTies] {
            let inspection = try Inspection(
                of: files, in: .commit(base), schemas: schemas, options: options)
            return FileTies.of(inspection, files: files, collections: schemas.collections)
        }
        // The tree that was kept may be gone from the repository meanwhile.
        if let kept,
            let change = try? TreeChange(
                from: .commit(base.with(kept.tree)), to: .commit(base), schemas: schemas,
                limits: options.limits)
        {
            self = kept.updated(
                to: base.tree, removing: change.old.files, adding: change.new.files,
                ties: try ties(of: change.new.files))
        } else {
            let files = try TreeListing(
                of: schemas.collections, in: ComparedTree(.commit(CommitFolder(base))), mayBeEmpty: true,
                limits: options.limits
            ).files
            self.init(tree: base.tree, files: files, ties: try ties(of: files))
        }
        store.save(self)
    }
}
