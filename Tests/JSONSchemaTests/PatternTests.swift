import Testing

@testable import JSONSchema

/// Compiles a pattern; the caller's test fails with the pattern's own error when it is refused.
private func compiled(_ source: String) throws -> Pattern {
    try Pattern(Array(source.utf8).span)
}

private func refusal(of source: String) -> PatternError? {
    do throws(PatternError) {
        _ = try Pattern(Array(source.utf8).span)
        return nil
    } catch {
        return error
    }
}

private func isValid(_ source: String) -> Bool {
    Pattern.isValidSyntax(Array(source.utf8).span)
}

extension Pattern {
    fileprivate func matches(_ text: String) -> Bool {
        matches(bytes: Array(text.utf8))
    }

    fileprivate func matches(bytes: [UInt8]) -> Bool {
        matches(bytes.span)
    }
}

@Suite struct PatternTests {
    @Test(arguments: [
        (#"^[a-z0-9]+(?:[-./][a-z0-9]+)*$"#, ["llama", "meta/llama-3.1-8b"], ["", "-a", "a-", "A", "a\n"]),
        (#"^https://"#, ["https://", "https://a.b"], ["http://", " https://", ""]),
        (#"^\d{4}-\d{2}-\d{2}$"#, ["2024-01-15"], ["2024-1-15", "2024-01-155", "٢٠٢٤-٠١-١٥"]),
        (#"^.*$"#, ["", "abc", "日本"], ["a\nb", "a\u{2028}b"]),
        ("llama", ["llama", "a llama b"], ["llam", "LLAMA", ""]),
        ("", ["", "a"], []),
        ("a|b|", ["", "c"], []),
        ("^(?:a|bc)+$", ["a", "abca"], ["", "b", "ac"]),
        ("^(?<vendor>a+?)(b)??$", ["a", "aab"], ["b"]),
        ("^a{2}b{1,}c{0,2}$", ["aab", "aabbcc"], ["ab", "aabccc", "aac"]),
        ("^(?:a{2}){3}$", ["aaaaaa"], ["aaaaa", "aaaaaaa"]),
        ("^(a*)*$", ["", "aaa"], ["b"]),
        ("a{0}", ["", "b"], []),
    ])
    func findsWhatTheGrammarSays(source: String, hits: [String], misses: [String]) throws {
        let pattern = try compiled(source)
        for text in hits { #expect(pattern.matches(text), "\(source) should match \(text.debugDescription)") }
        for text in misses { #expect(!pattern.matches(text), "\(source) matches \(text.debugDescription)") }
    }

    @Test(arguments: [
        (#"^\w$"#, ["a", "_", "9"], ["é", "-"]),
        (#"^\W$"#, ["é", "🐲"], ["a"]),
        (#"^\s$"#, ["\u{FEFF}", "\u{A0}", "\u{2029}", "\u{3000}"], ["\u{200B}", "\u{85}"]),
        (#"^\D\S$"#, ["߀–"], ["0a", "a "]),
        (#"^[^a-c]$"#, ["d", "🐲"], ["a", "c"]),
        (#"^[]$"#, [], ["", "a"]),
        (#"^[^]$"#, ["a", "\n"], [""]),
        (#"^[\b\-\]a-]$"#, ["\u{8}", "-", "]", "a"], ["b", "\\"]),
        (#"^[\d.-]+$"#, ["1.2-3"], ["a"]),
        (#"^\x41\u0042\u{43}\cJ\0$"#, ["ABC\n\0"], ["ABC\n0"]),
        (#"^\uD83D\uDC32$"#, ["🐲"], ["🐉"]),
        (#"^\uD83D$"#, [], ["🐲", "\u{FFFD}"]),
        ("^🐲*$", ["", "🐲🐲"], ["🐉"]),
        ("^[🐲-🐴]$", ["🐳"], ["🐱"]),
        (#"^\t\n\v\f\r\/\$$"#, ["\t\n\u{B}\u{C}\r/$"], []),
        (#"^\p{digit}+\P{Lu}$"#, ["4২a"], ["4A", "A"]),
        (#"^\p{Letter}\p{Script=Greek}\p{sc=Han}$"#, ["πα日"], ["πa日"]),
        (#"^\p{scx=Deva}$"#, ["अ", "\u{1CD0}", "\u{964}"], ["a"]),
        (#"^\p{Emoji_Presentation}\p{RI}$"#, ["🐲🇦"], ["a🇦"]),
        (#"^[\p{Alphabetic}\p{ASCII}]+$"#, ["né~"], ["–"]),
        (#"^\p{Assigned}$"#, ["a"], ["\u{378}", "\u{FFFFF}"]),
    ])
    func readsClassesAndEscapes(source: String, hits: [String], misses: [String]) throws {
        try findsWhatTheGrammarSays(source: source, hits: hits, misses: misses)
    }

    @Test(arguments: [
        (#"\bfoo\b"#, ["foo", "a foo.", "éfoo"], ["foobar", "_foo"]),
        (#"^\B$"#, [""], ["a"]),
        (#"\B"#, ["", "ab", "é"], ["a", "aéb", "a🐲b"]),
        (#"^(?!.*--)[a-z-]+(?<!-)$"#, ["a-b"], ["a--b", "a-", ""]),
        (#"(?<=€)\d+(?= net)"#, ["€12 net"], ["12 net", "€12 gross"]),
        (#"(?<=a+)b"#, ["aab"], ["b"]),
        (#"^(?=.*\d)(?=.*[a-z]).{4,}$"#, ["ab12"], ["abcd", "1234", "a1"]),
        (#"^(?:(?=(?!b).)[ab])+$"#, ["aa"], ["ab"]),
        (#"(?<!(?<=x)y)z"#, ["z", "yz"], ["xyz"]),
        ("$^", [""], ["a"]),
        ("a$b|^b", ["b"], ["ab"]),
    ])
    func judgesPositions(source: String, hits: [String], misses: [String]) throws {
        try findsWhatTheGrammarSays(source: source, hits: hits, misses: misses)
    }

    /// Both engines must say the same of every pattern; the simulation alone is used for lookarounds.
    @Test(arguments: ["^a*b?$", #"\b[a-z]\B"#, "(a|ab)(c|bcd)", #"^\S.*\S$"#, "[^a]$", "(?:a{1,3}|b)+c"])
    func automatonAgreesWithSimulation(source: String) throws {
        let program = try PatternProgram(try PatternParser.parse(Array(source.utf8)))
        let automaton = try #require(PatternAutomaton(program))
        let letters: [Character] = ["a", "b", "c", " ", "é"]
        for number in 0..<3125 {
            var rest = number
            var text = ""
            while rest > 0 {
                text.append(letters[rest % letters.count])
                rest /= letters.count
            }
            let bytes = Array(text.utf8)
            let byAutomaton = automaton.matches(bytes.span)
            let bySimulation = program.matches(bytes.span)
            #expect(byAutomaton == bySimulation, "\(source) on '\(text)'")
        }
    }
}

@Suite struct PatternSyntaxTests {
    @Test(arguments: [
        ("(a", "unterminated group", 0),
        ("a)", "unmatched ')'", 1),
        ("a[b", "unterminated character class", 1),
        ("*a", "nothing to repeat", 0),
        ("a**", "nothing to repeat", 2),
        ("^*", "nothing to repeat", 1),
        ("(?=a)*", "nothing to repeat", 5),
        ("a{2", "incomplete quantifier", 1),
        ("a{,2}", "incomplete quantifier", 1),
        ("a{2,1}", "numbers out of order in quantifier", 1),
        ("a}", #"lone '}'; write '\}'"#, 1),
        ("]", #"lone ']'; write '\]'"#, 0),
        ("[b-a]", "range out of order in character class", 1),
        (#"[\d-z]"#, "a class cannot be the end of a range", 1),
        (#"\a"#, #"unknown escape '\a'"#, 0),
        (#"x\Z"#, #"unknown escape '\Z'"#, 1),
        (#"\-"#, #"unknown escape '\-'"#, 0),
        (#"\01"#, #"unknown escape '\0'"#, 0),
        ("a\\", "nothing follows the last backslash", 1),
        (#"\x4"#, #"two hexadecimal digits must follow '\x'"#, 0),
        (#"\u{110000}"#, #"a code point up to 10FFFF must follow '\u{'"#, 0),
        (#"\c1"#, #"a letter must follow '\c'"#, 0),
        (#"\p{greek}"#, "unknown Unicode property 'greek'", 0),
        (#"\pL"#, #"'{name}' must follow '\p'"#, 0),
        ("(?P<n>a)", "unknown kind of group after '(?'", 0),
        ("(?i)a", "unknown kind of group after '(?'", 0),
        ("(?<1>a)", "invalid group name", 2),
        ("(?<n>a)(?<n>b)", "group name 'n' is taken", 7),
        (#"(a)\2"#, "no group has number 2", 3),
        (#"(?<n>a)\k<m>"#, "no group is named 'm'", 7),
    ])
    func saysWhatIsWrongAndWhere(source: String, message: String, offset: Int) {
        #expect(refusal(of: source) == PatternError(message: message, offset: offset))
        #expect(!isValid(source))
    }

    @Test(arguments: [
        (#"(a)\1"#, "back-references are not supported: they cannot be matched in linear time"),
        (#"\k<n>(?<n>a)"#, "back-references are not supported: they cannot be matched in linear time"),
        ("(?i:a)", "modifiers are not supported; write the variants out"),
        ("(?s-im:a)", "modifiers are not supported; write the variants out"),
        ("x{1000000}", "pattern is too large once its repetitions are written out"),
        ("(?:x{1000}){1000}", "pattern is too large once its repetitions are written out"),
        ("(?:(?:){1000000}){1000000}", "pattern is too large once its repetitions are written out"),
        (String(repeating: "(?=a)", count: 65), "pattern has more than 64 lookarounds"),
        (
            String(repeating: "(?:a", count: 10_000) + String(repeating: ")", count: 10_000),
            "pattern nests deeper than 200 levels"
        ),
    ])
    func refusesWhatItCannotMatchThoughItIsValid(source: String, message: String) {
        #expect(refusal(of: source)?.message == message)
        #expect(isValid(source))
    }

    @Test(arguments: [
        "(?<n>a)|(?<n>b)", "(?:(?<n>a)|(?:(?<n>b)))c", "[]", "[^]", "(?<$_é>a)", #"(?<a\u0062>c)"#,
    ])
    func acceptsValidSyntax(source: String) {
        #expect(isValid(source))
        #expect(refusal(of: source) == nil)
    }

    @Test(arguments: ["(?<n>a|(?<n>b))", "(?:(?<n>a)|b)(?<n>c)", "(?<n>a)|(?<m>b)(?<m>c)"])
    func refusesOneNameTwiceInAMatch(source: String) {
        #expect(!isValid(source))
    }
}

/// None of these may take more than linear time, much memory or a deep stack: they hang or crash when one does.
@Suite struct PatternHostilityTests {
    @Test(arguments: [
        ("(a+)+$", false), ("(a|aa)*b", false), ("((a*)*)*b", false), ("^(?:a?){500}a{500}$", false),
        ("(?:.*a){20}c", false), ("(.*a.{20})c", false), ("(?=(a+)+$)b", false), ("(?<=(a|aa)+)c", false),
        ("[^b]*(?:a|b|ab)*!$", true),
    ])
    func matchesLongTextsInLinearTime(source: String, expected: Bool) throws {
        let text = String(repeating: "a", count: 20_000) + "!"
        #expect(try compiled(source).matches(text) == expected)
    }

    @Test(arguments: ["(", ")", "[", "\\", "(?<n>", "(?=", "a{", "|", "[a-", "(?:a|", #"\p{L}"#, "a?", "((("])
    func survivesLongRepetitionsOfItsSyntax(piece: String) {
        let source = String(repeating: piece, count: 10_000)
        if let pattern = try? compiled(source) { _ = pattern.matches("aaaa") }
        let isBalancedByNature = ["|", #"\p{L}"#, "a?", "\\"].contains(piece)
        #expect(isValid(source) == isBalancedByNature)
    }

    @Test func readsMalformedTextWithoutTrapping() throws {
        let pattern = try compiled(#"^\S+(?=.)"#)
        let simple = try compiled(#"\bé.\p{L}$"#)
        for lead in UInt8(0x80)...0xFF {
            for tail in [[], [0x80], [0x80, 0x80], [0xBF, 0xBF, 0xBF], [0x41]] as [[UInt8]] {
                #expect(pattern.matches(bytes: [0x61, lead] + tail))
                #expect(!simple.matches(bytes: [lead] + tail))
            }
        }
    }
}

@Suite struct ScalarPropertyTests {
    /// The generated table and the standard library must be of one Unicode version.
    @Test func generalCategoriesAgreeWithTheStandardLibrary() throws {
        let categories: [(String, Unicode.GeneralCategory)] = [
            ("Lo", .otherLetter),
            ("So", .otherSymbol), ("Cn", .unassigned),
        ]
        for (name, category) in categories {
            let scalars = try #require(ScalarProperty(lone: name)).scalars
            let wrong = (UInt32(0)...0x10FFFF).first { value in
                guard let scalar = Unicode.Scalar(value) else { return false }
                return scalars.contains(value) != (scalar.properties.generalCategory == category)
            }
            #expect(wrong == nil, "\(name) differs")
        }
    }

    @Test(arguments: [
        "Latn", "Latin", "Zyyy", "Qaac", "Phags_Pa", "SignWriting", "Nyiakeng_Puachue_Hmong", "Sidetic",
    ])
    func knowsScriptsByLongAndShortName(name: String) throws {
        let script = try #require(ScalarProperty(name: "sc", value: name)).scalars
        let extensions = try #require(ScalarProperty(name: "Script_Extensions", value: name)).scalars
        #expect(!script.ranges.isEmpty && !extensions.ranges.isEmpty)
    }

    @Test(arguments: ["latin", "LATN", "", "Latin,Latn", "Greek:", "Lu"])
    func wantsScriptNamesExactly(name: String) {
        #expect(ScalarProperty(name: "sc", value: name) == nil)
    }
}
