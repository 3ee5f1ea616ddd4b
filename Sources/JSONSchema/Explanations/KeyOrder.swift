package import Documents
import Text

/// The order of keys that schemas give to the mappings of one document: that of their `properties`.
struct KeyOrder {
    private let program: Program
    private let document: Document
    private var evaluator: Evaluator
    private(set) var names: [String: [String]] = [:]

    init(of document: Document, program: Program, entry: Int32) {
        self.program = program
        self.document = document
        evaluator = Evaluator(program: program)
        visit([entry], 0, pointer: "")
    }

    /// Notes the order for a mapping and goes on to its children, with the blocks that apply to each.
    private mutating func visit(_ entries: [Int32], _ index: Int, pointer: String) {
        let node = document.resolve(index)
        guard document[node].isContainer else { return }
        var blocks: [Int32] = []
        for entry in entries { expand(entry, node, into: &blocks) }
        if document[node].kind == .mapping {
            var handles: [Int32] = []
            for block in blocks {
                for case .object(let table) in program.steps(of: block) {
                    for name in program.objectNames[Int(table)].properties where !handles.contains(name) {
                        handles.append(name)
                    }
                }
            }
            names[pointer] = handles.map { program.keys.text(of: $0) }
        }
        for (position, child) in document.children(of: node).enumerated() {
            let token = child.key.map { JSONPointer.escaped(document.string(at: $0)) } ?? String(position)
            var next: [Int32] = []
            for block in blocks { next += childBlocks(of: block, child, position) }
            visit(next, child.value, pointer: pointer + "/" + token)
        }
    }

    /// A block with all blocks it applies to the same value; of alternatives, those that the value is valid against.
    private mutating func expand(_ block: Int32, _ node: Int, into blocks: inout [Int32]) {
        guard block >= 0, !blocks.contains(block), blocks.count < 200 else { return }
        blocks.append(block)
        for step in program.steps(of: block) {
            var targets: [Int32] = []
            program.forEachInPlace(step) { targets.append($0) }
            switch step {
            case .anyOf, .oneOf:
                let valid = targets.filter { evaluator.evaluate($0, node, document, tracks: false) }
                if !valid.isEmpty { targets = valid }
            default: break
            }
            for target in targets { expand(target, node, into: &blocks) }
        }
    }

    private mutating func childBlocks(of block: Int32, _ child: DocumentChild, _ position: Int) -> [Int32] {
        var blocks: [Int32] = []
        for step in program.steps(of: block) {
            switch (step, child.key) {
            case (.object(let index), let key?):
                let table = program.objects[Int(index)]
                let slot = program.slot(of: Int32(truncatingIfNeeded: document[key].link), in: table)
                if slot.block >= 0 { blocks.append(slot.block) }
                for entry in 0..<Int(table.patternCount) {
                    let property = program.patternProperties[Int(table.firstPattern) + entry]
                    if evaluator.matches(property.pattern, textOf: key, document) {
                        blocks.append(property.block)
                    }
                }
                if blocks.isEmpty, table.additional >= 0 { blocks.append(table.additional) }
            case (.array(let index), nil):
                let table = program.arrays[Int(index)]
                let block = position < table.prefix.count ? table.prefix[position] : table.rest
                if block >= 0 { blocks.append(block) }
            default: break
            }
        }
        return blocks
    }
}

extension SchemaValidator {
    /// The names that the schema gives to the members of each mapping in the document, in the schema's order, by the
    /// mapping's JSON Pointer.
    package func keyOrder(of document: Document, schema: Int) -> [String: [String]] {
        KeyOrder(of: document, program: set.program, entry: set.entries[schema]).names
    }
}
