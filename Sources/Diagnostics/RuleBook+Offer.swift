extension RuleBook {
    /// An offer beside its model and its provider.
    static let offerRules: [Rule] = [
        Rule(
            .offerAboveModel, title: "An offer of more than the model has",
            why:
                "Either the model's limit is out of date or the offer's is wrong; whoever knows better says so.",
            bad: .offer(
                """
                limits:
                  context: 262144
                """),
            good: .offer(
                """
                limits:
                  context: 262144
                extends_context: true
                """)),
        Rule(
            .offerOverride, title: "An override that changes nothing",
            why: "An offer has what its model has. A copy looks like a difference, and goes stale unseen.",
            bad: .offer(
                """
                capabilities:
                  add: [tools]
                  reason: The documentation describes tools.
                """),
            good: .offer(
                """
                capabilities:
                  add: [caching]
                  reason: The documentation describes caching.
                """)),
        Rule(
            .offerRegion, title: "A region that the provider does not have",
            why: "Who must keep data in a place chooses by region; a misspelt one is never found.",
            bad: .offer("region: eu-2"), good: .offer("region: eu-1")),
        Rule(
            .urlTrailingSlash, title: "A base address that ends with a slash",
            why: "Callers append a path that begins with one, and some servers refuse the two.",
            bad: .provider(
                """
                api:
                  base_url: https://api.acme.example/v1/
                """),
            good: .provider(
                """
                api:
                  base_url: https://api.acme.example/v1
                """)),
    ]

    /// What every text of every file is held to.
    static let secretRules: [Rule] = [
        Rule(
            .textSecret, title: "A secret",
            why: "Everything here is public at once and for ever. A key that was pushed has to be revoked.",
            bad: .provider(note("Read with the key AKIAIOSFODNN7EXAMPLE")),
            good: .provider(note("Read with a key of one's own"))),
        Rule(
            .textUserinfo, title: "A user's name in an address",
            why: "A name before the \"@\" of an address is personal, and mostly stands there by accident.",
            bad: .provider(note("See https://anna@acme.example/prices")),
            good: .provider(note("See https://acme.example/prices"))),
    ]

    private static func note(_ text: String) -> String {
        """
        source:
          kind: provider_page
          checked_on: 2026-02-10
          note: \(text)
        """
    }
}
