/// A pattern as a deterministic automaton, built whole in advance: one table look-up a character, no allocation.
struct PatternAutomaton: Sendable {
    private let alphabet: PatternAlphabet
    /// For each state a row of the offsets of the rows that follow, a column a class and one for the end of the text.
    private let transitions: [UInt16]
    private let columnCount: UInt16
    private let initial: UInt16

    /// Table entries; row offsets must fit 16 bits.
    static let maximumTableSize = 1 << 16

    /// Entries of the table.
    var tableSize: Int { transitions.count }

    /// Nil when the program has lookarounds, or when its automaton would pass the limits.
    init?(_ program: PatternProgram) {
        let distinguished = program.sets + (program.tellsWords ? [.wordCharacters] : [])
        guard program.looks.isEmpty, let alphabet = PatternAlphabet(distinguished),
            let table = PatternAutomatonBuilder.build(program, alphabet)
        else { return nil }
        self.alphabet = alphabet
        transitions = table.transitions
        columnCount = UInt16(alphabet.count + 1)
        initial = table.initial
    }

    /// Whether the pattern is found anywhere in the text. Linear; ends at the first match or when none can come.
    func matches(_ text: Span<UInt8>) -> Bool {
        let transitions = transitions.span
        let asciiClasses = alphabet.asciiClasses.span
        // The first row is "no match can come", the second "matched": both are final.
        let matched = columnCount
        var state = initial
        var offset = 0
        while offset < text.count {
            let byte = text[offset]
            let column: UInt8
            if byte < 0x80 {
                column = asciiClasses[Int(byte)]
                offset += 1
            } else {
                let (scalar, length) = text.scalar(at: offset)
                column = alphabet.searchClass(of: scalar)
                offset += length
            }
            state = transitions[Int(state) + Int(column)]
            if state <= matched { return state == matched }
        }
        return transitions[Int(state) + Int(matched) - 1] == matched
    }
}

/// Subset construction: a state is the set of places the program can be in, before anything is known of the next
/// character, and what the last character was.
private struct PatternAutomatonBuilder {
    private struct State: Hashable {
        let kernel: [Int]
        let before: Before
    }

    private enum Before: Hashable {
        case textStart
        case wordCharacter
        case otherCharacter
    }

    /// Instructions visited and classes tried, some milliseconds' worth.
    private static let maximumWork = 2_000_000

    private let program: PatternProgram
    private let alphabet: PatternAlphabet
    private let isWord: [Bool]
    private var closure: PatternClosure
    private var work = 0
    private var rows: [[Int]] = []
    private var states: [State] = []
    private var numbers: [State: Int] = [:]

    private static let dead = 0
    private static let matched = 1

    private init(_ program: PatternProgram, _ alphabet: PatternAlphabet) {
        self.program = program
        self.alphabet = alphabet
        isWord = alphabet.representatives.map { ScalarSet.wordCharacters.contains($0) }
        closure = PatternClosure(program)
        for final in [Self.dead, Self.matched] {
            states.append(State(kernel: [], before: .textStart))
            rows.append(Array(repeating: final, count: alphabet.count + 1))
        }
    }

    static func build(
        _ program: PatternProgram, _ alphabet: PatternAlphabet
    ) -> (transitions: [UInt16], initial: UInt16)? {
        var builder = PatternAutomatonBuilder(program, alphabet)
        let initial = builder.number(of: State(kernel: [program.start], before: .textStart))
        while builder.rows.count < builder.states.count {
            builder.appendRow(for: builder.states[builder.rows.count])
            let entryCount = builder.states.count * (alphabet.count + 1)
            guard entryCount <= PatternAutomaton.maximumTableSize,
                builder.work + builder.closure.visitCount <= maximumWork
            else {
                return nil
            }
        }
        let hopeful = builder.statesThatCanMatch()
        let width = alphabet.count + 1
        let transitions = builder.rows.joined().map { hopeful[$0] ? UInt16($0 * width) : 0 }
        return (transitions, hopeful[initial] ? UInt16(initial * width) : 0)
    }

    private mutating func number(of state: State) -> Int {
        if let number = numbers[state] { return number }
        numbers[state] = states.count
        states.append(state)
        return states.count - 1
    }

    private mutating func appendRow(for state: State) {
        var row = Array(repeating: Self.matched, count: alphabet.count + 1)
        for nextIsWord in [false, true] {
            expand(state, nextIsWord: nextIsWord, isTextEnd: false)
            guard !closure.hasMatched else { continue }
            for column in 0..<alphabet.count where isWord[column] == nextIsWord {
                row[column] = successor(of: state, by: column)
            }
        }
        expand(state, nextIsWord: false, isTextEnd: true)
        if !closure.hasMatched { row[alphabet.count] = Self.dead }
        rows.append(row)
    }

    private mutating func expand(_ state: State, nextIsWord: Bool, isTextEnd: Bool) {
        let position = PatternPosition(
            isTextStart: state.before == .textStart, isTextEnd: isTextEnd,
            followsWordCharacter: state.before == .wordCharacter, precedesWordCharacter: nextIsWord)
        closure.begin()
        for instruction in state.kernel { closure.add(instruction, at: position) }
    }

    /// The state after a character; a match may start behind it as well, so the program's start is always in it.
    private mutating func successor(of state: State, by column: Int) -> Int {
        let scalar = alphabet.representatives[column]
        var kernel = [program.start]
        for thread in closure.threads {
            guard case .consume(let set, let next) = program.instructions[thread] else { continue }
            if program.sets[set].contains(scalar) { kernel.append(next) }
        }
        work += closure.threads.count
        kernel.sort()
        let distinct = kernel.indices.filter { $0 == 0 || kernel[$0 - 1] != kernel[$0] }.map { kernel[$0] }
        let before: Before = program.tellsWords && isWord[column] ? .wordCharacter : .otherCharacter
        return number(of: State(kernel: distinct, before: before))
    }

    /// Which states a match can still be reached from: a walk backwards from the matched one.
    private func statesThatCanMatch() -> [Bool] {
        var predecessors = Array(repeating: [Int](), count: rows.count)
        for (state, row) in rows.enumerated() {
            for next in Set(row) { predecessors[next].append(state) }
        }
        var canMatch = Array(repeating: false, count: rows.count)
        canMatch[Self.matched] = true
        var pending = [Self.matched]
        while let state = pending.popLast() {
            for previous in predecessors[state] where !canMatch[previous] {
                canMatch[previous] = true
                pending.append(previous)
            }
        }
        return canMatch
    }
}
