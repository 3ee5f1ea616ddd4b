import Documents

/// The member names that a schema, or any schema it applies to the same value, speaks of.
struct Mentions {
    private(set) var names: [Int32] = []
    private var patterns: [Int32] = []
    private var visited: Set<Int32> = []

    init(of block: Int32, in program: Program) {
        collect(block, program)
    }

    /// True when the key is one of the names or matches one of the patterns.
    func include(_ key: Int, _ document: Document, _ evaluator: Evaluator) -> Bool {
        names.contains(Int32(truncatingIfNeeded: document[key].link))
            || patterns.contains { evaluator.matches($0, textOf: key, document) }
    }

    private mutating func collect(_ block: Int32, _ program: Program) {
        guard block >= 0, visited.insert(block).inserted else { return }
        let header = program.blocks[Int(block)]
        for step in program.instructions[Int(header.first)..<Int(header.first + header.count)] {
            switch step {
            case .object(let index):
                let table = program.objects[Int(index)]
                for name in program.objectNames[Int(index)].properties where !names.contains(name) {
                    names.append(name)
                }
                for entry in 0..<Int(table.patternCount) {
                    patterns.append(program.patternProperties[Int(table.firstPattern) + entry].pattern)
                }
            case .reference(let block), .dependentSchema(_, let block): collect(block, program)
            case .dynamicReference(let table):
                collect(program.dynamics[Int(table)].initial, program)
                for block in program.dynamics[Int(table)].overrides.values.sorted() {
                    collect(block, program)
                }
            case .allOf(let list), .anyOf(let list), .oneOf(let list):
                for block in program.lists[Int(list)] { collect(block, program) }
            case .conditional(let condition, let then, let otherwise):
                for block in [condition, then, otherwise] { collect(block, program) }
            default: break
            }
        }
    }
}
