/// The syntax tree of a pattern.
///
/// It is flat: nodes refer to their children by index and follow them, so that a tree of any depth is built and
/// freed without recursion. What does not bear on a yes-or-no match (capturing, laziness) is not kept.
struct PatternSyntax: Sendable {
    typealias NodeIndex = Int

    enum Node: Sendable {
        case sequence([NodeIndex])
        case choice([NodeIndex])
        /// `maximum` is nil for "without end".
        case repetition(NodeIndex, minimum: Int, maximum: Int?)
        case scalar(UInt32)
        case scalarClass(ScalarClass)
        case assertion(PatternAssertion)
        case look(LookDirection, NodeIndex, isNegated: Bool)
        /// Valid ECMA-262 that the engine refuses; `message` says why.
        case unsupported(message: String, offset: Int)
    }

    private(set) var nodes: [Node] = []
    var root: NodeIndex { nodes.count - 1 }

    mutating func add(_ node: Node) -> NodeIndex {
        nodes.append(node)
        return nodes.count - 1
    }
}

/// A condition on a position between two characters.
enum PatternAssertion: Sendable, Hashable {
    case textStart
    case textEnd
    case wordBoundary
    case notWordBoundary
}

enum LookDirection: Sendable {
    case ahead
    case behind
}

/// `[…]`, or an escape that stands for a class, as written; its code points are worked out by the compiler alone.
struct ScalarClass: Sendable, Hashable {
    enum Item: Sendable, Hashable {
        case range(ClosedRange<UInt32>)
        case named(NamedSet, isNegated: Bool)

        var scalars: ScalarSet {
            switch self {
            case .range(let range): ScalarSet([range])
            case .named(let set, let isNegated): isNegated ? set.scalars.complement : set.scalars
            }
        }
    }

    enum NamedSet: Sendable, Hashable {
        case digits
        case wordCharacters
        case whiteSpace
        case lineTerminators
        case property(ScalarProperty)

        var scalars: ScalarSet {
            switch self {
            case .digits: .digits
            case .wordCharacters: .wordCharacters
            case .whiteSpace: .whiteSpace
            case .lineTerminators: .lineTerminators
            case .property(let property): property.scalars
            }
        }
    }

    var items: [Item]
    var isNegated = false
}
