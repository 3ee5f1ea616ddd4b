import Documents
import Text

/// Says whether documents are valid: the pass that every document takes.
///
/// Allocates nothing once its buffers have grown. One evaluator belongs to one worker.
struct Evaluator {
    let program: Program
    /// Resources entered, outermost first; kept only for programs with dynamic references.
    private(set) var scope: [Int32] = []
    /// Children that steps have evaluated, as a stack: who fails takes back what it put there.
    var evaluated: [Int32] = []
    /// Annotations that apply, in the order found.
    var applied: [AppliedAnnotation] = []
    /// Set when a document costs more than the program allows or schemas call each other deeper than `maximumDepth`.
    ///
    /// From then on every schema is refused, so that the evaluation ends at once; no verdict counts any more.
    private(set) var isExhausted = false
    private var cost = 0
    private var depth = 0
    /// For each node the check that last saw it as evaluated.
    private var stamps: [UInt32] = []
    private var stamp: UInt32 = 0

    /// Schemas inside schemas at evaluation; bounds the machine stack.
    private static let maximumDepth = 1_000

    init(program: Program) {
        self.program = program
    }

    /// True when the document is valid against the schema at `block`; `applied` then holds its annotations.
    mutating func isValid(_ document: borrowing Document, entry block: Int32) -> Bool {
        evaluated.removeAll(keepingCapacity: true)
        applied.removeAll(keepingCapacity: true)
        scope.removeAll(keepingCapacity: true)
        isExhausted = false
        (cost, depth) = (0, 0)
        return evaluate(block, 0, document, tracks: false) && !isExhausted
    }

    /// Adds to what the document has cost so far: 1 is about what entering a schema takes, some 20 ns.
    ///
    /// A schema and a document of a few kilobytes can ask for 2^1000 steps, so everything that is not paid for by
    /// the schemas entered is charged here.
    mutating func charge(_ amount: Int) {
        cost += amount
        if cost > program.costLimit { isExhausted = true }
    }

    /// Begins to count anew, for who asks many things about one document.
    mutating func resetCost() {
        (cost, isExhausted) = (0, false)
    }

    /// Runs one block on one node. With `tracks`, what it evaluates stays on the stack for the caller.
    mutating func evaluate(_ block: Int32, _ index: Int, _ document: borrowing Document, tracks: Bool) -> Bool
    {
        let header = program.blocks[Int(block)]
        charge(1)
        guard depth < Evaluator.maximumDepth, !isExhausted else {
            isExhausted = true
            return false
        }
        if header.count == 0 { return true }
        depth += 1
        if program.hasDynamicScope { scope.append(header.resource) }
        let evaluatedBefore = evaluated.count
        let appliedBefore = applied.count
        let node = document.resolve(index)
        var isValid = true
        for step in Int(header.first)..<Int(header.first + header.count) {
            isValid = run(
                program.instructions[step], node, document, tracks: tracks || header.tracks,
                since: evaluatedBefore)
            if !isValid { break }
        }
        if evaluated.count > evaluatedBefore, !isValid || !tracks {
            evaluated.removeLast(evaluated.count - evaluatedBefore)
        }
        if applied.count > appliedBefore, !isValid { applied.removeLast(applied.count - appliedBefore) }
        if program.hasDynamicScope { scope.removeLast() }
        depth -= 1
        return isValid
    }

    /// Notes that a block of this resource is entered, for who walks the program besides `evaluate`.
    mutating func enter(_ resource: Int32) {
        if program.hasDynamicScope { scope.append(resource) }
    }

    /// Undoes the last `enter`, and forgets what was evaluated since.
    mutating func leave(evaluatedCount: Int) {
        if program.hasDynamicScope { scope.removeLast() }
        evaluated.removeLast(evaluated.count - evaluatedCount)
    }

