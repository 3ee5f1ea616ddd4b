import CYAML
import Diagnostics
import Documents
import Text

/// Turns what libyaml says about a text that is not YAML into what a person can act on.
///
/// The parser stops where it no longer understands; the mistake is often earlier. Where the text shows it, the
/// finding points there: at the quote that was not closed, at the bracket, at the line with the odd indentation.
struct SyntaxFault {
    private let problem: ParserProblem
    private let text: TextLines
    /// The last scalar that was read before the fault.
    private let lastScalar: Node?
    /// The innermost container that is open, if it has brackets.
    private let openBracket: Node?

    init(_ problem: ParserProblem, text: UnsafeBufferPointer<UInt8>, in composer: borrowing Composer) {
        self.problem = problem
        self.text = unsafe TextLines(Array(text))
        lastScalar = composer.document.nodes.last { !$0.isContainer && $0.kind != .alias }
        openBracket = composer.open.last.flatMap { $0.isFlow ? composer.document[$0.node] : nil }
    }

    /// The fault in words, with its place.
    var refusal: Refusal {
        if let runOn = runOnQuote { return runOn }
        switch problem.problem {
        case "found character that cannot start any token": return impossibleStart
        case "mapping values are not allowed in this context": return misplacedColon
        case "block sequence entries are not allowed in this context":
            return fault(
                .yamlSyntax, "a list item cannot begin here",
                hint: "begin the list on a line of its own, indented below its key")
        case "mapping keys are not allowed in this context":
            return fault(
                .yamlSyntax, "a key cannot begin here", hint: "text that begins with \"?\" needs quotes")
        case "could not find expected ':'": return missingColon
        case "did not find expected key": return unexpected(instead: "key")
        case "did not find expected '-' indicator": return unexpected(instead: "list item")
        case "did not find expected <document start>": return textAfterDocument
        case "did not find expected ',' or ']'": return unclosed("[", "]")
        case "did not find expected ',' or '}'": return unclosed("{", "}")
        case "did not find expected node content": return missingContent
        case "found unexpected end of stream", "found unexpected document indicator":
            return fault(
                .yamlSyntax, "a quote opens here and is never closed", at: problem.contextPlace,
                hint: "close it, or leave it out if it is part of the text")
        case "found a tab character where an indentation space is expected",
            "found a tab character that violates indentation":
            return tab(at: problem.place)
        default: return rareFault
        }
    }

    // MARK: Faults by what libyaml says

    /// A quote that was forgotten: the quoted text ran on over lines to the next quote.
    private var runOnQuote: Refusal? {
        guard let lastScalar, lastScalar.isQuoted, Int(lastScalar.line) <= problem.place.line,
            let opening = text.character(line: Int(lastScalar.line) - 1, column: Int(lastScalar.column) - 1),
            opening == "\"" || opening == "'",
            text.before(problem.place).unicodeScalars.last(where: { $0 != " " }) == opening
        else { return nil }
        return Refusal(
            .yamlSyntax, TextSpan(line: Int(lastScalar.line), column: Int(lastScalar.column), width: 1),
            "a quote opens here and is closed only in line \(problem.place.line + 1)",
            hint: "close it in the same line")
    }

    private var impossibleStart: Refusal {
        guard let found = text.character(at: problem.place) else { return rareFault }
        if found == "\t" { return tab(at: problem.place) }
        return fault(
            .yamlSyntax, "a value cannot begin with \(quoted(String(found)))", hint: "put quotes around it")
    }

    private var misplacedColon: Refusal {
        let before = text.before(problem.place)
        if before.contains(": ") || before.contains(" - ") || before.contains(":\t") {
            return fault(
                .yamlSyntax, "a colon followed by a space inside a value without quotes",
                hint: "put quotes around the value")
        }
        if before.first == " ", problem.place.line > 0 {
            return fault(
                .yamlIndentation, "this line is indented deeper than the key before it",
                at: text.firstCharacter(ofLine: problem.place.line),
                hint:
                    "give the keys of one mapping the same indentation; a value over several lines needs quotes"
            )
        }
        return fault(
            .yamlSyntax, "a colon where no key can stand", hint: "put quotes around text that holds a colon")
    }

