import Documents

/// What a schema, or any schema it applies to the same value, says something of: names of members, and items.
struct Mentions {
    /// In the order in which they are met.
    private(set) var names: [Int32] = []
    /// How many items from the first on; all of them when something is said of every item.
    private(set) var itemCount = 0
    /// True when something is said of every member.
    private var includesAll = false
    private var known: Set<Int32> = []
    private var patterns: [Int32] = []
    private var visited: Set<Int32> = []

    init(of block: Int32, in program: Program) {
        visited = [block]
        // The block's own last steps, which ask, do not count as saying something.
        for step in program.steps(of: block) where !step.isUnevaluated { collect(step, program) }
    }

    /// True when something is said of the member with this key.
    func include(_ key: Int, _ document: Document, _ evaluator: inout Evaluator) -> Bool {
        if includesAll || known.contains(Int32(truncatingIfNeeded: document[key].link)) { return true }
        for pattern in patterns where evaluator.matches(pattern, textOf: key, document) { return true }
        return false
    }

    private mutating func collect(_ block: Int32, _ program: Program) {
        guard visited.insert(block).inserted else { return }
        for step in program.steps(of: block) { collect(step, program) }
    }

    private mutating func collect(_ step: Instruction, _ program: Program) {
        if case .object(let index) = step { collectNames(Int(index), program) }
        if case .array(let index) = step {
            let table = program.arrays[Int(index)]
            itemCount = max(itemCount, table.rest >= 0 ? .max : table.prefix.count)
        }
        switch step {
        case .contains, .unevaluatedItems: itemCount = .max
        case .unevaluatedProperties(let inner): includesAll = includesAll || !program.isForbidding(inner)
        default: break
        }
        program.forEachInPlace(step) { block in collect(block, program) }
    }

    private mutating func collectNames(_ index: Int, _ program: Program) {
        let table = program.objects[index]
        for name in program.objectNames[index].properties where known.insert(name).inserted {
            names.append(name)
        }
        for entry in 0..<Int(table.patternCount) {
            patterns.append(program.patternProperties[Int(table.firstPattern) + entry].pattern)
        }
        if table.additional >= 0, !program.isForbidding(table.additional) { includesAll = true }
    }
}

extension Instruction {
    /// True of the steps that ask what those before them evaluated.
    var isUnevaluated: Bool {
        switch self {
        case .unevaluatedItems, .unevaluatedProperties: true
        default: false
        }
    }
}
