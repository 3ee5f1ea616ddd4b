package import Entities
import Text

/// What makes one state of a registry differ from another, in terms of the field: a pure value of the two.
package struct RegistryChange: Sendable, Hashable {
    /// Sorted by what happened (removed, renamed, altered, added), then by kind and path.
    package let entities: [EntityChange]
    /// Files that one side could not make sense of, by path.
    package let uncompared: [UncomparedFile]
    /// Schemas and the suppression list where the sides differ: what decides which files are right.
    package let changedRules: [String]
    /// Findings of error severity on the old side.
    package let baseErrorCount: Int
    /// Findings of error severity on the new side.
    package let headErrorCount: Int

    package var isEmpty: Bool { entities.isEmpty && uncompared.isEmpty && changedRules.isEmpty }

    /// Compares two states. Close to linear in their entities; only files that differ are read again.
    package init(from base: RegistryState, to head: RegistryState) {
        let old = base.catalog.entitiesByPath
        let new = head.catalog.entitiesByPath
        uncompared = RegistryChange.uncompared(old: old, new: new, base: base, head: head)
        let skipped = Set(uncompared.lazy.map(\.path))

        var removed = old.keys.filter { new[$0] == nil && !skipped.contains($0) }.compactMap { old[$0] }
        var added = new.keys.filter { old[$0] == nil && !skipped.contains($0) }.compactMap { new[$0] }
        let renames = Renames(removed: removed, added: added)
        removed.removeAll { renames.newPath(of: $0.path) != nil }
        added.removeAll { renames.oldPath(of: $0.path) != nil }

        let comparison = EntityComparison(base: base, head: head)
        var entities = removed.map(comparison.removal) + added.map(comparison.addition)
        for (before, after) in renames.pairs { entities.append(comparison.renaming(before, after)) }
        for (path, before) in old where !skipped.contains(path) {
            if let after = new[path], after != before {
                entities.append(comparison.alteration(before, after))
            }
        }
        self.entities = entities.sorted()
        let rulePaths = Set(base.rules.keys).union(head.rules.keys)
        changedRules = rulePaths.filter { base.rules[$0] != head.rules[$0] }.sorted()
        baseErrorCount = base.errorCount
        headErrorCount = head.errorCount
    }

    /// How many entities of a kind something happened to.
    package func count(of event: EntityChange.Event.Word, kind: EntityKind) -> Int {
        entities.count { $0.event.word == event && $0.kind == kind }
    }

    /// Files that stand on a side without being one of its entities: what they say cannot be compared, and they
    /// must not pass for removed or added.
    private static func uncompared(
        old: [String: Entity], new: [String: Entity], base: RegistryState, head: RegistryState
    ) -> [UncomparedFile] {
        var files: [UncomparedFile] = []
        for (path, count) in base.errorCounts where old[path] == nil {
            files.append(UncomparedFile(path: path, side: .base, errorCount: count))
        }
        for (path, count) in head.errorCounts where new[path] == nil {
            files.append(UncomparedFile(path: path, side: .head, errorCount: count))
        }
        // Where there are more findings than a run keeps, a file's own may be among those left out.
        for path in old.keys where new[path] == nil && head.errorCounts[path] == nil && head.hasFile(path) {
            files.append(UncomparedFile(path: path, side: .head, errorCount: 0))
        }
        for path in new.keys where old[path] == nil && base.errorCounts[path] == nil && base.hasFile(path) {
            files.append(UncomparedFile(path: path, side: .base, errorCount: 0))
        }
        return files.sorted()
    }
}

/// A file that takes no part in a comparison because a side could not make sense of it.
package struct UncomparedFile: Sendable, Hashable, Comparable {
    /// One of the two states.
    package enum Side: String, Sendable {
        case base, head
    }

    package let path: String
    package let side: Side
    /// Its findings of error severity; 0 when they are among those that were left out.
    package let errorCount: Int

    package static func < (left: UncomparedFile, right: UncomparedFile) -> Bool {
        if left.path != right.path { return left.path.precedesInByteOrder(right.path) }
        return left.side == .base && right.side == .head
    }
}

extension Catalog {
    /// Every entity by the path that its ids spell.
    var entitiesByPath: [String: Entity] {
        let all =
            models.map(Entity.model) + providers.map(Entity.provider) + mappings.map(Entity.mapping)
            + accelerators.map(Entity.accelerator)
        return Dictionary(all.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    }
}
