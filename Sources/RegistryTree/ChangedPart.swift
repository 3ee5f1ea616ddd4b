import Diagnostics
import Text

/// The part of a registry that a change concerns, as it was before and as it is after: the files that changed, and
/// their neighbourhood, which did not.
struct ChangedPart {
    let old: Selection
    let new: Selection
    private let index: TieIndex
    private let collections: [Collection]
    /// The paths of the files that changed and, by their numbers in the index, the others of the part.
    private let present: (changed: Set<String>, neighbours: Set<Int>)

    /// Finds it. Suppressed files are those that a list of suppressions names: whether an entry of the list is still
    /// needed is only known when all is known of its file.
    ///
    /// Throws when a source cannot be read. Its cost grows with the part, not with the registry.
    init(
        _ change: TreeChange, from before: RegistrySource, to after: RegistrySource, schemas: RegistrySchemas,
        index: TieIndex, suppressed: Set<String>, changesSuppressions: Bool, options: Validation.Options
    ) throws(TreeError) {
        func ties(of files: [ListedFile], in source: RegistrySource) throws(TreeError) -> [FileTies] {
            let inspection = try Inspection(of: files, in: source, schemas: schemas, options: options)
            return FileTies.of(inspection, files: files, collections: schemas.collections)
        }
        let oldTies = try ties(of: change.old.files, in: before)
        let newTies = try ties(of: change.new.files, in: after)
        let given = newTies.reduce(into: Set<TieToken>()) { $0.formUnion($1.tokens) }

        var neighbourhood = Neighbourhood(in: index, changed: change.paths)
        for ties in oldTies + newTies {
            neighbourhood.complete(ties)
            neighbourhood.follow(ties) { given.contains($0) }
        }
        if changesSuppressions { neighbourhood.take(paths: suppressed) }
        var looked: Set<Int> = []
        while true {
            let numbers = neighbourhood.members.subtracting(looked).filter { number in
                index.files[number].isEntangled || suppressed.contains(index.files[number].path)
            }.sorted()
            guard !numbers.isEmpty else { break }
            looked.formUnion(numbers)
            let files = numbers.map { index.listedFile($0) }
            for (file, ties) in zip(files, try ties(of: files, in: before)) {
                neighbourhood.follow(ties) { given.contains($0) }
                if ties.isMismatched || suppressed.contains(file.path) { neighbourhood.complete(ties) }
            }
        }
        let members = neighbourhood.members
        let neighbours = members.map { index.listedFile($0) }
        func selection(_ listing: TreeListing) -> Selection {
            let files = (listing.files + neighbours).sorted { $0.path.precedesInByteOrder($1.path) }
            return Selection(files: files, findings: listing.findings)
        }
        old = selection(change.old)
        new = selection(change.new)
        self.index = index
        collections = schemas.collections
        present = (change.paths, members)
    }

    /// The keys that the files beyond the part have in a collection. Linear in the registry.
    func absentKeys(_ collection: Int) -> [String] {
        index.files.enumerated().compactMap { number, file in
            guard file.collection == Int32(collection), !present.neighbours.contains(number),
                !present.changed.contains(file.path)
            else { return nil }
            if let key = file.oddKey { return String(decoding: key, as: UTF8.self) }
            var stem = PathStem()
            stem.set(file.path, in: collections[collection])
            return String(decoding: stem.bytes, as: UTF8.self)
        }
    }
}

extension TieIndex {
    fileprivate func listedFile(_ number: Int) -> ListedFile {
        ListedFile(path: files[number].path, collection: files[number].collection, object: nil)
    }
}
