import Diagnostics
import Documents
import Text

extension Explainer {
    // MARK: Members

    mutating func explainObject(_ index: Int32, _ node: Int) {
        guard document[node].kind == .mapping else { return }
        let table = program.objects[Int(index)]
        let names = program.objectNames[Int(index)]
        // A required key that is only misspelt is not missing as well: one mistake, one fault.
        var misspelt: Set<String> = []
        let present = keys(of: node)
        for child in document.children(of: node) {
            guard let key = child.key else { continue }
            let slot = program.slot(of: Int32(truncatingIfNeeded: document[key].link), in: table)
            var isCovered = slot.block >= 0
            if isCovered { explainMember(slot.block, key, child.slot) }
            for entry in 0..<Int(table.patternCount) {
                let property = program.patternProperties[Int(table.firstPattern) + entry]
                guard evaluator.matches(property.pattern, textOf: key, document) else { continue }
                isCovered = true
                explainMember(property.block, key, child.slot)
            }
            guard !isCovered, table.additional >= 0 else { continue }
            if program.isForbidding(table.additional) {
                if let meant = addUnknownKey(key, known: names.properties, besides: present) {
                    misspelt.insert(meant)
                }
            } else {
                explain(table.additional, child.slot)
            }
        }
        for name in names.required
        where !isFull && !present.contains(name) && !misspelt.contains(program.keys.text(of: name)) {
            add(.schemaRequired, node, "the key \(named(name)) is missing")
        }
    }

    /// A member whose schema is `false` is a fault of the key: no value would do.
    private mutating func explainMember(_ block: Int32, _ key: Int, _ value: Int) {
        if program.isForbidding(block) {
            add(.schemaForbidden, key, "the key \(description(of: key)) is not allowed here")
        } else {
            explain(block, value)
        }
    }

    /// Adds the fault of a key that is none of the known ones. Returns the one that was probably meant, which is not
    /// among those present.
    @discardableResult
    mutating func addUnknownKey(_ key: Int, known: [Int32], besides present: Set<Int32>) -> String? {
        guard !isFull else { return nil }
        evaluator.charge(Cost.ofComparingWords * known.count)
        guard !evaluator.isExhausted else { return nil }
        let name = document.string(at: key)
        let free = known.filter { !present.contains($0) }.map { program.keys.text(of: $0) }
        let near = Wording.nearest(to: name, in: free)
        var hint: String?
        if let near {
            hint = "did you mean \(Wording.quoted(near))?"
        } else if !known.isEmpty {
            hint = "the keys allowed here are " + Wording.list(known.map(named), upTo: 12)
        }
        add(.schemaUnknownKey, key, "unknown key \(description(of: key))", hint: hint)
        return near
    }

    mutating func explainNames(_ block: Int32, _ node: Int) {
        guard document[node].kind == .mapping else { return }
        for child in document.children(of: node) {
            guard let key = child.key, !evaluator.evaluate(block, key, document, tracks: false) else {
                continue
            }
            let reason = trialFaults(block, key).first
            add(
                .schemaPropertyName, key,
                "the key \(description(of: key)) is not a name allowed here"
                    + (reason.map { ": " + $0.message } ?? ""), hint: reason?.hint)
        }
    }

    /// The handles of a mapping's keys.
    private func keys(of node: Int) -> Set<Int32> {
        Set(
            document.children(of: node).compactMap {
                $0.key.map { Int32(truncatingIfNeeded: document[$0].link) }
            })
    }

    /// A key of the schema in quotes.
    func named(_ key: Int32) -> String { Wording.quoted(program.keys.text(of: key)) }

    // MARK: Items

    mutating func explainArray(_ index: Int32, _ node: Int) {
        guard document[node].kind == .sequence else { return }
        let table = program.arrays[Int(index)]
        for (position, child) in document.children(of: node).enumerated() {
            let block = position < table.prefix.count ? table.prefix[position] : table.rest
            guard block >= 0 else { return }
            guard program.isForbidding(block) else {
                explain(block, child.slot)
                continue
            }
            guard position < table.prefix.count else {
                let allowed = Wording.count(table.prefix.count, "item")
                add(.schemaItems, child.slot, "too many items: at most \(allowed) allowed here")
                return
            }
            add(.schemaItems, child.slot, "item \(position + 1) is not allowed")
        }
    }

    mutating func explainContains(_ index: Int32, _ node: Int) {
        let table = program.contains[Int(index)]
        let count = evaluator.countMatches(table, node, document, tracks: false)
        let form = program.summary(of: table.block)
        let isTooFew = count < table.minimum
        let limit =
            isTooFew
            ? "at least \(Wording.count(table.minimum, "item"))"
            : "at most \(Wording.count(table.maximum, "item"))"
        add(
            .schemaContains, node,
            "\(limit) of this list must be \(form ?? "of a certain form"), \(count) found",
            hint: form.map { isTooFew ? "add \($0)" : "take out what is more" })
    }

    // MARK: What nothing evaluated

    /// Names the members that no schema evaluated. Beside other faults only those that no schema speaks of: the
    /// others are innocent, and what is wrong with them has been said.
    mutating func explainUnevaluatedMembers(
        _ inner: Int32, of block: Int32, _ node: Int, since mark: Int, besidesFaults: Bool
    ) {
        guard document[node].kind == .mapping else { return }
        let mentioned = Mentions(of: block, in: program)
        let present = keys(of: node)
        for slot in evaluator.unevaluated(node, document, since: mark) {
            let key = slot - 1
            if besidesFaults, mentioned.include(key, document, &evaluator) { continue }
            if program.isForbidding(inner) {
                addUnknownKey(key, known: mentioned.names, besides: present)
            } else {
                explain(inner, slot)
            }
        }
    }

    /// As above, for items.
    mutating func explainUnevaluatedItems(
        _ inner: Int32, of block: Int32, _ node: Int, since mark: Int, besidesFaults: Bool
    ) {
        guard document[node].kind == .sequence else { return }
        let innocent = besidesFaults ? Mentions(of: block, in: program).itemCount : 0
        let unevaluated = Set(evaluator.unevaluated(node, document, since: mark))
        for (position, child) in document.children(of: node).enumerated()
        where position >= innocent && unevaluated.contains(child.slot) {
            if program.isForbidding(inner) {
                add(.schemaItems, child.slot, "this item is not one that the schema allows")
            } else {
                explain(inner, child.slot)
            }
        }
    }
}
