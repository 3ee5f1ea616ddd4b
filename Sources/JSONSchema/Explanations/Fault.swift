import Diagnostics
import Documents

/// One way in which a document fails its schema.
struct Fault: Sendable, Hashable {
    var rule: RuleID
    /// The node to look at: a value, or a key.
    var node: Int
    var message: String
    var hint: String?

    /// What is said of a document that cannot be checked with reasonable effort.
    static let tooCostly = Fault(
        rule: .schemaInvalid, node: 0, message: "checking this against its schema takes too many steps",
        hint: "the schema branches, or refers to itself, too often for a document like this")

    /// The finding this fault becomes.
    func diagnostic(in document: Document, path: String) -> Diagnostic {
        Diagnostic(
            rule, at: Location(path: path, span: document.span(of: node)), message, hint: hint,
            pointer: document.pointer(to: node))
    }

    /// The faults in document order without those that a reader would take for the same mistake.
    ///
    /// A fault that several schemas find is one; and of what is wrong with a text or number only the most telling
    /// is kept: who mends a wrong type looks at the value anyway.
    static func distinct(_ faults: some Collection<Fault>) -> [Fault] {
        var places: [Mistake: Int] = [:]
        var kept: [Fault] = []
        var weights: [Int: Int] = [:]
        for fault in faults {
            if let weight = fault.weight { weights[fault.node] = max(weights[fault.node] ?? 0, weight) }
        }
        for fault in faults {
            if let weight = fault.weight, weight < weights[fault.node] ?? 0 { continue }
            if let place = places[Mistake(fault)] {
                kept[place].hint = kept[place].hint ?? fault.hint
            } else {
                places[Mistake(fault)] = kept.count
                kept.append(fault)
            }
        }
        return kept.enumerated().sorted { ($0.element.node, $0.offset) < ($1.element.node, $1.offset) }
            .map(\.element)
    }

    /// What makes two faults the same: of a value's type and of an unknown key there is but one.
    private struct Mistake: Hashable {
        let rule: RuleID
        let node: Int
        let message: String

        init(_ fault: Fault) {
            rule = fault.rule
            node = fault.node
            switch rule {
            case .schemaType, .schemaUnknownKey: message = ""
            default: message = fault.message
            }
        }
    }

    /// How much a fault of a single value tells beside others of it; nil for all other faults.
    private var weight: Int? {
        switch rule {
        case .schemaType: 5
        case .schemaConst, .schemaEnum: 4
        case .schemaLength: 3
        case .schemaFormat: 2
        case .schemaPattern: 1
        default: nil
        }
    }
}
