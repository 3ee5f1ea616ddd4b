extension RuleBook {
    static let entityRules =
        dateRules + modelRules + architectureRules + parameterRules + offerRules + priceRules + tierRules
        + acceleratorRules + secretRules
}

extension RuleExample {
    static func model(_ text: String) -> RuleExample {
        RuleExample("models/acme/rocket-1.yaml", text + "\n")
    }

    static func provider(_ text: String) -> RuleExample {
        RuleExample("providers/acme.yaml", text + "\n")
    }

    static func accelerator(_ text: String) -> RuleExample {
        RuleExample("accelerators/acme-x1.yaml", text + "\n")
    }

    /// A mapping whose one offer has these fields besides those that every offer has.
    static func offer(_ fields: String) -> RuleExample {
        RuleExample(
            "mappings/acme/acme/rocket-1.yaml",
            """
            offers:
              - provider_model_id: rocket-1
                mode: serverless
                tier: standard
            \(fields.indented(by: 4))
                status:
                  stage: active
                verified_on: 2026-02-10

            """)
    }

    /// An offer of one price period with these rates, and other fields of the period behind them.
    static func rates(_ rates: String, _ rest: String = "", currency: String = "USD") -> RuleExample {
        offer(
            """
            prices:
              - effective_from: 2026-02-01
                currency: \(currency)
                rates:
            \(rates.indented(by: 6))\(rest.isEmpty ? "" : "\n" + rest.indented(by: 4))
                source:
                  kind: provider_page
                  checked_on: 2026-02-10
            """)
    }
}

extension String {
    /// This text with every line moved to the right.
    fileprivate func indented(by width: Int) -> String {
        split(separator: "\n").map { String(repeating: " ", count: width) + $0 }.joined(separator: "\n")
    }
}
