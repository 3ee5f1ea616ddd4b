import Diagnostics
import Documents
import Text

/// Finds every fault of one document: the unhurried pass, for documents that the evaluator refused.
///
/// It walks the same program and leaves every decision to the evaluator, so the two cannot disagree; what it adds
/// is where, what and what to do.
struct Explainer {
    let program: Program
    let document: Document
    var evaluator: Evaluator
    private(set) var faults: [Fault] = []
    /// Annotations that apply where the document is in order.
    private(set) var applied: [AppliedAnnotation] = []
    let limit: Int
    private var depth = 0
    /// Faults against branches that were tried, so that branches inside branches are tried once.
    private var trials: [Trial: [Fault]] = [:]

    private struct Trial: Hashable {
        let block: Int32
        let node: Int
    }

    /// Schemas inside schemas; bounds the machine stack.
    private static let maximumDepth = 400

    /// An explainer that finds at most `limit` faults.
    init(program: Program, document: Document, limit: Int = Limits.standard.findingsPerFile) {
        self.program = program
        self.document = document
        self.limit = limit
        evaluator = Evaluator(program: program)
    }

    /// The faults in document order, each once.
    mutating func faults(entry: Int32) -> [Fault] {
        let isValid = evaluator.isValid(document, entry: entry)
        guard !evaluator.isExhausted else { return [Fault.tooCostly] }
        evaluator.resetCost()
        explain(entry, 0)
        let found = Fault.distinct(faults).prefix(limit)
        if !found.isEmpty || isValid { return Array(found) }
        return [
            evaluator.isExhausted
                ? Fault.tooCostly
                : Fault(rule: .schemaBranch, node: 0, message: "the value does not match its schema")
        ]
    }

    /// Adds the faults of one node against one block.
    mutating func explain(_ block: Int32, _ index: Int) {
        let header = program.blocks[Int(block)]
        evaluator.charge(Cost.ofExplaining)
        guard header.count > 0, !evaluator.isExhausted, depth < Explainer.maximumDepth else { return }
        depth += 1
        evaluator.enter(header.resource)
        let faultsBefore = faults.count
        let evaluatedBefore = evaluator.evaluated.count
        let node = document.resolve(index)
        for step in Int(header.first)..<Int(header.first + header.count) {
            let instruction = program.instructions[step]
            let isSound = faults.count == faultsBefore
            switch instruction {
            case .unevaluatedProperties(let inner):
                explainUnevaluatedMembers(
                    inner, of: block, node, since: evaluatedBefore, besidesFaults: !isSound)
            case .unevaluatedItems(let inner):
                explainUnevaluatedItems(
                    inner, of: block, node, since: evaluatedBefore, besidesFaults: !isSound)
            case .annotate(let annotation):
                // Of a value that is wrong by itself nothing more need be asked.
                if isSound { applied.append(AppliedAnnotation(annotation: annotation, node: Int32(node))) }
            default: explain(instruction, node, slot: index)
            }
            if header.tracks {
                _ = evaluator.run(instruction, node, document, tracks: true, since: evaluatedBefore)
            }
        }
        evaluator.leave(evaluatedCount: evaluatedBefore)
        depth -= 1
    }

    /// The faults of a node against a block that may not be the one that was meant.
    mutating func trialFaults(_ block: Int32, _ node: Int) -> [Fault] {
        let trial = Trial(block: block, node: node)
        // What a dynamic reference finds depends on how one came here.
        if !program.hasDynamicScope, let known = trials[trial] { return known }
        let (faultsBefore, appliedBefore) = (faults.count, applied.count)
        explain(block, node)
        let found = Fault.distinct(faults[faultsBefore...])
        faults.removeLast(faults.count - faultsBefore)
        applied.removeLast(applied.count - appliedBefore)
        trials[trial] = found
        return found
    }

    /// Adds the faults of one block as `explain` does, each passed through `change`.
    mutating func explain(_ block: Int32, _ node: Int, changing change: (inout Fault) -> Void) {
        let before = faults.count
        explain(block, node)
        for index in before..<faults.count { change(&faults[index]) }
    }

    mutating func add(_ rule: RuleID, _ node: Int, _ message: String, hint: String? = nil) {
        append([Fault(rule: rule, node: node, message: message, hint: hint)])
    }

    /// True when nothing more is taken in: there are enough faults, or the evaluator has given up and so nothing it
    /// says counts.
    var isFull: Bool { evaluator.isExhausted || faults.count >= 4 * limit }

    /// Adds faults, unless there are enough.
    mutating func append(_ more: [Fault]) {
        evaluator.charge(Cost.ofFault * more.count)
        if !isFull { faults += more }
    }

    private mutating func explain(_ step: Instruction, _ node: Int, slot: Int) {
        switch step {
        case .object(let table): explainObject(table, node)
        case .array(let table): explainArray(table, node)
        case .reference(let block): explain(block, slot)
        case .dynamicReference(let block, let anchor): explain(evaluator.dynamicTarget(block, anchor), slot)
        case .allOf(let list):
            for block in program.lists[Int(list)] { explain(block, slot) }
        case .conditional(let condition, let then, let otherwise):
            explainConditional(condition, then, otherwise, slot)
        case .dependentSchema(let key, let block):
            if evaluator.has(key, node, document) { explain(block, slot) }
        case .propertyNames(let block): explainNames(block, node)
        case .anyOf(let list):
            if !holds(step, node) { explainNoBranch(list, node) }
        case .oneOf(let list):
            if !holds(step, node) { explainOneOf(list, node) }
        case .not(let block):
            if !holds(step, node) { explainNot(block, slot) }
        case .contains(let table):
            if !holds(step, node) { explainContains(table, node) }
        default:
            if !evaluator.holds(step, node, document) { explainAssertion(step, node, slot: slot) }
        }
    }

    /// Asks the evaluator about one step; where it holds, its annotations are kept.
    private mutating func holds(_ step: Instruction, _ node: Int) -> Bool {
        let before = evaluator.applied.count
        let evaluatedBefore = evaluator.evaluated.count
        let isValid = evaluator.run(step, node, document, tracks: false, since: evaluatedBefore)
        if isValid { applied += evaluator.applied[before...] }
        return isValid
    }
}
