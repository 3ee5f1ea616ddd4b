import Diagnostics
import Documents
import Text

extension Explainer {
    /// Says why a value matches none or several of the branches of a `oneOf`.
    mutating func explainOneOf(_ list: Int32, _ node: Int) {
        let blocks = program.lists[Int(list)]
        let matching = blocks.indices.filter { evaluator.evaluate(blocks[$0], node, document, tracks: false) }
        guard matching.count > 1 else { return explainNoBranch(list, node) }
        add(
            .schemaBranch, node,
            "this value matches more than one of the \(blocks.count) allowed forms: "
                + Wording.list(matching.map { String($0 + 1) }, upTo: 8),
            hint: "it must match exactly one; leave out what belongs to the other")
    }

    /// Says why a value matches none of the branches, by the branch that was meant.
    ///
    /// Which one that is the value's tag says, the property whose constant differs between the branches; else the
    /// value's type; else the fewest faults. Where nothing tells, the first fault of each branch is listed.
    mutating func explainNoBranch(_ list: Int32, _ node: Int) {
        let blocks = program.lists[Int(list)]
        let fitting = blocks.filter {
            program.types(of: $0).map { !$0.isDisjoint(with: types(of: node)) } ?? true
        }
        guard !fitting.isEmpty else {
            let allowed = blocks.reduce(into: TypeSet()) { $0.formUnion(program.types(of: $1) ?? []) }
            return addWrongType(allowed, node)
        }
        if fitting.count == 1 { return explain(fitting[0], node) }
        if document[node].kind == .mapping, let tag = program.tag(of: fitting) {
            return explainTagged(tag, fitting, node)
        }
        let trials = fitting.map { trialFaults($0, node) }
        let fewest = trials.map(\.count).min() ?? 0
        let best = trials.filter { $0.count == fewest }
        if best.count == 1, !best[0].isEmpty { return append(best[0]) }
        let objections = trials.compactMap { $0.first?.message }
        add(
            .schemaBranch, node, "this value matches none of the \(blocks.count) allowed forms",
            hint: Wording.list(Wording.distinct(objections), upTo: 4, joiner: "or"))
    }

    private mutating func explainTagged(_ tag: Tag, _ blocks: [Int32], _ node: Int) {
        let name = program.keys.text(of: tag.key)
        guard let value = member(tag.key, of: node) else {
            let values = tag.values.flatMap { $0 }.map(description(of:))
            return add(
                .schemaRequired, node, "the key \"\(name)\" is missing",
                hint: "it says which form this is: " + Wording.list(values, upTo: 12, joiner: "or"))
        }
        let selected = blocks.indices.filter { branch in
            tag.values[branch].contains {
                Equality.areEqual(program.documents[Int($0.document)], Int($0.node), document, value)
            }
        }
        guard selected.count == 1 else {
            if selected.isEmpty { return addNotListed(tag.values.flatMap { $0 }, value) }
            let trials = selected.map { trialFaults(blocks[$0], node) }
            return append(trials.min { $0.count < $1.count } ?? [])
        }
        let form = " (\(name) \(description(of: value)))"
        explain(blocks[selected[0]], node) { fault in
            // Only what the branch itself asks for needs to say which branch that is.
            if fault.node == node || fault.rule == .schemaUnknownKey { fault.message += form }
        }
    }

    func member(_ key: Int32, of node: Int) -> Int? {
        document.children(of: node).first { child in
            child.key.map { document[$0].link == UInt32(key) } ?? false
        }?.value
    }
}

/// A property by whose value the branches of a `oneOf` or `anyOf` can be told apart.
struct Tag {
    let key: Int32
    /// The constants of each branch, in the order of the branches.
    let values: [[SchemaNode]]
}

extension Program {
    /// The tag of some branches: a property that each restricts to constants, no two to the same.
    func tag(of blocks: [Int32]) -> Tag? {
        let tables = blocks.map { constants(of: $0) }
        guard let first = tables.first else { return nil }
        for (key, values) in first {
            var all = [values]
            for table in tables.dropFirst() {
                guard let entry = table.first(where: { $0.key == key }) else { break }
                all.append(entry.values)
            }
            if all.count == blocks.count, areDistinct(all) { return Tag(key: key, values: all) }
        }
        return nil
    }

    /// The types a schema allows its value to have, as far as it says; nil when it does not.
    func types(of block: Int32, depth: Int = 0) -> TypeSet? {
        guard depth < 16 else { return nil }
        var types: TypeSet?
        for step in steps(of: block) {
            let more: TypeSet?
            switch step {
            case .type(let set): more = set
            case .reference(let target): more = self.types(of: target, depth: depth + 1)
            case .allOf(let list):
                more = lists[Int(list)].compactMap { self.types(of: $0, depth: depth + 1) }.reduce(nil) {
                    $0?.intersection($1) ?? $1
                }
            default: more = nil
            }
            if let more { types = types?.intersection(more) ?? more }
        }
        return types
    }

    func steps(of block: Int32) -> ArraySlice<Instruction> {
        let header = blocks[Int(block)]
        return instructions[Int(header.first)..<Int(header.first + header.count)]
    }

    /// The properties that a schema restricts to constants, with those.
    private func constants(of block: Int32, depth: Int = 0) -> [(key: Int32, values: [SchemaNode])] {
        guard depth < 16 else { return [] }
        var found: [(key: Int32, values: [SchemaNode])] = []
        for step in steps(of: block) {
            switch step {
            case .object(let index):
                let table = objects[Int(index)]
                for slot in propertySlots[Int(table.firstSlot)...Int(table.firstSlot + table.slotMask)]
                where slot.key >= 0 && slot.block >= 0 {
                    if let values = constantValues(of: slot.block) { found.append((slot.key, values)) }
                }
            case .reference(let target): found += constants(of: target, depth: depth + 1)
            case .allOf(let list):
                for target in lists[Int(list)] { found += constants(of: target, depth: depth + 1) }
            default: break
            }
        }
        return found.sorted { $0.key < $1.key }
    }

    private func constantValues(of block: Int32) -> [SchemaNode]? {
        for step in steps(of: block) {
            switch step {
            case .const(let value): return [consts[Int(value)]]
            case .enum(let table): return enums[Int(table)].all
            default: break
            }
        }
        return nil
    }

    private func areDistinct(_ branches: [[SchemaNode]]) -> Bool {
        let all = branches.flatMap { $0 }
        for (index, left) in all.enumerated() {
            for right in all[..<index]
            where Equality.areEqual(
                documents[Int(left.document)], Int(left.node), documents[Int(right.document)], Int(right.node)
            ) {
                return false
            }
        }
        return true
    }
}
