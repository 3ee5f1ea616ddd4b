import Diagnostics

extension Compiler {
    /// Reports schemas that lead back to themselves without looking at any part of the value: they would never end.
    mutating func reportEndlessReferences() {
        enum Mark { case open, done }
        var marks = [Mark?](repeating: nil, count: program.blocks.count)
        for start in program.blocks.indices where marks[start] == nil {
            var path: [(block: Int, next: [Int32])] = [(start, inPlace(start))]
            marks[start] = .open
            while let (block, next) = path.last {
                guard let target = next.last else {
                    marks[block] = .done
                    path.removeLast()
                    continue
                }
                path[path.count - 1].next.removeLast()
                switch marks[Int(target)] {
                case .open:
                    if let place = place(of: Int32(block)) {
                        library.report(
                            .schemaReference, at: place, "this schema refers to itself without end",
                            hint:
                                "let the reference stand below a keyword such as \"properties\" or \"items\"")
                    }
                    // Cut the circle, so that evaluation ends.
                    program.blocks[block].count = 0
                case .done: break
                case nil:
                    marks[Int(target)] = .open
                    path.append((Int(target), inPlace(Int(target))))
                }
            }
        }
    }

    /// The blocks that a block applies to the very value it is given.
    private func inPlace(_ block: Int) -> [Int32] {
        let header = program.blocks[block]
        var blocks: [Int32] = []
        for step in program.instructions[Int(header.first)..<Int(header.first + header.count)] {
            switch step {
            case .reference(let block), .not(let block), .dependentSchema(_, let block): blocks.append(block)
            case .dynamicReference(let table): blocks.append(program.dynamics[Int(table)].initial)
            case .allOf(let list), .anyOf(let list), .oneOf(let list): blocks += program.lists[Int(list)]
            case .conditional(let condition, let then, let otherwise):
                blocks += [condition, then, otherwise].filter { $0 >= 0 }
            default: break
            }
        }
        return blocks
    }
}
