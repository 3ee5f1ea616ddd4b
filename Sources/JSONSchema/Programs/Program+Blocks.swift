import Documents

extension Program {
    /// The steps of a block.
    func steps(of block: Int32) -> ArraySlice<Instruction> {
        let header = blocks[Int(block)]
        return instructions[Int(header.first)..<Int(header.first + header.count)]
    }

    /// True when an `enum` lists the string with this handle of `words`. Logarithmic in its strings.
    func lists(_ word: Int32, in table: Int32) -> Bool {
        var low = Int(enums[Int(table)].firstWord)
        var high = low + Int(enums[Int(table)].wordCount)
        while low < high {
            let middle = (low + high) / 2
            if enumWords[middle] == word { return true }
            if enumWords[middle] < word { low = middle + 1 } else { high = middle }
        }
        return false
    }

    /// True of the schema `false`.
    func isForbidding(_ block: Int32) -> Bool {
        let steps = steps(of: block)
        guard steps.count == 1, case .fail? = steps.first else { return false }
        return true
    }

    /// Calls `body` with each block that a step may apply to the very value it is given, and whose evaluated
    /// children then count as the value's own.
    func forEachInPlace(_ step: Instruction, _ body: (Int32) -> Void) {
        switch step {
        case .reference(let block), .dependentSchema(_, let block): body(block)
        case .dynamicReference(let block, let anchor):
            body(block)
            dynamicAnchors[Int(anchor)].values.sorted().forEach(body)
        case .allOf(let list), .anyOf(let list), .oneOf(let list): lists[Int(list)].forEach(body)
        case .conditional(let condition, let then, let otherwise):
            for block in [condition, then, otherwise] where block >= 0 { body(block) }
        default: break
        }
    }

    /// Calls `body` with each step that every valid value must satisfy: those of the block, and of the blocks it
    /// refers to or lists in `allOf`. Each block once, so linear in the program.
    func forEachNecessary(_ block: Int32, _ body: (Instruction) -> Void) {
        var visited: Set<Int32> = []
        var pending = [block]
        while let block = pending.popLast() {
            guard visited.insert(block).inserted else { continue }
            for step in steps(of: block) {
                switch step {
                case .reference(let target): pending.append(target)
                case .allOf(let list): pending += lists[Int(list)].reversed()
                default: body(step)
                }
            }
        }
    }

    /// The types a schema allows its value to have, as far as it says; nil when it does not.
    func types(of block: Int32) -> TypeSet? {
        var types: TypeSet?
        forEachNecessary(block) { step in
            guard case .type(let more) = step else { return }
            types = types.map { TypeSet.common($0, more) } ?? more
        }
        return types
    }

    /// The values that a schema restricts its value to; nil when it does not.
    func constants(of block: Int32) -> [SchemaNode]? {
        var values: [SchemaNode]?
        forEachNecessary(block) { step in
            switch step {
            case .const(let value): values = [consts[Int(value)]]
            case .enum(let table): values = values ?? enums[Int(table)].all
            default: break
            }
        }
        return values
    }

    /// The members whose schemas restrict them to constants, with the block that does, in the order of their handles.
    func constantMembers(of block: Int32) -> [(key: Int32, values: [SchemaNode])] {
        var found: [Int32: [SchemaNode]] = [:]
        forEachNecessary(block) { step in
            guard case .object(let index) = step else { return }
            for name in objectNames[Int(index)].properties {
                let slot = slot(of: name, in: objects[Int(index)])
                if slot.block >= 0, let values = constants(of: slot.block) { found[name] = values }
            }
        }
        return found.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// The names a schema speaks of or requires directly.
    func ownNames(of block: Int32) -> Set<Int32> {
        var names: Set<Int32> = []
        forEachNecessary(block) { step in
            guard case .object(let index) = step else { return }
            names.formUnion(objectNames[Int(index)].properties)
            names.formUnion(objectNames[Int(index)].required)
        }
        return names
    }
}

extension TypeSet {
    /// The types in both sets, where a set with `number` has the integers too.
    static func common(_ left: TypeSet, _ right: TypeSet) -> TypeSet {
        func whole(_ types: TypeSet) -> TypeSet { types.contains(.number) ? types.union(.integer) : types }
        return whole(left).intersection(whole(right))
    }
}
