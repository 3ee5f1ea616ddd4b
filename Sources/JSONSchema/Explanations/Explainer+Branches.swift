import Diagnostics
import Documents
import Text

extension Explainer {
    /// Says why a value matches none or several of the branches of a `oneOf`.
    mutating func explainOneOf(_ list: Int32, _ node: Int) {
        let blocks = program.lists[Int(list)]
        let matching = blocks.indices.filter { evaluator.evaluate(blocks[$0], node, document, tracks: false) }
        guard matching.count > 1 else { return explainNoBranch(list, node) }
        let names = matching.map { program.summary(of: blocks[$0]) ?? "number \($0 + 1)" }
        let areTold = Wording.distinct(names).count == names.count
        let forms = areTold ? names : matching.map { "number \($0 + 1)" }
        add(
            .schemaBranch, node,
            "this value has more than one of the \(blocks.count) allowed forms: "
                + Wording.list(forms, upTo: 8),
            hint: "it must have exactly one; leave out what belongs to the other")
    }

    /// Says why a value matches none of the branches, by the branch that was meant.
    ///
    /// Which one that is the value's tag says, the property whose constant differs between the branches; else the
    /// value's type; else the names of its members. Where nothing tells, one fault lists what each branch wants.
    mutating func explainNoBranch(_ list: Int32, _ node: Int) {
        let blocks = program.lists[Int(list)]
        evaluator.charge(Cost.ofExplaining * blocks.count)
        let types = evaluator.types(of: node, document)
        let fitting = blocks.filter { program.types(of: $0)?.isDisjoint(with: types) != true }
        guard !fitting.isEmpty else {
            return addWrongType(blocks.reduce(into: []) { $0.formUnion(program.types(of: $1) ?? []) }, node)
        }
        if document[node].kind == .mapping {
            if explainTagged(fitting, node) { return }
        } else if let values = commonConstants(of: fitting) {
            return addNotListed(values, node)
        }
        explainLikeliest(of: fitting, node, count: blocks.count)
    }

    /// All values that some branches allow, when each allows only certain ones.
    private func commonConstants(of blocks: [Int32]) -> [SchemaNode]? {
        var all: [SchemaNode] = []
        for block in blocks {
            guard let values = program.constants(of: block) else { return nil }
            all += values
        }
        return all
    }

    // MARK: By tag

    /// Explains the branch whose tag the value has; false when the branches have no tag.
    private mutating func explainTagged(_ blocks: [Int32], _ node: Int) -> Bool {
        guard blocks.count > 1, let tag = tag(of: blocks) else { return false }
        let name = named(tag.key)
        let values = tag.values.flatMap { $0 }
        guard let value = member(tag.key, of: node) else {
            let shown = Wording.distinct(values.map(description(of:)))
            add(
                .schemaRequired, node, "the key \(name) is missing",
                hint: "it says which form this is: " + Wording.list(shown, upTo: 12, joiner: "or"))
            return true
        }
        let selected = blocks.indices.filter { branch in
            tag.values[branch].contains {
                Equality.areEqual(program.documents[Int($0.document)], Int($0.node), document, value)
            }
        }
        switch selected.count {
        case 0: addNotListed(values, value)
        case 1:
            let form = " (\(program.keys.text(of: tag.key)) \(description(of: value)))"
            explain(blocks[selected[0]], node) { fault in fault.tell(form, of: node) }
        case blocks.count: return false
        default: explainLikeliest(of: selected.map { blocks[$0] }, node, count: blocks.count)
        }
        return true
    }

    /// The tag of some branches: a property that each restricts to constants; one that tells all of them apart
    /// if there is one.
    private mutating func tag(of blocks: [Int32]) -> Tag? {
        let tables = blocks.map { program.constantMembers(of: $0) }
        evaluator.charge(tables.reduce(0) { $0 + $1.reduce(0) { $0 + $1.values.count } })
        var candidates: [Tag] = []
        for (key, _) in tables.first ?? [] where !evaluator.isExhausted {
            let values = tables.compactMap { table in table.first { $0.key == key }?.values }
            if values.count == blocks.count { candidates.append(Tag(key: key, values: values)) }
        }
        return candidates.first { isTelling($0) } ?? candidates.first { $0.values.contains { $0.count == 1 } }
    }

    private mutating func isTelling(_ tag: Tag) -> Bool {
        let all = tag.values.flatMap { $0 }
        // Every value is held against every other: a tag of people has a handful.
        guard all.count <= 1_000 else { return false }
        evaluator.charge(all.count * all.count / 2)
        for (index, left) in all.enumerated() {
            for right in all[..<index] where program.areEqual(left, right) { return false }
        }
        return true
    }

