/// A compiled regular expression of ECMA-262, with the meaning its `u` flag gives, as JSON Schema's `pattern` asks.
///
/// Matching takes time linear in the text whatever the pattern, allocates nothing for patterns whose deterministic
/// automaton is small (nearly all), and may be done from several threads at once.
struct Pattern: Sendable {
    private enum Engine: Sendable {
        case automaton(PatternAutomaton)
        case simulation(PatternProgram)
    }

    private let engine: Engine
    /// Instructions of the pattern's program.
    let size: Int
    /// Entries of its automaton's table; the most there can be when it turned out too large.
    let tableSize: Int

    /// Compiles a pattern given as UTF-8.
    ///
    /// Without `mayBeAutomaton` the text is matched by simulation, which is slow, but takes no time to prepare.
    /// Throws when it is not a regular expression, when it has back-references or modifiers, which are not
    /// supported, or when it is larger than `PatternProgram`'s limits once repetitions are written out.
    init(_ source: Span<UInt8>, mayBeAutomaton: Bool = true) throws(PatternError) {
        let program = try PatternProgram(try PatternParser.parse(source.bytes))
        size = program.instructions.count
        if mayBeAutomaton, let automaton = PatternAutomaton(program) {
            engine = .automaton(automaton)
            tableSize = automaton.tableSize
        } else {
            engine = .simulation(program)
            tableSize = mayBeAutomaton ? PatternAutomaton.maximumTableSize : 0
        }
    }

    /// What a byte of text may cost to match, in visits of a table or an instruction.
    var stepsPerByte: Int {
        switch engine {
        case .automaton: 1
        case .simulation(let program): program.instructions.count * (program.looks.count + 1)
        }
    }

    /// Whether a text in UTF-8 is a regular expression of ECMA-262, supported or not.
    static func isValidSyntax(_ source: Span<UInt8>) -> Bool {
        do {
            _ = try PatternParser.parse(source.bytes)
            return true
        } catch {
            return false
        }
    }

    /// Whether the pattern is found anywhere in the text, which is UTF-8.
    func matches(_ text: Span<UInt8>) -> Bool {
        switch engine {
        case .automaton(let automaton): automaton.matches(text)
        case .simulation(let program): program.matches(text)
        }
    }
}

extension Span<UInt8> {
    fileprivate var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        for index in indices { bytes.append(self[index]) }
        return bytes
    }
}
