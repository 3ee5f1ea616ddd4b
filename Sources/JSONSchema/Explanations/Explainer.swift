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
    private var depth = 0

    private static let maximumDepth = 500

    init(program: Program, document: Document) {
        self.program = program
        self.document = document
        evaluator = Evaluator(program: program)
    }

    /// All faults in document order, each once.
    mutating func faults(entry: Int32) -> [Fault] {
        if evaluator.isValid(document, entry: entry) {
            applied = evaluator.applied
            return []
        }
        explain(entry, 0)
        var seen: Set<Fault> = []
        var all = faults.enumerated().filter { seen.insert($0.element).inserted }
        all.sort { ($0.element.node, $0.offset) < ($1.element.node, $1.offset) }
        if all.isEmpty {
            return [Fault(rule: .schemaBranch, node: 0, message: "the value does not match its schema")]
        }
        return all.map(\.element)
    }

    /// Adds the faults of one node against one block.
    mutating func explain(_ block: Int32, _ index: Int) {
        let header = program.blocks[Int(block)]
        guard header.count > 0, depth < Explainer.maximumDepth else { return }
        depth += 1
        evaluator.enter(header.resource)
        let faultsBefore = faults.count
        let evaluatedBefore = evaluator.evaluated.count
        let node = document.resolve(index)
        for step in Int(header.first)..<Int(header.first + header.count) {
            let instruction = program.instructions[step]
            if header.tracks, instruction.isUnevaluated {
                explainUnevaluated(
                    instruction, of: block, node, since: evaluatedBefore,
                    besidesFaults: faults.count > faultsBefore)
            } else {
                explain(instruction, node, slot: index)
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
        let (faultsBefore, appliedBefore) = (faults.count, applied.count)
        explain(block, node)
        let found = Array(faults[faultsBefore...])
        faults.removeLast(faults.count - faultsBefore)
        applied.removeLast(applied.count - appliedBefore)
        return found
    }

    /// Adds the faults of one block as `explain` does, each passed through `change`.
    mutating func explain(_ block: Int32, _ node: Int, changing change: (inout Fault) -> Void) {
        let before = faults.count
        explain(block, node)
        for index in before..<faults.count { change(&faults[index]) }
    }

    mutating func add(_ rule: RuleID, _ node: Int, _ message: String, hint: String? = nil) {
        faults.append(Fault(rule: rule, node: node, message: message, hint: hint))
    }

    mutating func append(_ more: [Fault]) {
        faults += more
    }

    private mutating func explain(_ step: Instruction, _ node: Int, slot: Int) {
        switch step {
        case .object(let table): explainObject(table, node)
        case .array(let table): explainArray(table, node)
        case .reference(let block): explain(block, node)
        case .dynamicReference(let table): explain(evaluator.dynamicTarget(table), node)
        case .allOf(let list):
            for block in program.lists[Int(list)] { explain(block, node) }
        case .conditional(let condition, let then, let otherwise):
            let branch = evaluator.evaluate(condition, node, document, tracks: false) ? then : otherwise
            if branch >= 0 { explain(branch, node) }
        case .dependentSchema(let key, let block):
            if evaluator.has(key, node, document) { explain(block, node) }
        case .propertyNames(let block): explainNames(block, node)
        case .anyOf(let list):
            if !holds(step, node) { explainNoBranch(list, node) }
        case .oneOf(let list):
            if !holds(step, node) { explainOneOf(list, node) }
        case .not:
            if !holds(step, node) {
                add(.schemaNot, slot, "this value is of a form that is not allowed here")
            }
        case .contains(let table):
            if !holds(step, node) { explainContains(table, node) }
        case .annotate(let annotation):
            applied.append(AppliedAnnotation(annotation: annotation, node: Int32(node)))
        case .unevaluatedItems, .unevaluatedProperties: break
        default:
            if !evaluator.holds(step, node, document) { explainAssertion(step, node, slot: slot) }
        }
    }

    /// Asks the evaluator about one step; where it holds, its annotations are kept.
    private mutating func holds(_ step: Instruction, _ node: Int) -> Bool {
        let before = evaluator.applied.count
        let isValid = evaluator.run(step, node, document, tracks: false, since: evaluator.evaluated.count)
        if isValid { applied += evaluator.applied[before...] }
        return isValid
    }

    // MARK: Objects

    private mutating func explainObject(_ index: Int32, _ node: Int) {
        guard document[node].kind == .mapping else { return }
        let table = program.objects[Int(index)]
        var present: Set<Int32> = []
        for child in document.children(of: node) {
            guard let key = child.key else { continue }
            let handle = Int32(truncatingIfNeeded: document[key].link)
            present.insert(handle)
            let slot = evaluator.property(handle, table)
            var isCovered = slot.block >= 0
            if slot.block >= 0 { explainMember(slot.block, key, child.slot) }
            for entry in 0..<Int(table.patternCount) {
                let property = program.patternProperties[Int(table.firstPattern) + entry]
                guard evaluator.matches(property.pattern, textOf: key, document) else { continue }
                isCovered = true
                explainMember(property.block, key, child.slot)
            }
            if !isCovered, table.additional >= 0 {
                if program.isForbidding(table.additional) {
                    let names = program.objectNames[Int(index)].properties
                    addUnknownKey(key, known: names, taken: present)
                } else {
                    explain(table.additional, child.slot)
                }
            }
        }
        for name in program.objectNames[Int(index)].required where !present.contains(name) {
            add(.schemaRequired, node, "the key \"\(program.keys.text(of: name))\" is missing")
        }
    }

    /// A member whose schema is `false` is a fault of the key: no value would do.
    private mutating func explainMember(_ block: Int32, _ key: Int, _ value: Int) {
        if program.isForbidding(block) {
            add(.schemaForbidden, key, "the key \"\(document.string(at: key))\" is not allowed here")
        } else {
            explain(block, value)
        }
    }

    mutating func addUnknownKey(_ key: Int, known: [Int32], taken: Set<Int32>) {
        let name = document.string(at: key)
        let names = known.map { program.keys.text(of: $0) }
        let free = known.filter { !taken.contains($0) }.map { program.keys.text(of: $0) }
        var hint: String?
        if let near = Spelling.nearest(to: name, in: free) ?? Spelling.nearest(to: name, in: names) {
            hint = "did you mean \"\(near)\"?"
        } else if !names.isEmpty {
            hint = "the keys allowed here are " + Wording.list(names.map { "\"\($0)\"" }, upTo: 12)
        }
        add(.schemaUnknownKey, key, "unknown key \"\(name)\"", hint: hint)
    }

    private mutating func explainNames(_ block: Int32, _ node: Int) {
        guard document[node].kind == .mapping else { return }
        for child in document.children(of: node) {
            guard let key = child.key, !evaluator.evaluate(block, key, document, tracks: false) else {
                continue
            }
            let reason = trialFaults(block, key).first
            add(
                .schemaPropertyName, key,
                "the key \"\(document.string(at: key))\" is not a name allowed here"
                    + (reason.map { ": " + $0.message } ?? ""), hint: reason?.hint)
        }
    }

    // MARK: Arrays

    private mutating func explainArray(_ index: Int32, _ node: Int) {
        guard document[node].kind == .sequence else { return }
        let table = program.arrays[Int(index)]
        for (position, child) in document.children(of: node).enumerated() {
            let block = position < table.prefix.count ? table.prefix[position] : table.rest
            guard block >= 0 else { return }
            if program.isForbidding(block) {
                add(
                    .schemaItems, child.slot,
                    position < table.prefix.count
                        ? "item \(position + 1) is not allowed"
                        : "too many items: at most \(table.prefix.count) are allowed")
                return
            }
            explain(block, child.slot)
        }
    }

    private mutating func explainContains(_ index: Int32, _ node: Int) {
        let table = program.contains[Int(index)]
        let count = evaluator.countMatches(table, node, document, tracks: false)
        let wanted =
            count < table.minimum
            ? "at least \(Wording.count(table.minimum, "item"))"
            : "at most \(Wording.count(table.maximum, "item"))"
        add(.schemaContains, node, "\(wanted) of a certain form must be in this list, \(count) found")
    }

    // MARK: What nothing evaluated

    private mutating func explainUnevaluated(
        _ step: Instruction, of block: Int32, _ node: Int, since mark: Int, besidesFaults: Bool
    ) {
        let kind = document[node].kind
        guard case (.mapping, .unevaluatedProperties(let inner)) = (kind, step) else {
            guard case (.sequence, .unevaluatedItems(let inner)) = (kind, step), !besidesFaults else {
                return
            }
            for slot in evaluator.unevaluated(node, document, since: mark) {
                if program.isForbidding(inner) {
                    add(.schemaItems, Int(slot), "this item is not one that the schema allows")
                } else {
                    explain(inner, Int(slot))
                }
            }
            return
        }
        let mentioned = Mentions(of: block, in: program)
        for slot in evaluator.unevaluated(node, document, since: mark) {
            let key = Int(slot) - 1
            // A name that some schema beside it knows is innocent: what is wrong with it has been said.
            if besidesFaults, mentioned.include(key, document, evaluator) { continue }
            if program.isForbidding(inner) {
                addUnknownKey(key, known: mentioned.names, taken: [])
            } else {
                explain(inner, Int(slot))
            }
        }
    }
}

extension Instruction {
    var isUnevaluated: Bool {
        switch self {
        case .unevaluatedItems, .unevaluatedProperties: true
        default: false
        }
    }
}

extension Program {
    /// True of the schema `false`.
    func isForbidding(_ block: Int32) -> Bool {
        let header = blocks[Int(block)]
        guard header.count == 1, case .fail = instructions[Int(header.first)] else { return false }
        return true
    }
}