    private var missingColon: Refusal {
        let line = text.after(problem.contextPlace)
        let word = String(line.prefix { $0 != " " && $0 != "#" })
        if word.first == "\"" || word.first == "'" {
            return fault(
                .yamlSyntax, "a quoted key without a colon behind it", at: problem.contextPlace,
                hint: "close the quote in the same line and write a colon and a space behind it")
        }
        if let colon = word.firstIndex(of: ":"), word.index(after: colon) < word.endIndex {
            return fault(
                .yamlSyntax, "no space behind the colon of \(quoted(String(word[...colon])))",
                at: problem.contextPlace, hint: "put a space after the colon")
        }
        return fault(
            .yamlSyntax, "no colon behind the key \(quoted(text.trimmed(line)))", at: problem.contextPlace,
            hint: "write \"key: value\"; a line that continues a value is indented deeper than its key")
    }

    /// Something stands where the next key or item should.
    private func unexpected(instead expected: String) -> Refusal {
        let before = text.before(problem.place)
        guard before.allSatisfy({ $0 == " " }) else { return textAfterValue }
        switch text.character(at: problem.place) {
        case "-" where expected == "key":
            return fault(
                .yamlSyntax, "a list item among the keys of a mapping",
                hint: "indent the list below its key, or remove the dash")
        case "]", "}": return strayBracket
        case ":" where expected == "key":
            return fault(
                .yamlComplexKey, "a value without a key",
                hint: "write a key before the colon, or quote the text")
        case nil: return rareFault
        default: break
        }
        if problem.place.column == problem.contextPlace.column {
            return fault(
                .yamlSyntax, "this line is not a \(expected)",
                hint: expected == "key" ? "write \"key: value\"" : "begin it with \"- \"")
        }
        let line = text.trimmed(text.after(problem.place))
        if problem.place.column > problem.contextPlace.column, !line.contains(": "), !line.hasSuffix(":") {
            return fault(
                .yamlSyntax, "text that belongs to no key",
                hint: "a value over several lines needs quotes, and no comment may stand in it")
        }
        return fault(
            .yamlIndentation, "this line's indentation fits none of the lines above",
            hint: "indent it like the \(expected) before it, which begins in column "
                + "\(problem.contextPlace.column + 1)")
    }

    private var textAfterDocument: Refusal {
        if text.character(at: problem.place) == nil || text.after(problem.place).hasPrefix("...") {
            return fault(
                .yamlSyntax, "a directive without a document", at: text.lastLineWithText,
                hint: "remove the line that begins with \"%\"")
        }
        return text.before(problem.place).allSatisfy({ $0 == " " })
            ? fault(
                .yamlSyntax, "text after the end of the document's value",
                hint: "a file holds one mapping: write \"key: value\"")
            : textAfterValue
    }

    private var textAfterValue: Refusal {
        switch text.character(at: problem.place) {
        case "]", "}": strayBracket
        case ",":
            fault(
                .yamlSyntax, "a comma behind a value", hint: "remove it, or put quotes around the whole value"
            )
        case _? where text.before(problem.place).hasSuffix("'"):
            fault(
                .yamlSyntax, "an apostrophe ends this quoted text early",
                hint: "write it twice (''), or use double quotes")
        default:
            fault(
                .yamlSyntax, "text behind the end of a value",
                hint: "remove it, or put quotes around the whole value")
        }
    }

    private var strayBracket: Refusal {
        let bracket = text.character(at: problem.place).map { String($0) } ?? ""
        return fault(
            .yamlSyntax, "a \(quoted(bracket)) that closes nothing",
            hint: "remove it, or put quotes around the text")
    }

