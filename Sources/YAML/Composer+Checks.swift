import Diagnostics
import Documents
import Text

/// What a registry does not take although YAML or libyaml would.
extension Composer {
    /// Refuses keys that only look like keys. A key that looks like a number or `true` is its text.
    mutating func checkPlainKey(_ text: Span<UInt8>, _ start: Mark) {
        if text.count == 0 {
            log.add(
                .yamlComplexKey, at: TextSpan(start), "a value without a key",
                hint: "write a key before the colon, or quote the text", node: document.nodes.count)
        } else if text.count == 2, text[0] == UInt8(ascii: "<"), text[1] == UInt8(ascii: "<") {
            log.refuse(
                .yamlMergeKey, at: TextSpan(start, width: 2), "merge keys (\"<<\") are not supported",
                hint: "write the keys out")
        }
    }

    /// `[-]` and `{-: 1}`: a dash by itself begins a list item, in YAML 1.2 it is no text.
    mutating func reportLoneDash(_ start: Mark) {
        log.add(
            .yamlSyntax, at: TextSpan(start), "a dash by itself is not text", hint: "quote it: \"-\"",
            node: document.nodes.count)
    }

    /// `{a:1}` is a key "a:1" without a value to YAML, and a forgotten space to everyone else.
    mutating func checkMissingValue() {
        guard let container = open.last, container.isFlow, container.isMapping,
            let key = document.nodes.last, key.kind == .key, !key.isQuoted
        else { return }
        let text = document.text[Int(key.start)..<Int(key.start + key.length)]
        guard let colon = text.firstIndex(of: UInt8(ascii: ":")), colon + 1 < text.endIndex,
            text[colon + 1] != UInt8(ascii: "/")
        else { return }
        log.add(
            .yamlSyntax, at: document.span(of: document.nodes.count - 1),
            "the key \(quoted(String(decoding: text, as: UTF8.self))) has no value",
            hint: "put a space after the colon", node: document.nodes.count - 1)
    }

    mutating func reportNonFinite(_ text: Span<UInt8>, _ start: Mark) {
        log.add(
            .yamlNonFinite, at: TextSpan(start, width: text.count),
            "\(quoted(string(text))) is not a number that JSON knows",
            hint: "leave the key out where the value is unknown; put quotes around it if it is text",
            node: document.nodes.count)
    }

    mutating func reportRepeatedKey(_ first: Int, _ second: Int) {
        let key = document.nodes[second]
        // Keys without text were reported as such.
        guard key.length > 0 || key.isQuoted else { return }
        log.add(
            .yamlDuplicateKey, at: document.span(of: second),
            "the key \(quoted(document.string(at: second))) is given twice, first in line "
                + "\(document.nodes[first].line)",
            hint: "keep one of the two", node: second,
            related: [(document.span(of: first), "first given here")])
    }

    /// Looks for characters in decoded text that its escapes brought in.
    mutating func checkDecoded(_ text: Span<UInt8>, from start: Mark, to end: Mark) {
        var found: (hazard: Hazard, scalar: Unicode.Scalar)?
        Hazard.forEach(in: text) { hazard, scalar, _ in
            // An escaped line separator hides nothing.
            if hazard != .lineBreak { found = found ?? (hazard, scalar) }
        }
        guard let found else { return }
        let finding = CharacterFinding(found.hazard, found.scalar)
        log.add(
            finding.rule, at: TextSpan(from: start, to: end), finding.message + ", escaped or not",
            hint: "remove the escape")
    }

    private func string(_ text: Span<UInt8>) -> String {
        unsafe text.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
    }
}

/// Tags: the core ones may say what YAML would find anyway, or that a number is text; nothing is constructed.
extension Composer {
    /// Appends a scalar that has a tag.
    mutating func appendTagged(_ text: Span<UInt8>, tag: String, isPlain: Bool, start: Mark) {
        let value = CoreSchema.value(of: text)
        switch (CoreTag(tag), value) {
        case (.str, _), (.anyText, _):
            appendText(text, kind: .string, isQuoted: true, start: start)
        case (.null, .null), (.bool, .true), (.bool, .false), (.int, .integer), (.float, .number),
            (.float, .nonFinite):
            append(value, text, start: start)
        case (.float, .integer(let form)):
            append(.number(form), text, start: start)
        case (nil, _):
            reportForeignTag(tag, start)
            if isPlain {
                append(value, text, start: start)
            } else {
                appendText(text, kind: .string, isQuoted: true, start: start)
            }
        default:
            log.add(
                .yamlTag, at: TextSpan(start),
                "the tag \(quoted(CoreTag.shown(tag))) does not fit the text \(quoted(string(text)))",
                hint: "remove the tag or mend the value", node: document.nodes.count)
            appendText(text, kind: .string, isQuoted: true, start: start)
        }
    }

    /// A key is its text; the only tags that it may have are the core ones for scalars.
    mutating func checkKeyTag(_ tag: String, _ start: Mark) {
        switch CoreTag(tag) {
        case .seq, .map, nil: reportForeignTag(tag, start)
        default: break
        }
    }

    mutating func checkContainerTag(_ tag: String, _ kind: Node.Kind, _ start: Mark) {
        let core = CoreTag(tag)
        if core == (kind == .mapping ? .map : .seq) || core == .anyText { return }
        guard core != nil else { return reportForeignTag(tag, start) }
        log.add(
            .yamlTag, at: TextSpan(start),
            "the tag \(quoted(CoreTag.shown(tag))) does not fit a \(kind == .mapping ? "mapping" : "list")",
            hint: "remove the tag")
    }

    private mutating func reportForeignTag(_ tag: String, _ start: Mark) {
        log.add(
            .yamlTag, at: TextSpan(start), "the tag \(quoted(CoreTag.shown(tag))) is not supported",
            hint: "remove the tag; text that begins with an exclamation mark needs quotes")
    }
}

/// The tags of YAML's core schema.
enum CoreTag: String {
    case str, null, bool, int, float, seq, map
    /// Of a scalar: text, whatever it looks like.
    case anyText = "!"

    private static let prefix = "tag:yaml.org,2002:"

    init?(_ tag: String) {
        if tag == CoreTag.anyText.rawValue {
            self = .anyText
        } else if tag.hasPrefix(CoreTag.prefix) {
            self.init(rawValue: String(tag.dropFirst(CoreTag.prefix.count)))
        } else {
            return nil
        }
    }

    /// A tag as it is written in a file.
    static func shown(_ tag: String) -> String {
        if tag.hasPrefix(prefix) { return "!!" + tag.dropFirst(prefix.count) }
        return tag.hasPrefix("!") ? tag : "!<" + tag + ">"
    }
}