    /// Runs one step; `since` is where the evaluated children of its block begin.
    mutating func run(
        _ step: Instruction, _ node: Int, _ document: borrowing Document, tracks: Bool, since mark: Int
    ) -> Bool {
        switch step {
        case .object(let table): return checkObject(table, node, document, tracks: tracks)
        case .array(let table): return checkArray(table, node, document, tracks: tracks)
        case .reference(let block): return evaluate(block, node, document, tracks: tracks)
        case .annotate(let annotation):
            applied.append(AppliedAnnotation(annotation: annotation, node: Int32(node)))
            return true
        case .contains(let table): return checkContains(table, node, document, tracks: tracks)
        case .propertyNames(let block): return checkNames(block, node, document)
        case .dependentSchema(let key, let block):
            return !has(key, node, document) || evaluate(block, node, document, tracks: tracks)
        case .dynamicReference(let initial, let anchor):
            return evaluate(dynamicTarget(initial, anchor), node, document, tracks: tracks)
        case .allOf(let list):
            for block in program.lists[Int(list)] where !evaluate(block, node, document, tracks: tracks) {
                return false
            }
            return true
        case .anyOf(let list): return checkAnyOf(list, node, document, tracks: tracks)
        case .oneOf(let list): return matches(list, node, document, tracks: tracks, atMost: 2) == 1
        case .not(let block): return !evaluate(block, node, document, tracks: false)
        case .conditional(let condition, let then, let otherwise):
            let branch = evaluate(condition, node, document, tracks: tracks) ? then : otherwise
            return branch < 0 || evaluate(branch, node, document, tracks: tracks)
        case .unevaluatedProperties(let block):
            return checkUnevaluated(block, node, document, kind: .mapping, since: mark)
        case .unevaluatedItems(let block):
            return checkUnevaluated(block, node, document, kind: .sequence, since: mark)
        default:
            return holds(step, node, document)
        }
    }

    /// The block a dynamic reference leads to: the outermost resource in the scope that has the anchor.
    func dynamicTarget(_ initial: Int32, _ anchor: Int32) -> Int32 {
        let blocks = program.dynamicAnchors[Int(anchor)]
        for resource in scope {
            if let block = blocks[resource] { return block }
        }
        return initial
    }

    // MARK: Children

    private mutating func checkObject(
        _ index: Int32, _ node: Int, _ document: borrowing Document, tracks: Bool
    ) -> Bool {
        guard document[node].kind == .mapping else { return true }
        let table = program.objects[Int(index)]
        charge(Int(document[node].length))
        var found: Int32 = 0
        var key = node + 1
        let end = Int(document[node].link)
        while key < end {
            let value = key + 1
            let slot = program.slot(of: Int32(truncatingIfNeeded: document[key].link), in: table)
            var isCovered = false
            if slot.isRequired { found += 1 }
            if slot.block >= 0 {
                isCovered = true
                if !evaluate(slot.block, value, document, tracks: false) { return false }
            }
            for entry in 0..<Int(table.patternCount) {
                let property = program.patternProperties[Int(table.firstPattern) + entry]
                guard matches(property.pattern, textOf: key, document) else { continue }
                isCovered = true
                if !evaluate(property.block, value, document, tracks: false) { return false }
            }
            if !isCovered, table.additional >= 0 {
                isCovered = true
                if !evaluate(table.additional, value, document, tracks: false) { return false }
            }
            if isCovered, tracks { evaluated.append(Int32(value)) }
            key = document.end(of: value)
        }
        // More when the file has a key twice, which is a fault of its own.
        return found >= table.requiredCount
    }

    mutating func matches(_ pattern: Int32, textOf node: Int, _ document: borrowing Document) -> Bool {
        let range = document.textRange(of: node)
        charge(Cost.ofMatching(range.count, stepsPerByte: program.patterns[Int(pattern)].stepsPerByte))
        return !isExhausted && program.patterns[Int(pattern)].matches(document.text.span.extracting(range))
    }

    private mutating func checkArray(
        _ index: Int32, _ node: Int, _ document: borrowing Document, tracks: Bool
    ) -> Bool {
        guard document[node].kind == .sequence else { return true }
        let rest = program.arrays[Int(index)].rest
        let prefixCount = program.arrays[Int(index)].prefix.count
        var item = node + 1
        for position in 0..<Int(document[node].length) {
            let block = position < prefixCount ? program.arrays[Int(index)].prefix[position] : rest
            guard block >= 0 else { break }
            if !evaluate(block, item, document, tracks: false) { return false }
            if tracks { evaluated.append(Int32(item)) }
            item = document.end(of: item)
        }
        return true
    }

