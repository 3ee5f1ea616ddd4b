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

    /// Compiles a pattern given as UTF-8.
    ///
    /// Throws when it is not a regular expression, when it has back-references or modifiers, which are not
    /// supported, or when it is larger than `PatternProgram`'s limits once repetitions are written out.
    init(_ source: Span<UInt8>) throws(PatternError) {
        let program = try PatternProgram(try PatternParser.parse(source.bytes))
        if let automaton = PatternAutomaton(program) {
            engine = .automaton(automaton)
        } else {
            engine = .simulation(program)
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
