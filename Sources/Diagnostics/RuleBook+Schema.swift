extension RuleBook {
    static let schemaRules: [Rule] = valueRules + textRules + shapeRules + choiceRules + brokenSchemaRules

    private static let valueRules: [Rule] = [
        Rule(
            .schemaType, title: "A value has the wrong type",
            why: "A program that expects a number cannot count with text, however clear it is to people.",
            bad: RuleExample("models/acme/rocket-1.yaml", "limits:\n  context: 131k\n"),
            good: RuleExample("models/acme/rocket-1.yaml", "limits:\n  context: 131072\n")),
        Rule(
            .schemaEnum, title: "A value is not one of those allowed",
            why: "A fixed list of words keeps one meaning from being spelt in three ways.",
            bad: RuleExample("models/acme/rocket-1.yaml", "variant: instructed\n"),
            good: RuleExample("models/acme/rocket-1.yaml", "variant: instruct\n")),
        Rule(
            .schemaConst, title: "A value is not the one allowed",
            why: "The value is fixed: it says what kind of file this is, or which form an object has.",
            bad: RuleExample("models/acme/rocket-1.yaml", "schema: model/v2\n"),
            good: RuleExample("models/acme/rocket-1.yaml", "schema: model/v1\n")),
        Rule(
            .schemaRange, title: "A number is too small or too large",
            why: "A number outside its range is mostly a slip of the finger or of the unit.",
            bad: RuleExample("models/acme/rocket-1.yaml", "limits:\n  context: 0\n"),
            good: RuleExample("models/acme/rocket-1.yaml", "limits:\n  context: 131072\n")),
        Rule(
            .schemaMultipleOf, title: "A number is not a multiple of the step",
            why: "The quantity comes in steps; a value between two of them cannot be right. Decided exactly, "
                + "in decimals.",
            bad: RuleExample(
                "step.yaml", "step: 0.12\n",
                kind: .document(schema: #"{"properties": {"step": {"multipleOf": 0.05}}}"#)),
            good: RuleExample(
                "step.yaml", "step: 0.15\n",
                kind: .document(schema: #"{"properties": {"step": {"multipleOf": 0.05}}}"#))),
    ]

    private static let textRules: [Rule] = [
        Rule(
            .schemaLength, title: "A text is too short or too long",
            why:
                "Counted in characters (code points). An empty text says nothing, and a very long one does not "
                + "belong into this field.",
            bad: RuleExample(
                "place.yaml", "country: USA\n",
                kind: .document(schema: #"{"properties": {"country": {"maxLength": 2}}}"#)),
            good: RuleExample(
                "place.yaml", "country: US\n",
                kind: .document(schema: #"{"properties": {"country": {"maxLength": 2}}}"#))),
        Rule(
            .schemaPattern, title: "A text does not have the required form",
            why: "Ids, names of repositories and the like follow a pattern that other programs count on.",
            bad: RuleExample("models/acme/rocket-1.yaml", "license:\n  id: Apache 2.0\n"),
            good: RuleExample("models/acme/rocket-1.yaml", "license:\n  id: Apache-2.0\n")),
        Rule(
            .schemaFormat, title: "A text is not a date, an address or what else it must be",
            why:
                "Dates that do not exist and addresses that lead nowhere only show up when somebody needs them.",
            bad: RuleExample(
                "models/acme/rocket-1.yaml", "source:\n  kind: model_card\n  checked_on: 2026-02-30\n"),
            good: RuleExample(
                "models/acme/rocket-1.yaml", "source:\n  kind: model_card\n  checked_on: 2026-02-28\n")),
    ]

    private static let shapeRules: [Rule] = [
        Rule(
            .schemaRequired, title: "A required key is missing",
            why: "The record is of no use without this fact.",
            bad: RuleExample("models/acme/rocket-1.yaml", "limits:\n  max_output: 8192\n"),
            good: RuleExample(
                "models/acme/rocket-1.yaml", "limits:\n  context: 131072\n  max_output: 8192\n")),
        Rule(
            .schemaUnknownKey, title: "A key is not known here",
            why: "A misspelt key would be ignored in silence and its fact lost.",
            bad: RuleExample(
                "models/acme/rocket-1.yaml", "limits:\n  context: 131072\n  max_ouput: 8192\n"),
            good: RuleExample(
                "models/acme/rocket-1.yaml", "limits:\n  context: 131072\n  max_output: 8192\n")),
        Rule(
            .schemaPropertyName, title: "A key does not have the required form",
            why: "The keys of this object are names themselves and follow a rule.",
            bad: RuleExample(
                "sizes.yaml", "Width: 3\n",
                kind: .document(schema: #"{"propertyNames": {"pattern": "^[a-z]+$"}}"#)),
            good: RuleExample(
                "sizes.yaml", "width: 3\n",
                kind: .document(schema: #"{"propertyNames": {"pattern": "^[a-z]+$"}}"#))),
        Rule(
            .schemaProperties, title: "An object has too few or too many keys",
            why: "An empty object says nothing; leave its key out when nothing is known.",
            bad: RuleExample("accelerators/acme-x1.yaml", "flops: {}\n"),
            good: RuleExample(
                "accelerators/acme-x1.yaml", "flops:\n  bf16:\n    dense: 400000000000000\n")),
        Rule(
            .schemaDependency, title: "A key needs another key beside it",
            why: "The one fact means nothing without the other.",
            bad: RuleExample(
                "range.yaml", "from: 1\n",
                kind: .document(schema: #"{"dependentRequired": {"from": ["to"]}}"#)),
            good: RuleExample(
                "range.yaml", "from: 1\nto: 9\n",
                kind: .document(schema: #"{"dependentRequired": {"from": ["to"]}}"#))),
        Rule(
            .schemaItems, title: "A list has too few or too many items",
            why: "An empty list says nothing; leave its key out when nothing is known.",
            bad: RuleExample("models/acme/rocket-1.yaml", "aliases: []\n"),
            good: RuleExample("models/acme/rocket-1.yaml", "aliases:\n  - value: rocket-one\n")),
        Rule(
            .schemaUniqueItems, title: "A list has the same item twice",
            why: "The list is a set: to say a thing twice is a mistake in copying.",
            bad: RuleExample(
                "models/acme/rocket-1.yaml", "modalities:\n  input: [text, image, text]\n  output: [text]\n"),
            good: RuleExample(
                "models/acme/rocket-1.yaml", "modalities:\n  input: [text, image]\n  output: [text]\n")),
        Rule(
            .schemaContains, title: "A list lacks an item it must have, or has too many such items",
            why: "Every list of this kind holds a certain item, whatever else it holds.",
            bad: RuleExample(
                "book.yaml", "languages: [fr, de]\n",
                kind: .document(schema: #"{"properties": {"languages": {"contains": {"const": "en"}}}}"#)),
            good: RuleExample(
                "book.yaml", "languages: [en, fr]\n",
                kind: .document(schema: #"{"properties": {"languages": {"contains": {"const": "en"}}}}"#))),
    ]

    private static let choiceRules: [Rule] = [
        Rule(
            .schemaBranch, title: "A value fits none, or more than one, of the forms allowed",
            why:
                "The value may have one of several forms, and readers must be able to tell which one it has.",
            bad: RuleExample(
                "date.yaml", "day: 60\nmonth: 3\n",
                kind: .document(schema: #"{"oneOf": [{"required": ["day"]}, {"required": ["month"]}]}"#)),
            good: RuleExample(
                "date.yaml", "day: 60\n",
                kind: .document(schema: #"{"oneOf": [{"required": ["day"]}, {"required": ["month"]}]}"#))),
        Rule(
            .schemaNot, title: "A value has a form that is not allowed",
            why: "The schema names a form that a value must not have.",
            bad: RuleExample(
                "level.yaml", "level: 0\n",
                kind: .document(schema: #"{"properties": {"level": {"not": {"const": 0}}}}"#)),
            good: RuleExample(
                "level.yaml", "level: 1\n",
                kind: .document(schema: #"{"properties": {"level": {"not": {"const": 0}}}}"#))),
        Rule(
            .schemaForbidden, title: "A value stands where none is allowed",
            why: "The schema knows this place and forbids it, mostly because something else took it over.",
            bad: RuleExample(
                "part.yaml", "old_id: 7\n", kind: .document(schema: #"{"properties": {"old_id": false}}"#)),
            good: RuleExample(
                "part.yaml", "id: 7\n", kind: .document(schema: #"{"properties": {"old_id": false}}"#))),
        Rule(
            .schemaTooLoose, title: "A schema lets through what the programs cannot read",
            why:
                "What they cannot read they would leave out: an offer without its date would be retired, and "
                + "nobody told.",
            bad: RuleExample(
                "mappings/borealis/acme/rocket-1.yaml", "verified_on: soon\n", kind: .told),
            good: RuleExample(
                "mappings/borealis/acme/rocket-1.yaml", "verified_on: 2026-02-10\n", kind: .told)),
    ]

    private static let brokenSchemaRules: [Rule] = [
        Rule(
            .schemaInvalid, title: "A schema is itself not valid",
            why: "A keyword with a value that means nothing checks nothing.",
            bad: schemaFile(#""type": "strnig""#), good: schemaFile(#""type": "string""#)),
        Rule(
            .schemaReference, title: "A schema refers to one that does not exist",
            why: "What the reference was to check would go unchecked.",
            bad: schemaFile(##""$ref": "#/$defs/siez", "$defs": {"size": {"type": "integer"}}"##),
            good: schemaFile(##""$ref": "#/$defs/size", "$defs": {"size": {"type": "integer"}}"##)),
        Rule(
            .schemaDialect, title: "A schema is written in an unknown dialect",
            why:
                "Keywords mean different things in different drafts of JSON Schema; to guess is to check the "
                + "wrong thing.",
            bad: schemaFile(dialect: "http://json-schema.org/draft-03/schema#", #""type": "string""#),
            good: schemaFile(#""type": "string""#)),
        Rule(
            .schemaRegex, title: "A pattern of a schema is not a regular expression",
            why: "A pattern that cannot be read matches nothing, and so would let nothing pass.",
            bad: schemaFile(#""pattern": "^[a-z+$""#), good: schemaFile(#""pattern": "^[a-z]+$""#)),
    ]

    private static func schemaFile(
        dialect: String = "https://json-schema.org/draft/2020-12/schema", _ members: String
    ) -> RuleExample {
        RuleExample(
            "schemas/part.schema.json", "{\"$schema\": \"\(dialect)\", \(members)}\n", kind: .file)
    }
}
