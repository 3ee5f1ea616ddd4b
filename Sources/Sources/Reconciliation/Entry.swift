import Entities
import Text

/// All statements of one side under one name at one provider: one, unless the side repeats itself.
struct Entry: Sendable {
    /// The registry's id of the provider where it has one, else the side's own word in lower case.
    let provider: String
    let statements: [Statement]

    var name: String { statements[0].listing.name }
    /// What upper and lower case do not tell apart.
    var key: String { name.lowercased() }
    var otherNames: [String] { statements.flatMap(\.listing.otherNames) }
    /// The registry's model, where the side itself says so.
    var model: String? { statements.lazy.compactMap(\.model?.text).first }

    /// The entries of a side, by provider and name. O(n log n).
    static func entries(of side: Side, knowing catalog: Catalog) -> [Entry] {
        var providers: [String: String] = [:]
        var groups: [EntryKey: [Statement]] = [:]
        for statement in side.statements {
            let word = statement.listing.provider
            let provider = providers[word] ?? catalog.provider(named: word)?.id.text ?? word.lowercased()
            providers[word] = provider
            groups[EntryKey(provider: provider, name: statement.listing.name.lowercased()), default: []]
                .append(statement)
        }
        return groups.sorted { $0.key < $1.key }.map {
            Entry(provider: $0.key.provider, statements: $0.value)
        }
    }
}

private struct EntryKey: Hashable, Comparable {
    let provider: String
    let name: String

    static func < (left: EntryKey, right: EntryKey) -> Bool {
        left.provider != right.provider
            ? left.provider.precedesInByteOrder(right.provider) : left.name.precedesInByteOrder(right.name)
    }
}
