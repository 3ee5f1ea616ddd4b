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
                    library.report(
                        .schemaReference, at: program.places[block],
                        "this schema refers to itself without end",
                        hint: "let the reference stand below a keyword such as \"properties\" or \"items\"")
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
        var blocks: [Int32] = []
        for step in program.steps(of: Int32(block)) {
            switch step {
            case .not(let block): blocks.append(block)
            // What overrides it depends on the way here; the evaluator's limit of depth sees to that.
            case .dynamicReference(let block, _): blocks.append(block)
            default: program.forEachInPlace(step) { blocks.append($0) }
            }
        }
        return blocks
    }
}
