/// A pattern as a nondeterministic automaton over code points.
///
/// Lookarounds are separate parts of the same program: `looks` lists them inner ones first, each with the entry
/// of its body. The body of a lookahead is laid out to be read from right to left.
struct PatternProgram: Sendable {
    enum Instruction: Sendable {
        case match
        case consume(set: Int, next: Int)
        case fork(Int, Int)
        case require(PatternAssertion, next: Int)
        case look(Int, isNegated: Bool, next: Int)
    }

    struct Look: Sendable {
        let direction: LookDirection
        let start: Int
    }

    fileprivate(set) var instructions: [Instruction] = [.match]
    fileprivate(set) var sets: [ScalarSet] = []
    fileprivate(set) var looks: [Look] = []
    fileprivate(set) var start = 0
    /// Whether `\b` or `\B` occurs, so that word characters matter beside the sets.
    fileprivate(set) var tellsWords = false

    /// Bounds memory, and the time a text takes to this many steps a character.
    static let maximumInstructionCount = 10_000
    /// Bounds the truth tables kept while a text is matched, one bit a byte of text for each.
    static let maximumLookCount = 64
    /// Bounds the compiler's recursion; nesting without meaning, as in `((a))`, does not count.
    static let maximumDepth = 200

    /// Throws for what is valid ECMA-262 but unsupported, and for what is too large.
    init(_ syntax: PatternSyntax) throws(PatternError) {
        var compiler = PatternCompiler(syntax: syntax)
        compiler.program.start = try compiler.emit(syntax.root, then: 0, rightToLeft: false, depth: 0)
        self = compiler.program
    }

    fileprivate init() {}
}

/// Lays the program out from its end to its beginning, so that each node knows what follows it.
private struct PatternCompiler {
    let syntax: PatternSyntax
    var program = PatternProgram()
    private var setIndices: [ScalarSet: Int] = [:]
    /// The sets of classes by their node.
    private var classIndices: [PatternSyntax.NodeIndex: Int] = [:]
    private var propertyScalars: [ScalarClass.Item: ScalarSet] = [:]
    private var lookIndices: [PatternSyntax.NodeIndex: Int] = [:]
    private var visitCount = 0

    init(syntax: PatternSyntax) {
        self.syntax = syntax
    }

    /// Emits a node, followed by the instruction `next`, and returns where it starts.
    mutating func emit(
        _ node: PatternSyntax.NodeIndex, then next: Int, rightToLeft: Bool, depth: Int
    ) throws(PatternError) -> Int {
        visitCount += 1
        // Nodes that emit nothing count too: `(?:){1000000}{1000000}` is small but endless.
        guard visitCount <= 4 * PatternProgram.maximumInstructionCount else { throw Self.tooLarge }
        guard depth < PatternProgram.maximumDepth else {
            let limit = PatternProgram.maximumDepth
            throw PatternError(message: "pattern nests deeper than \(limit) levels", offset: 0)
        }
        switch syntax.nodes[node] {
        case .sequence(let children):
            var entry = next
            // Two branches, since a reversed and a plain array differ in type.
            if rightToLeft {
                for child in children {
                    entry = try emit(child, then: entry, rightToLeft: true, depth: depth + 1)
                }
            } else {
                for child in children.reversed() {
                    entry = try emit(child, then: entry, rightToLeft: false, depth: depth + 1)
                }
            }
            return entry
        case .choice(let alternatives):
            return try emitChoice(alternatives, then: next, rightToLeft: rightToLeft, depth: depth + 1)
        case .repetition(let body, let minimum, let maximum):
            let repetition = Repetition(body: body, minimum: minimum, maximum: maximum)
            return try emitRepetition(repetition, then: next, rightToLeft: rightToLeft, depth: depth + 1)
        case .scalar(let scalar):
            return try add(.consume(set: index(of: ScalarSet([scalar...scalar])), next: next))
        case .scalarClass(let scalarClass):
            return try add(.consume(set: index(of: scalarClass, at: node), next: next))
        case .assertion(let assertion):
            if assertion == .wordBoundary || assertion == .notWordBoundary { program.tellsWords = true }
            return try add(.require(assertion, next: next))
        case .look(let direction, let body, let isNegated):
            let look = try emitLook(node, direction: direction, body: body, depth: depth + 1)
            return try add(.look(look, isNegated: isNegated, next: next))
        case .unsupported(let message, let offset):
            throw PatternError(message: message, offset: offset)
        }
    }