    private mutating func checkContains(
        _ index: Int32, _ node: Int, _ document: borrowing Document, tracks: Bool
    ) -> Bool {
        guard document[node].kind == .sequence else { return true }
        let table = program.contains[Int(index)]
        let count = countMatches(table, node, document, tracks: tracks)
        return count >= table.minimum && count <= table.maximum
    }

    /// How many items match a `contains`.
    mutating func countMatches(
        _ table: ContainsTable, _ node: Int, _ document: borrowing Document, tracks: Bool
    ) -> Int {
        var count = 0
        var item = node + 1
        for _ in 0..<Int(document[node].length) {
            if evaluate(table.block, item, document, tracks: false) {
                count += 1
                if tracks, table.evaluates { evaluated.append(Int32(item)) }
            }
            item = document.end(of: item)
        }
        return count
    }

    private mutating func checkNames(_ block: Int32, _ node: Int, _ document: borrowing Document) -> Bool {
        guard document[node].kind == .mapping else { return true }
        var key = node + 1
        while key < Int(document[node].link) {
            if !evaluate(block, key, document, tracks: false) { return false }
            key = document.end(of: key + 1)
        }
        return true
    }

    private mutating func checkUnevaluated(
        _ block: Int32, _ node: Int, _ document: borrowing Document, kind: Node.Kind, since mark: Int
    ) -> Bool {
        guard document[node].kind == kind else { return true }
        let check = stampEvaluated(since: mark, document)
        charge(Int(document[node].length))
        let offset = kind == .mapping ? 1 : 0
        var child = node + 1
        while child < Int(document[node].link) {
            let slot = child + offset
            // What is evaluated meanwhile lies below the children, so their stamps stand.
            if stamps[slot] != check {
                if !evaluate(block, slot, document, tracks: false) { return false }
                evaluated.append(Int32(slot))
            }
            child = document.end(of: slot)
        }
        return true
    }

    /// The children of a container that no step since `mark` has evaluated.
    mutating func unevaluated(_ node: Int, _ document: Document, since mark: Int) -> [Int] {
        let check = stampEvaluated(since: mark, document)
        return document.children(of: node).map(\.slot).filter { stamps[$0] != check }
    }

    /// Marks the slots evaluated since `mark` with a stamp of their own.
    private mutating func stampEvaluated(since mark: Int, _ document: borrowing Document) -> UInt32 {
        if stamps.count < document.nodes.count {
            stamps += Array(repeating: 0, count: document.nodes.count - stamps.count)
        }
        if stamp == .max {
            for slot in stamps.indices { stamps[slot] = 0 }
            stamp = 0
        }
        stamp += 1
        charge(evaluated.count - mark)
        for slot in evaluated[mark...] { stamps[Int(slot)] = stamp }
        return stamp
    }

    // MARK: Branches

    private mutating func checkAnyOf(_ list: Int32, _ node: Int, _ document: borrowing Document, tracks: Bool)
        -> Bool
    {
        // Annotations and evaluated children come from every branch that is valid, so none may be skipped then.
        let needsAll = tracks || !program.annotations.isEmpty
        return matches(list, node, document, tracks: tracks, atMost: needsAll ? .max : 1) >= 1
    }

    /// How many branches are valid; stops at `limit`.
    mutating func matches(
        _ list: Int32, _ node: Int, _ document: borrowing Document, tracks: Bool, atMost limit: Int
    ) -> Int {
        var count = 0
        for block in program.lists[Int(list)] where evaluate(block, node, document, tracks: tracks) {
            count += 1
            if count == limit { break }
        }
        return count
    }
}

/// An annotation keyword and the node it applies to.
package struct AppliedAnnotation: Sendable, Hashable {
    /// Its position in `SchemaSet.annotations`.
    package let annotation: Int32
    package let node: Int32
}