    private func unclosed(_ opening: String, _ closing: String) -> Refusal {
        let place = problem.place
        let isFirstInLine = text.before(place).allSatisfy { $0 == " " }
        let found = text.character(at: place)
        let closesOther = found == "]" || found == "}"
        let isNextKey = found == ":" || (isFirstInLine && !closesOther)
        if found == nil || (place.line > problem.contextPlace.line && isNextKey) {
            return fault(
                .yamlSyntax, "a \(quoted(opening)) opens here and is never closed", at: problem.contextPlace,
                hint: "close it with \(quoted(closing)), or look for a missing comma")
        }
        if closesOther, let found {
            return fault(
                .yamlSyntax,
                "a \(quoted(String(found))) where the \(quoted(opening)) of line "
                    + "\(problem.contextPlace.line + 1) is open",
                hint: "close it with \(quoted(closing)) first")
        }
        return fault(
            .yamlSyntax,
            "no comma and no \(quoted(closing)) before this, for the \(quoted(opening)) in line "
                + "\(problem.contextPlace.line + 1)",
            hint: "put a comma between the items; text with commas, brackets or colons needs quotes")
    }

    private var missingContent: Refusal {
        switch text.character(at: problem.place) {
        case ",": fault(.yamlSyntax, "a comma with nothing before it", hint: "remove the comma")
        case "]", "}": strayBracket
        case ":":
            fault(
                .yamlComplexKey, "a value without a key",
                hint: "write a key before the colon, or quote the text")
        case nil:
            fault(
                .yamlSyntax, "a bracket opens here and is never closed",
                at: openBracket.map { Mark(line: Int($0.line) - 1, column: Int($0.column) - 1) },
                hint: "close it")
        default: fault(.yamlSyntax, "a value cannot begin here", hint: "put quotes around it")
        }
    }

    private func tab(at place: Mark) -> Refusal {
        fault(.yamlIndentation, "a tab used as indentation", at: place, hint: "use spaces")
    }

    /// Everything that is met too seldom for words of its own: libyaml's, which are clear enough here.
    private var rareFault: Refusal {
        if problem.context.contains("directive") {
            return fault(.yamlSyntax, "a directive that YAML does not know", hint: "remove the line")
        }
        for (part, rule, message, hint) in SyntaxFault.rareFaults where problem.problem.contains(part) {
            return fault(rule, message, hint: hint)
        }
        if problem.context.contains("tag") || problem.problem.contains("tag") {
            return fault(
                .yamlTag, "a tag that is not well-formed",
                hint: "text that begins with an exclamation mark needs quotes")
        }
        return fault(
            .yamlSyntax, problem.problem + (problem.context.isEmpty ? "" : " " + problem.context))
    }

    private static let rareFaults: [(part: String, rule: RuleID, message: String, hint: String)] = [
        (
            "unknown escape", .yamlSyntax, "this escape is not one of YAML's",
            "write the backslash twice, or use single quotes"
        ),
        ("hexdecimal", .yamlSyntax, "this escape lacks a hexadecimal digit", "write the backslash twice"),
        (
            "invalid Unicode", .yamlSyntax, "this escape is no character",
            "write the character itself, or its full code point as \\U and eight digits"
        ),
        (
            "alphabetic or numeric", .yamlSyntax, "text that begins with \"*\" or \"&\" needs quotes",
            "put quotes around it"
        ),
        (
            "expected comment or line break", .yamlSyntax, "text on the line of a \"|\" or \">\"",
            "begin the text on the next line, or put quotes around it"
        ),
        (
            "incompatible YAML", .yamlSyntax, "this version of YAML is not supported",
            "remove the directive; files are YAML 1.2"
        ),
        ("duplicate %YAML", .yamlSyntax, "a second version directive", "remove the line"),
        (
            "indicator equal to 0", .yamlSyntax, "an indentation of zero behind a \"|\" or \">\"",
            "leave the number out"
        ),
        ("undefined tag handle", .yamlTag, "a tag with a prefix that is not declared", "remove the tag"),
    ]

    private func fault(_ rule: RuleID, _ message: String, at place: Mark? = nil, hint: String? = nil)
        -> Refusal
    {
        let place = place ?? problem.place
        return Refusal(rule, TextSpan(text.lastPlace(notAfter: place)), message, hint: hint)
    }
}
