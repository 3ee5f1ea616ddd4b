extension RuleBook {
    static let yamlRules: [Rule] = yamlTextRules + yamlStructureRules + yamlLimitRules + jsonRules

    private static let model = "models/acme/small.yaml"

    /// A model file of its own, as an example.
    private static func file(_ text: String) -> RuleExample {
        RuleExample(model, text, isWholeFile: true)
    }

    // MARK: Characters and layout

    private static let yamlTextRules: [Rule] = [
        Rule(
            .yamlSyntax, title: "The text is not YAML",
            why:
                "Nothing else can be checked in a file that cannot be read. The place is where the mistake was "
                + "made if that can be seen, else where reading stopped.",
            bad: file("name: \"Acme Small\nvendor: acme\n"),
            good: file("name: \"Acme Small\"\nvendor: acme\n")),
        Rule(
            .yamlEncoding, title: "The file is not UTF-8",
            why:
                "Files are UTF-8, with a byte order mark at the very start at most. Bytes of another encoding "
                + "would be shown differently by every tool.",
            bad: file("name: Acme\u{FEFF} Small\n"), good: file("name: Acme Small\n")),
        Rule(
            .yamlControlCharacter, title: "A control character in the file",
            why:
                "Control characters, written as they are or as an escape, end strings early in some programs "
                + "and steer the terminal in others; a database cannot hold NUL at all.",
            bad: file("name: \"Acme\\0Small\"\n"), good: file("name: \"Acme Small\"\n")),
        Rule(
            .yamlLineBreak, title: "A line separator that editors do not show",
            why:
                "U+0085, U+2028 and U+2029 end a line for some YAML parsers and for no editor and no diff, so that "
                + "a comment can hide a live key.",
            bad: file("name: Acme Small # a comment\u{2028}vendor: acme\n"),
            good: file("name: Acme Small # a comment\nvendor: acme\n")),
        Rule(
            .yamlBidirectional, title: "A mark that reverses text",
            why: "Marks for right-to-left text make a reviewer see other text than what the file says.",
            bad: file("name: Acme \u{202E}llamS\n"), good: file("name: Acme Small\n")),
        Rule(
            .yamlInvisible, title: "A character that takes no room",
            why: "Two names that look the same would be different, and nobody could see why.",
            bad: file("name: Acme\u{200B} Small\n"), good: file("name: Acme Small\n")),
        Rule(
            .yamlIndentation, title: "Indentation that YAML does not allow",
            why:
                "Indentation says what belongs to what. Tabs never take part in it, the keys of one mapping stand "
                + "in one column, and a line that continues a value stands deeper than the value's key.",
            bad: file("limits:\n    context: 8192\n  max_output: 1024\n"),
            good: file("limits:\n  context: 8192\n  max_output: 1024\n")),
        Rule(
            .yamlComment, title: "A comment without a space before it",
            why:
                "A \"#\" begins a comment only behind a space. Some parsers are lax about it after a quote or a "
                + "bracket, others refuse the file.",
            bad: file("name: \"Acme Small\"# the small one\n"),
            good: file("name: \"Acme Small\" # the small one\n")),
        Rule(
            .yamlConflictMarker, title: "A merge conflict that was not resolved",
            why: "Git leaves both versions in the file with marker lines around them; one of them has to go.",
            bad: file("<<<<<<< HEAD\nname: Acme Small\n=======\nname: Acme Little\n>>>>>>> other\n"),
            good: file("name: Acme Small\n")),
        Rule(
            .yamlEmpty, title: "A file without data",
            why:
                "A file that is empty, or has comments only, says nothing about the entity that it is named after.",
            bad: file("# to be written\n"), good: file("name: Acme Small\n")),
        Rule(
            .yamlMultipleDocuments, title: "More than one document in a file",
            why:
                "One file holds one entity. Programs that read one document would silently pass over the rest.",
            bad: file("name: Acme Small\n---\nname: Acme Large\n"), good: file("name: Acme Small\n")),
    ]

    // MARK: Structure

    private static let yamlStructureRules: [Rule] = [
        Rule(
            .yamlDuplicateKey, title: "A key given twice in one mapping",
            why:
                "Most parsers keep the last value and drop the first without a word, so that one of two facts is lost.",
            bad: file("name: Acme Small\nvendor: acme\nname: Acme Little\n"),
            good: file("name: Acme Small\nvendor: acme\n")),
        Rule(
            .yamlMergeKey, title: "A merge key",
            why:
                "\"<<\" merges mappings in YAML 1.1 and is an ordinary key in YAML 1.2: the same file would say "
                + "different things to different programs.",
            bad: file("base: &base\n  context: 8192\nlimits:\n  <<: *base\n  max_output: 1024\n"),
            good: file("limits:\n  context: 8192\n  max_output: 1024\n")),
        Rule(
            .yamlComplexKey, title: "A key that is not text",
            why:
                "The data is checked and served as JSON, where a key is a text. Lists, mappings and nothing at all "
                + "have no form as a key.",
            bad: file("limits:\n  [context, tokens]: 8192\n"), good: file("limits:\n  context: 8192\n")),
        Rule(
            .yamlTag, title: "A tag that is not supported",
            why:
                "Tags make programs construct things. Only those of YAML's core schema (!!str, !!int, !!float, "
                + "!!bool, !!null, !!seq, !!map) and \"!\" may stand, where they fit the value.",
            bad: file("name: !python/object Acme Small\n"), good: file("name: Acme Small\n")),
        Rule(
            .yamlAlias, title: "An alias that repeats nothing, or itself",
            why:
                "An alias stands for the value that has its anchor, earlier in the same file. A value inside itself "
                + "has no end.",
            bad: file("limits:\n  context: *base\n"),
            good: file("base: &base 8192\nlimits:\n  context: *base\n")),
        Rule(
            .yamlNonFinite, title: "A number that is not finite",
            why:
                "JSON has no infinity and no NaN, and every comparison with NaN is false, so that a price of NaN "
                + "would be within any limits.",
            bad: file("price: .nan\n"), good: file("price: 0.15\n")),
    ]

    // MARK: Limits

    private static let yamlLimitRules: [Rule] = [
        Rule(
            .yamlTooDeep, title: "Nested too deep",
            why:
                "A file comes from anyone who can open a pull request: what is read has a limit, and this one is "
                + "far above what any entity needs.",
            bad: file(
                "name: " + String(repeating: "[", count: 70) + String(repeating: "]", count: 70) + "\n"),
            good: file("name: [[Acme Small]]\n")),
        Rule(
            .yamlTooManyNodes, title: "Too many values",
            why:
                "Aliases of aliases grow without bound from a few lines. They are counted as what they stand for.",
            bad: file(
                "a: &a [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]\n"
                    + "c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]\nd: [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]\n"
            ),
            good: file("a: &a [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]\nb: [*a, *a]\n")),
        Rule(
            .yamlNumberTooLong, title: "A number with too many digits",
            why:
                "Numbers are kept exactly, digit for digit; more digits than any quantity has are a mistake or an attack.",
            bad: file("price: 0." + String(repeating: "3", count: 1_001) + "\n"),
            good: file("price: 0.3333\n")),
    ]

    // MARK: JSON

    private static let jsonRules: [Rule] = [
        Rule(
            .jsonSyntax, title: "The text is not JSON",
            why:
                "Schemas and other JSON files follow RFC 8259 to the letter: no comments, no comma behind the last "
                + "member, every key in double quotes.",
            bad: RuleExample("schemas/extra.schema.json", "{\"type\": \"object\",}\n", isWholeFile: true),
            good: RuleExample("schemas/extra.schema.json", "{\"type\": \"object\"}\n", isWholeFile: true)),
        Rule(
            .jsonDuplicateKey, title: "A key given twice in one JSON object",
            why: "Parsers keep the first or the last of the two as they please.",
            bad: RuleExample(
                "schemas/extra.schema.json", "{\"type\": \"object\", \"type\": \"array\"}\n",
                isWholeFile: true),
            good: RuleExample("schemas/extra.schema.json", "{\"type\": \"object\"}\n", isWholeFile: true)),
    ]
}
