extension RuleBook {
    /// Dates and stages of life, of every kind of file.
    static let dateRules: [Rule] = [
        Rule(
            .dateImpossible, title: "A day that does not exist",
            why: "A date like 30 February is a slip of the hand, and what it should be nobody can tell.",
            bad: .model("knowledge_cutoff: 2025-02-30"), good: .model("knowledge_cutoff: 2025-02")),
        Rule(
            .dateOrder, title: "Dates in an impossible order",
            why:
                "What was announced after its release, or ends before it begins, has a wrong date somewhere.",
            bad: .model("announced: 2026-02"), good: .model("announced: 2025-12")),
        Rule(
            .dateKnowledgeCutoff, title: "A knowledge cutoff after the release",
            why:
                "Training ends before a model comes out. Mostly the two dates were swapped, or one is of another model.",
            bad: .model("knowledge_cutoff: 2026-06"), good: .model("knowledge_cutoff: 2025-06")),
        Rule(
            .dateCheckedTooEarly, title: "Checked before there was something to check",
            why:
                "A fact cannot have been read before the thing it is about came out: one of the dates is wrong.",
            bad: .model(
                """
                source:
                  kind: model_card
                  checked_on: 2025-02-01
                """),
            good: .model(
                """
                source:
                  kind: model_card
                  checked_on: 2026-02-01
                """)),
        Rule(
            .statusStage, title: "An end without a deprecation",
            why:
                "Tools that warn of models about to go look at the stage; a date beside \"active\" escapes them.",
            bad: .model(
                """
                status:
                  stage: active
                  retires_on: 2027-01-15
                """),
            good: .model(
                """
                status:
                  stage: deprecated
                  retires_on: 2027-01-15
                """)),
        Rule(
            .statusRetirement, title: "Retired, nobody knows when",
            why:
                "Past use is priced and explained by date, so the day on which something stopped has to be known.",
            bad: .accelerator(
                """
                status:
                  stage: retired
                """),
            good: .accelerator(
                """
                status:
                  stage: retired
                  retires_on: 2026-01-31
                """)),
        Rule(
            .replacementCycle, title: "Replacements that lead nowhere",
            why:
                "Who follows \"replaced_by\" wants to arrive at something that is still offered, not where he began.",
            bad: .model(
                """
                status:
                  stage: deprecated
                  replaced_by: acme/rocket-1
                """),
            good: .model(
                """
                status:
                  stage: deprecated
                """)),
        Rule(
            .replacementRetired, title: "Replaced by something retired",
            why: "A replacement that is gone is no advice; name the one that took its place in turn.",
            bad: .model(
                """
                status:
                  stage: deprecated
                  replaced_by: acme/glider
                """),
            good: .model(
                """
                status:
                  stage: deprecated
                """)),
    ]
}
