extension RuleBook {
    static let treeRules: [Rule] = fileRules + crossFileRules

    private static let fileRules: [Rule] = [
        Rule(
            .fileUnreadable, title: "A file cannot be read",
            why: "What cannot be read cannot be checked, and must not count as correct.",
            bad: RuleExample(
                "models/acme/rocket-1.yaml", "-rw------- root  models/acme/rocket-1.yaml", kind: .told),
            good: RuleExample(
                "models/acme/rocket-1.yaml", "-rw-r--r-- root  models/acme/rocket-1.yaml", kind: .told)),
        Rule(
            .fileTooLarge, title: "A file is larger than any record can be",
            why: "A registry file is a few kilobytes. One of more than a mebibyte is a mistake or an attack, "
                + "so it is refused before it is read.",
            bad: RuleExample("models/acme/rocket-1.yaml", "67108864 models/acme/rocket-1.yaml", kind: .told),
            good: RuleExample("models/acme/rocket-1.yaml", "1432 models/acme/rocket-1.yaml", kind: .told)),
        Rule(
            .fileNotRegular, title: "An entry is neither a file nor a folder",
            why:
                "A symbolic link can lead out of the registry, and reading a pipe or a device may never end.",
            bad: RuleExample(
                "models/acme/rocket-1.yaml", "models/acme/rocket-1.yaml -> rocket-2.yaml", kind: .told),
            good: RuleExample(
                "models/acme/rocket-1.yaml", "-rw-r--r-- root  models/acme/rocket-1.yaml", kind: .told)),
        Rule(
            .fileExtension, title: "A file of a collection does not end in .yaml",
            why: "Every file below a collection's folder belongs to it. One with another extension would be "
                + "passed over in silence.",
            bad: RuleExample("models/acme/rocket-2.yml", "id: acme/rocket-2\n", kind: .file),
            good: RuleExample("models/acme/rocket-1.yaml", "id: acme/rocket-1\n")),
        Rule(
            .fileDepth, title: "A file stands too high or too deep in its collection",
            why: "The path of a file spells its id, so each collection has a fixed number of levels.",
            bad: RuleExample("models/rocket-1.yaml", "id: acme/rocket-1\n", kind: .file),
            good: RuleExample("models/acme/rocket-1.yaml", "id: acme/rocket-1\n")),
        Rule(
            .fileName, title: "A name holds characters that not every system takes",
            why: "Names are checked out on other systems and stand in addresses: letters, digits, dots, "
                + "hyphens and underscores go everywhere.",
            bad: RuleExample("providers/acme:eu.yaml", "id: acme:eu\n", kind: .file),
            good: RuleExample("providers/acme.yaml", "id: acme\n")),
        Rule(
            .fileCaseClash, title: "Two names differ only by upper and lower case",
            why:
                "On a file system that does not tell the cases apart one of the two files overwrites the other.",
            bad: RuleExample(
                "models/acme/rocket-1.yaml", "models/acme/ holds Rocket-1.yaml and rocket-1.yaml", kind: .told
            ),
            good: RuleExample(
                "models/acme/rocket-1.yaml", "models/acme/ holds rocket-1.yaml", kind: .told)),
        Rule(
            .fileEmptyCollection, title: "A collection has no files",
            why: "A schema names a folder that holds nothing: the folder or the schema is probably misspelt.",
            bad: RuleExample("accelerators/acme-x1.yaml", "accelerators/ holds no file", kind: .told),
            good: RuleExample("accelerators/acme-x1.yaml", "accelerators/ holds acme-x1.yaml", kind: .told)),
        Rule(
            .fileCanonical, title: "A file is not in canonical form",
            why:
                "One form for all files keeps differences small and about facts. Asked for by `registry fix --check`.",
            bad: RuleExample("models/acme/rocket-1.yaml", "vendor:   'acme'\n", kind: .told),
            good: RuleExample("models/acme/rocket-1.yaml", "vendor: acme\n", kind: .told)),
    ]