    private func member(_ key: Int32, of node: Int) -> Int? {
        document.children(of: node).first { child in
            child.key.map { document[$0].link == UInt32(key) } ?? false
        }?.value
    }

    // MARK: By resemblance

    /// Explains the branch that the value resembles most, or says that it resembles none.
    private mutating func explainLikeliest(of blocks: [Int32], _ node: Int, count: Int) {
        if blocks.count == 1 { return explain(blocks[0], node) }
        let likely = mostAlike(blocks, node)
        let trials = likely.map { trialFaults($0, node) }.filter { !$0.isEmpty }
        guard let fewest = trials.map(\.count).min() else { return }
        let best = trials.filter { $0.count == fewest }
        if best.count == 1, likely.count < blocks.count || !isBare(node) { return append(best[0]) }
        let objections = Wording.distinct(best.compactMap { $0.first?.message })
        if objections.count == 1 { return append(best[0]) }
        add(
            .schemaBranch, node, "this value has none of the \(count) allowed forms",
            hint: Wording.list(objections, upTo: 4, joiner: "or"))
    }

    /// The branches that speak of the most keys the mapping has; all of them for other values.
    private mutating func mostAlike(_ blocks: [Int32], _ node: Int) -> [Int32] {
        guard document[node].kind == .mapping else { return blocks }
        let keys = document.children(of: node).compactMap { $0.key.map { Int32(document[$0].link) } }
        evaluator.charge(keys.count * blocks.count)
        guard !evaluator.isExhausted else { return blocks }
        let shared = blocks.map { block in
            let names = program.ownNames(of: block)
            return keys.count { names.contains($0) }
        }
        let most = shared.max() ?? 0
        return blocks.indices.filter { shared[$0] == most }.map { blocks[$0] }
    }

    /// True of a mapping without members, which resembles nothing.
    private func isBare(_ node: Int) -> Bool {
        document[node].kind == .mapping && document[node].length == 0
    }

    // MARK: Conditions

    mutating func explainConditional(_ condition: Int32, _ then: Int32, _ otherwise: Int32, _ slot: Int) {
        let node = document.resolve(slot)
        guard evaluator.evaluate(condition, node, document, tracks: false) else {
            if otherwise >= 0 { explain(otherwise, slot) }
            return
        }
        guard then >= 0 else { return }
        let reasons = program.constantMembers(of: condition).compactMap { key, _ in
            member(key, of: node).map { "\(program.keys.text(of: key)) \(description(of: $0))" }
        }
        explain(then, slot) { fault in
            if !reasons.isEmpty { fault.tell(" (\(Wording.list(reasons, upTo: 2)))", of: node) }
        }
    }

    mutating func explainNot(_ block: Int32, _ slot: Int) {
        let node = document.resolve(slot)
        let steps = program.steps(of: block)
        if steps.count == 1, case .object(let table)? = steps.first {
            let names = program.objectNames[Int(table)]
            if names.properties.isEmpty, !names.required.isEmpty {
                return explainForbiddenKeys(names.required, node)
            }
        }
        let form = program.summary(of: block)
        let message =
            form.map { "this must not be \($0)" } ?? "this value is of a form that is not allowed here"
        add(.schemaNot, slot, message)
    }

    private mutating func explainForbiddenKeys(_ names: [Int32], _ node: Int) {
        let keys = document.children(of: node).compactMap(\.key)
        let last = keys.last { names.contains(Int32(truncatingIfNeeded: document[$0].link)) } ?? node
        let shown = Wording.list(names.map(named), upTo: 8)
        add(
            .schemaNot, last,
            names.count == 1
                ? "the key \(shown) is not allowed here" : "the keys \(shown) must not stand together")
    }
}

/// A property by whose value the branches of a `oneOf` or `anyOf` can be told apart.
private struct Tag {
    let key: Int32
    /// The constants of each branch, in the order of the branches.
    let values: [[SchemaNode]]
}

extension Fault {
    /// Adds which form, or what condition, it is that asks for something; faults inside the members need no such
    /// reason.
    fileprivate mutating func tell(_ form: String, of owner: Int) {
        let asks = node == owner || rule == .schemaUnknownKey || rule == .schemaForbidden
        if asks, !message.hasSuffix(form) { message += form }
    }
}

extension Program {
    fileprivate func areEqual(_ left: SchemaNode, _ right: SchemaNode) -> Bool {
        Equality.areEqual(
            documents[Int(left.document)], Int(left.node), documents[Int(right.document)], Int(right.node))
    }
}
