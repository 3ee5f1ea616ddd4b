import TestKit

/// A small registry full of ties, under the project's own schemas: names that recur, clash and are missing, files that
/// follow their schema and files that do not.
struct RandomRegistry {
    private(set) var files: [String: String] = [:]
    private var random: SeededGenerator

    private static let vendors = ["acme", "zeppelin", "dirigible"]
    private static let names = ["rocket", "rocket-2", "glider", "Glider"]
    private static let providers = ["acme", "borealis", "cirrus", "delta", "epsilon"]

    /// About thirty files.
    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
        for path in Files.tree(below: Repository.root + "/schemas") {
            files["schemas/" + path] = Repository.text(of: "schemas/" + path)
        }
        for _ in 0..<50 { change() }
    }

    /// Writes, alters or removes one file.
    mutating func change() {
        switch Int.random(in: 0..<24, using: &random) {
        case 0..<6: write(model: pick(Self.vendors) + "/" + pick(Self.names))
        case 6..<9: write(provider: pick(Self.providers))
        case 9..<17: write(mapping: pick(Self.providers), pick(Self.vendors) + "/" + pick(Self.names))
        case 17, 18:
            if let path = files.keys.filter({ !$0.hasPrefix("schemas/") }).sorted().randomElement(
                using: &random)
            {
                files[path] = nil
            }
        case 19: breakFile()
        case 20:
            files["models/" + pick("acme/note.txt", "acme/x/y.yaml", "acme/ROCKET.yaml")] =
                "id: \(pick("a", "b"))\n"
        case 21, 22: files["suppressions.yaml"] = suppressions()
        default: copyFile()
        }
    }

    /// Makes schemas say something else of every provider.
    mutating func changeSchema() {
        let path = "schemas/provider.schema.json"
        let text = files[path] ?? ""
        files[path] =
            text.contains("\"minLength\": 9000")
            ? Repository.text(of: path)
            : text.replacing(
                "\"x-collection\"",
                with: "\"propertyNames\": {\"minLength\": \(pick("3", "9000"))}, \"x-collection\"")
    }

    private mutating func pick(_ words: String...) -> String { pick(words) }

    private mutating func pick(_ words: [String]) -> String {
        words[Int.random(in: words.indices, using: &random)]
    }

    private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

    private mutating func breakFile() {
        guard let path = files.keys.filter({ $0.hasSuffix(".yaml") }).sorted().randomElement(using: &random)
        else { return }
        let fault = pick("? [", "id: again\n", "extra: 1\n", "name: 7\n")
        files[path]? += fault
    }

    /// A copy that keeps its id, now and then in place of another file.
    private mutating func copyFile() {
        let paths = files.keys.filter { $0.hasSuffix(".yaml") && $0 != "suppressions.yaml" }.sorted()
        guard let from = paths.randomElement(using: &random), let to = paths.randomElement(using: &random)
        else { return }
        let folder = to.split(separator: "/").dropLast().joined(separator: "/")
        files[chance(50) ? to : folder + "/copy.yaml"] = files[from]
    }

    private mutating func write(model id: String) {
        let vendor = String(id.prefix { $0 != "/" })
        files["models/\(id).yaml"] = """
            schema: model/v1
            id: \(chance(90) ? id : "acme/\(pick(Self.names))")
            name: Rocket
            vendor: \(vendor)
            variant: instruct
            \(chance(40) ? "aliases:\n  - value: \(alias())\n" : "")open_weights: \(pick("false", "true"))
            license:
              id: LicenseRef-proprietary
            released: \(pick("2023-03", "2026-03"))
            status:
            \(status("acme/" + pick(Self.names)))
            modalities:
              input: [text]
              output: [text]
            capabilities: [\(pick("", "tools"))]
            limits:
              context: \(pick("8192", "65536"))
            source:
              kind: model_card
              checked_on: 2026-02-01

            """
    }

    private mutating func write(provider id: String) {
        files["providers/\(id).yaml"] = """
            schema: provider/v1
            id: \(chance(90) ? id : pick(Self.providers))
            name: Borealis
            kind: inference
            website: https://borealis.example\(pick("", "/"))
            docs_url: https://borealis.example/docs
            \(chance(40) ? "aliases:\n  - value: \(alias())\n" : "")\(chance(50) ? "regions:\n  - id: eu-1\n    jurisdiction: eu\n" : "")currency: USD
            status:
            \(status(pick(Self.providers)))
            source:
              kind: provider_page
              checked_on: 2026-02-10

            """
    }

    private mutating func write(mapping provider: String, _ model: String) {
        var text =
            "schema: mapping/v1\nprovider: \(chance(90) ? provider : pick(Self.providers))\nmodel: \(chance(90) ? model : "acme/rocket")\noffers:\n"
        for _ in 0..<Int.random(in: 1...2, using: &random) {
            text += """
                  - provider_model_id: \(offer())
                    mode: serverless
                    tier: standard
                \(chance(20) ? "    region: \(pick("eu-1", "us-1"))\n" : "")\(chance(30) ? "    limits:\n      context: \(pick("4096", "20000"))\n" : "")    prices:
                      - effective_from: 2026-02-01
                        currency: USD
                        rates:
                          - meter: input_text
                            price: \(pick("0.45", "0.50", "450", "0.0005"))
                            per: 1000000
                        source:
                          kind: provider_page
                          checked_on: 2026-02-10
                    status:
                \(status(offer()).replacing("  ", with: "      ", maxReplacements: 1).replacing("\n  ", with: "\n      "))
                    verified_on: 2026-02-10

                """
        }
        files["mappings/\(provider)/\(model).yaml"] = text
    }

    private mutating func alias() -> String {
        pick(
            "fast", "Fast", "acme/rocket", "ACME/glider", "borealis", "zeppelin/rocket", "caf\u{E9}",
            "cafe\u{301}")
    }

    private mutating func offer() -> String { pick("one", "two", "three", "four", "five", "onee") }

    private mutating func status(_ other: String) -> String {
        let stage = pick("active", "active", "retired")
        return "  stage: \(stage)" + (stage == "retired" ? "\n  retires_on: 2026-01-01" : "")
            + (chance(35) ? "\n  replaced_by: \(other)" : "")
    }

    private mutating func suppressions() -> String {
        var text = "schema: suppressions/v1\nsuppressions:\n"
        let paths = files.keys.filter { $0.hasPrefix("m") || $0.hasPrefix("p") }.sorted()
        for _ in 0..<5 {
            text += """
                  - rule: \(pick("price/unit-slip", "replacement/retired", "url/trailing-slash", "offer/above-model", "date/checked-too-early"))
                    path: \(paths.isEmpty ? "x" : pick(paths))
                    reason: a reason
                    review_by: \(pick("2025-01-01", "2030-01-01"))

                """
        }
        return text
    }
}
