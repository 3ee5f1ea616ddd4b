package import Documents
import Text

/// One field of a file that is not what it was, by the names that the file uses.
package struct FieldChange: Sendable, Hashable {
    /// One level of the way to a field.
    package struct Step: Sendable, Hashable {
        /// The name of a member.
        package let name: String
        /// In a list, what the item is known by; nil for the member itself.
        package let item: String?
    }

    /// What a field is about.
    package enum Topic: String, Sendable, CaseIterable {
        case limits, status, capabilities, modalities, license, price, other

        /// True of what decides whether those who use an entity can go on as before.
        package var concernsUse: Bool { self != .price && self != .other }
    }

    /// From the root of the file.
    package let steps: [Step]
    /// As text; nil when it was not there.
    package let old: String?
    /// As text; nil when it is not there any more.
    package let new: String?

    /// The way to the field: `limits.context`, `offers[rocket-1].status.stage`.
    package var name: String {
        steps.map { step in step.item.map { "\(step.name)[\($0)]" } ?? step.name }.joined(separator: ".")
    }

    /// What the field is about, by the first of its steps that tells.
    package var topic: Topic {
        for step in steps {
            switch step.name {
            case "limits", "extends_context", "rate_limits": return .limits
            case "status": return .status
            case "capabilities", "reasoning": return .capabilities
            case "modalities": return .modalities
            case "license", "open_weights": return .license
            case "prices", "accelerator_offers": return .price
            default: continue
            }
        }
        return .other
    }

    /// Everything in which two documents differ, in the order of the fields. Aliases count as what they stand for,
    /// comments and layout as nothing. Linear, but for long lists whose items moved.
    package static func changes(from old: Document, to new: Document) -> [FieldChange] {
        var comparison = FieldComparison(old: old, new: new)
        comparison.compare(old.resolve(0), new.resolve(0), at: [])
        return comparison.changes
    }
}

/// Walks two documents side by side.
private struct FieldComparison {
    let old: Document
    let new: Document
    private(set) var changes: [FieldChange] = []

    init(old: Document, new: Document) {
        self.old = old
        self.new = new
    }

    mutating func compare(_ left: Int, _ right: Int, at steps: [FieldChange.Step]) {
        switch (old[left].kind, new[right].kind) {
        case (.mapping, .mapping): compareMembers(left, right, at: steps)
        case (.sequence, .sequence): compareItems(left, right, at: steps)
        default:
            if !old.isEqual(left, new, right) {
                note(steps, old.summary(of: left), new.summary(of: right))
            }
        }
    }

    private mutating func compareMembers(_ left: Int, _ right: Int, at steps: [FieldChange.Step]) {
        let olds = old.membersByName(of: left)
        let news = new.membersByName(of: right)
        for child in old.children(of: left) {
            guard let key = child.key else { continue }
            let name = old.string(at: key)
            let steps = steps + [FieldChange.Step(name: name, item: nil)]
            if let other = news[name] {
                compare(child.value, other, at: steps)
            } else {
                for leaf in old.leaves(of: child.value, at: steps) { note(leaf.steps, leaf.text, nil) }
            }
        }
        for child in new.children(of: right) {
            guard let key = child.key else { continue }
            let name = new.string(at: key)
            guard olds[name] == nil else { continue }
            let steps = steps + [FieldChange.Step(name: name, item: nil)]
            for leaf in new.leaves(of: child.value, at: steps) { note(leaf.steps, nil, leaf.text) }
        }
    }

    /// Matches the items of two lists by what they are known by, each in its turn where several are alike.
    private mutating func compareItems(_ left: Int, _ right: Int, at steps: [FieldChange.Step]) {
        let list = steps.last?.name ?? ""
        let olds = ListItem.items(of: left, in: old, list: list)
        let news = ListItem.items(of: right, in: new, list: list)
        let before = changes.count
        let others = Dictionary(news.map { ($0.identity, $0.node) }, uniquingKeysWith: { first, _ in first })
        let known = Set(olds.lazy.map(\.identity))
        for item in olds {
            let steps = ListItem.steps(steps, item.label)
            if let other = others[item.identity] {
                compare(item.node, other, at: steps)
            } else {
                note(steps, old.summary(of: item.node), nil)
            }
        }
        for item in news where !known.contains(item.identity) {
            note(ListItem.steps(steps, item.label), nil, new.summary(of: item.node))
        }
        // The same items in another order are still a change.
        if changes.count == before, olds.map(\.identity) != news.map(\.identity) {
            note(steps, old.summary(of: left), new.summary(of: right))
        }
    }

    private mutating func note(_ steps: [FieldChange.Step], _ old: String?, _ new: String?) {
        changes.append(FieldChange(steps: steps, old: old, new: new))
    }
}

extension Document {
    /// The fields of a mapping that came or went as a whole, or the value itself.
    fileprivate func leaves(of node: Int, at steps: [FieldChange.Step]) -> [(
        steps: [FieldChange.Step], text: String
    )] {
        guard self[node].kind == .mapping, self[node].length > 0 else { return [(steps, summary(of: node))] }
        return children(of: node).flatMap { child in
            let name = child.key.map { string(at: $0) } ?? ""
            return leaves(of: child.value, at: steps + [FieldChange.Step(name: name, item: nil)])
        }
    }
}

/// An item of a list with what it is known by.
private struct ListItem {
    struct Identity: Hashable {
        let label: String
        /// Which of those that are alike.
        let turn: Int
    }

    let node: Int
    let identity: Identity

    var label: String { identity.turn == 0 ? identity.label : "\(identity.label) #\(identity.turn + 1)" }

    /// The members by which the items of a list are known; items of other lists by their `id` or `name`.
    private static let members: [String: [String]] = [
        "offers": ["provider_model_id"], "prices": ["effective_from"],
        "rates": ["meter", "size", "quality"], "tiers": ["measure", "from_tokens"],
        "schedules": ["utc_from", "utc_to"], "variants": ["mode", "tier", "region"],
        "accelerator_offers": ["accelerator", "sku", "commitment", "region", "effective_from"],
        "aliases": ["value"], "weights": ["format", "precision", "quantization"],
        "benchmarks": ["name", "variant"], "rate_limits": ["account_tier"],
        "model_id_rules": ["part", "pattern"],
    ]

    static func items(of list: Int, in document: Document, list name: String) -> [ListItem] {
        var turns: [String: Int] = [:]
        return document.children(of: list).enumerated().map { position, child in
            let label = label(of: child.value, in: document, list: name) ?? String(position)
            let turn = turns[label, default: 0]
            turns[label] = turn + 1
            return ListItem(node: child.value, identity: Identity(label: label, turn: turn))
        }
    }

    /// The way to an item: the last step names it; a list in a list takes a step of its own.
    static func steps(_ steps: [FieldChange.Step], _ label: String) -> [FieldChange.Step] {
        guard let last = steps.last, last.item == nil else {
            return steps + [FieldChange.Step(name: "", item: label)]
        }
        return steps.dropLast() + [FieldChange.Step(name: last.name, item: label)]
    }

    /// Nil for an item that only its position tells.
    private static func label(of node: Int, in document: Document, list: String) -> String? {
        switch document[node].kind {
        case .sequence: return nil
        case .mapping:
            let names = members[list] ?? (document.member("id", of: node) == nil ? ["name"] : ["id"])
            let texts = names.compactMap { name in
                document.member(name, of: node).map { document.string(at: $0) }
            }
            return texts.isEmpty ? nil : texts.joined(separator: " ")
        default: return document.string(at: node)
        }
    }
}