    private static let crossFileRules: [Rule] = [
        Rule(
            .pathMismatch, title: "A value disagrees with the path of its file",
            why: "People find a file by its id and programs find the id in the file; both must be the same.",
            bad: RuleExample("models/acme/rocket-1.yaml", "vendor: acne\n"),
            good: RuleExample("models/acme/rocket-1.yaml", "vendor: acme\n")),
        Rule(
            .duplicateKey, title: "Two files describe the same entity",
            why: "Two records of one thing drift apart, and which of them counts would be chance.",
            bad: RuleExample("models/acme/rocket-2.yaml", model(id: "acme/rocket-1"), kind: .file),
            good: RuleExample("models/acme/rocket-2.yaml", model(id: "acme/rocket-2"), kind: .file)),
        Rule(
            .duplicateValue, title: "A value that must be unique occurs twice",
            why: "A name that stands for two things finds neither. Upper and lower case are not told apart.",
            bad: RuleExample(
                "models/acme/rocket-1.yaml",
                """
                aliases:
                  - value: rocket-one
                  - value: Rocket-One

                """),
            good: RuleExample(
                "models/acme/rocket-1.yaml",
                """
                aliases:
                  - value: rocket-one
                  - value: rocket-uno

                """)),
        Rule(
            .referenceUnknown, title: "A reference names an entity that does not exist",
            why: "A price or a successor that belongs to nothing is lost; mostly the name is misspelt or the "
                + "file is still missing.",
            bad: RuleExample("providers/acme.yaml", rental(of: "acme-x2")),
            good: RuleExample("providers/acme.yaml", rental(of: "acme-x1"))),
        Rule(
            .suppressionInvalid, title: "A suppression cannot be used",
            why:
                "A suppression that names no rule, no reason or no day would silently accept nothing, or too much.",
            bad: RuleExample(
                "suppressions.yaml", suppression(of: "price/unit-slipp", reviewBy: "2027-01-31"), kind: .told),
            good: RuleExample(
                "suppressions.yaml", suppression(of: "price/unit-slip", reviewBy: "2027-01-31"), kind: .told)),
        Rule(
            .suppressionUnused, title: "A suppression fits no finding",
            why:
                "What it accepted has been mended or has changed; left alone it would hide the next fault there.",
            bad: RuleExample(
                "suppressions.yaml", suppression(of: "price/unit-slip", reviewBy: "2027-01-31"), kind: .told),
            good: RuleExample("suppressions.yaml", "schema: suppressions/v1\nsuppressions: []\n", kind: .told)
        ),
        Rule(
            .suppressionExpired, title: "A suppression is past the day by which to look again",
            why:
                "Facts change; what was right to accept a year ago may be wrong now. Checked where `--today` is given.",
            bad: RuleExample(
                "suppressions.yaml", suppression(of: "price/unit-slip", reviewBy: "2025-01-31"), kind: .told),
            good: RuleExample(
                "suppressions.yaml", suppression(of: "price/unit-slip", reviewBy: "2027-01-31"), kind: .told)),
    ]

    private static func suppression(of rule: String, reviewBy: String) -> String {
        """
        schema: suppressions/v1
        suppressions:
          - rule: \(rule)
            path: mappings/acme/acme/rocket-1.yaml
            pointer: /offers/0/prices/0/rates/0/price
            value: "25"
            reason: the vendor's page says so, and the vendor confirmed it
            review_by: \(reviewBy)

        """
    }
    private static func model(id: String) -> String {
        """
        schema: model/v1
        id: \(id)
        name: Rocket 2
        vendor: acme
        variant: instruct
        open_weights: false
        license:
          id: LicenseRef-proprietary
        released: 2026-01-15
        status:
          stage: active
        modalities:
          input: [text]
          output: [text]
        capabilities: [tools]
        limits:
          context: 128000
        source:
          kind: model_card
          checked_on: 2026-02-01

        """
    }

    private static func rental(of accelerator: String) -> String {
        """
        accelerator_offers:
          - accelerator: \(accelerator)
            price_per_accelerator_hour: 2.5
            currency: USD
            commitment: on_demand
            effective_from: 2026-01-15
            source:
              kind: provider_page
              checked_on: 2026-02-01

        """
    }
}