    private mutating func emitChoice(
        _ alternatives: [PatternSyntax.NodeIndex], then next: Int, rightToLeft: Bool, depth: Int
    ) throws(PatternError) -> Int {
        var entry: Int?
        for alternative in alternatives.reversed() {
            let start = try emit(alternative, then: next, rightToLeft: rightToLeft, depth: depth)
            if let rest = entry { entry = try add(.fork(start, rest)) } else { entry = start }
        }
        return entry ?? next
    }

    private struct Repetition {
        let body: PatternSyntax.NodeIndex
        let minimum: Int
        let maximum: Int?
    }

    /// `x{2,4}` becomes `xx(?:x(?:x)?)?`, `x{2,}` becomes `xxx*`.
    private mutating func emitRepetition(
        _ repetition: Repetition, then next: Int, rightToLeft: Bool, depth: Int
    ) throws(PatternError) -> Int {
        var entry = next
        if let maximum = repetition.maximum {
            for _ in repetition.minimum..<maximum {
                let body = try emit(repetition.body, then: entry, rightToLeft: rightToLeft, depth: depth)
                entry = try add(.fork(body, next))
            }
        } else {
            entry = try add(.fork(next, next))
            let body = try emit(repetition.body, then: entry, rightToLeft: rightToLeft, depth: depth)
            program.instructions[entry] = .fork(body, next)
        }
        for _ in 0..<repetition.minimum {
            entry = try emit(repetition.body, then: entry, rightToLeft: rightToLeft, depth: depth)
        }
        return entry
    }

    /// A lookaround inside a repetition is one condition, however often its body is copied.
    private mutating func emitLook(
        _ node: PatternSyntax.NodeIndex, direction: LookDirection, body: PatternSyntax.NodeIndex, depth: Int
    ) throws(PatternError) -> Int {
        if let index = lookIndices[node] { return index }
        let start = try emit(body, then: 0, rightToLeft: direction == .ahead, depth: depth)
        guard program.looks.count < PatternProgram.maximumLookCount else {
            let limit = PatternProgram.maximumLookCount
            throw PatternError(message: "pattern has more than \(limit) lookarounds", offset: 0)
        }
        program.looks.append(PatternProgram.Look(direction: direction, start: start))
        lookIndices[node] = program.looks.count - 1
        return program.looks.count - 1
    }

    private mutating func add(_ instruction: PatternProgram.Instruction) throws(PatternError) -> Int {
        guard program.instructions.count < PatternProgram.maximumInstructionCount else { throw Self.tooLarge }
        program.instructions.append(instruction)
        return program.instructions.count - 1
    }

    private static let tooLarge = PatternError(
        message: "pattern is too large once its repetitions are written out", offset: 0)

    private mutating func index(of scalarClass: ScalarClass, at node: PatternSyntax.NodeIndex) -> Int {
        if let index = classIndices[node] { return index }
        var ranges: [ClosedRange<UInt32>] = []
        for item in scalarClass.items {
            switch item {
            case .range(let range): ranges.append(range)
            case .named:
                let scalars = propertyScalars[item] ?? item.scalars
                propertyScalars[item] = scalars
                ranges += scalars.ranges
            }
        }
        let union = ScalarSet(ranges)
        let index = index(of: scalarClass.isNegated ? union.complement : union)
        classIndices[node] = index
        return index
    }

    private mutating func index(of set: ScalarSet) -> Int {
        if let index = setIndices[set] { return index }
        program.sets.append(set)
        setIndices[set] = program.sets.count - 1
        return program.sets.count - 1
    }
}
