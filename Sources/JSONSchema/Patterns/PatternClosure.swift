/// What can be known at a position between two characters.
struct PatternPosition {
    let isTextStart: Bool
    let isTextEnd: Bool
    let followsWordCharacter: Bool
    let precedesWordCharacter: Bool

    func satisfies(_ assertion: PatternAssertion) -> Bool {
        switch assertion {
        case .textStart: isTextStart
        case .textEnd: isTextEnd
        case .wordBoundary: followsWordCharacter != precedesWordCharacter
        case .notWordBoundary: followsWordCharacter == precedesWordCharacter
        }
    }
}

/// Follows a program's instructions as far as they go without consuming a character.
///
/// Keeps its memory from one position to the next. Each instruction is visited once a position, with a stack of its
/// own in place of recursion.
struct PatternClosure {
    /// The `consume` instructions reached.
    private(set) var threads: [Int] = []
    private(set) var hasMatched = false
    /// Instructions visited since the beginning: the measure of the work done.
    private(set) var visitCount = 0

    private let instructions: [PatternProgram.Instruction]
    /// For each instruction, the last round that visited it.
    private var visits: [UInt32]
    private var round: UInt32 = 0
    private var stack: [Int] = []

    init(_ program: PatternProgram) {
        instructions = program.instructions
        visits = Array(repeating: 0, count: program.instructions.count)
    }

    mutating func begin() {
        // A text of four thousand million characters could not be held in a document.
        round &+= 1
        threads.removeAll(keepingCapacity: true)
        hasMatched = false
    }

    /// Adds all that is reached from one instruction; `isTrue` answers whether a lookaround holds here.
    mutating func add(
        _ instruction: Int, at position: PatternPosition, isTrue: (Int) -> Bool = { _ in false }
    ) {
        var pending: Int? = instruction
        while let index = pending {
            pending = nil
            if visits[index] != round {
                visits[index] = round
                visitCount += 1
                switch instructions[index] {
                case .match:
                    hasMatched = true
                case .consume:
                    threads.append(index)
                case .fork(let first, let second):
                    stack.append(second)
                    pending = first
                case .require(let assertion, let next):
                    if position.satisfies(assertion) { pending = next }
                case .look(let look, let isNegated, let next):
                    if isTrue(look) != isNegated { pending = next }
                }
            }
            if pending == nil { pending = stack.popLast() }
        }
    }
}
