import Diagnostics
import Documents
import Entities
import Sources
import Testing
import Text

/// Two sides of one comparison: what matches, what does not, and where they differ.
struct ReconciliationTests {
    private func side(_ name: String, at provider: String = "p", _ names: [String]) throws -> Side {
        let day = try #require(CalendarDate("2026-07-02"))
        return Side(
            name: name,
            statements: names.map {
                Statement(Listing(provider: provider, name: $0), origin: Origin(url: nil, seenOn: day))
            })
    }

    private func compare(_ here: Side, _ there: Side, knowing catalog: Catalog = Catalog([]))
        -> Reconciliation
    {
        Reconciliation(here, there, knowing: catalog)
    }

    private func modelsDev(_ json: String, seenOn: String = "2026-07-02") throws -> Side {
        try Side(.modelsDev, in: SourceFixtures.snapshot(json, url: "https://models.dev", seenOn: seenOn))
    }

    // MARK: Coverage

    @Test func `Coverage is of both sides: 95 of 127 and 95 of 287`() throws {
        let shared = (0..<95).map { "model-\($0)-of-both" }
        let result = compare(
            try side("small", shared + (0..<32).map { "here-\($0 * 7919)" }),
            try side("large", shared + (0..<192).map { "there-\($0 * 104_729)" }))
        #expect(result.matches.count == 95)
        #expect((result.here.nameCount, result.there.nameCount) == (127, 287))
        #expect((result.onlyHere.count, result.onlyThere.count) == (32, 192))
        let text = result.rendered(as: .text)
        #expect(text.contains("95 of 127 (74.80 %) of small\n"))
        #expect(text.contains("95 of 287 (33.10 %) of large\n"))
        for lone in result.onlyHere { #expect(text.contains("only in small: p \(lone.name)\n")) }
        for lone in result.onlyThere { #expect(text.contains("only in large: p \(lone.name)\n")) }
    }

    @Test(arguments: TableFormat.allCases)
    func `An empty side says so and is no number`(format: TableFormat) throws {
        let text = compare(try side("empty", []), try side("full", ["a"])).rendered(as: format)
        #expect(!text.lowercased().contains("nan") && !text.contains("inf"))
        if format == .text { #expect(text.contains("empty has nothing to match\n")) }
        if format == .json { #expect(text.contains("\"matched_percent\": null")) }
        #expect(Share.percent(0, of: 0) == nil)
    }

    @Test(arguments: [(1, 3, "33.33"), (2, 3, "66.67"), (1, 1, "100.00"), (0, 5, "0.00"), (1, 800, "0.13")])
    func `A share is rounded half up to two decimals`(part: Int, whole: Int, percent: String) {
        #expect(Share.percent(part, of: whole) == percent)
    }

    @Test func `What only one side has a provider for is counted apart`() throws {
        let here = try side("here", ["a", "b"])
        let other = try side("there", at: "q", ["c"])
        let there = Side(
            name: "there", statements: try side("there", ["a"]).statements + other.statements)
        let result = compare(here, there)
        #expect((result.there.nameCount, result.there.sharedNameCount) == (2, 1))
        #expect(result.onlyThere.map(\.isProviderShared) == [false])
        #expect(result.rendered(as: .text).contains("only in there: q, a provider with 1 name\n"))
    }

    // MARK: Names

    @Test func `The surest way counts, and is told`() throws {
        let catalog = try SourceFixtures.catalog([
            SourceFixtures.model("openai/gpt-4o", aliases: ["gpt-4o", "chatgpt-4o"]),
            SourceFixtures.model("qwen/qwen3-32b", repo: "Qwen/Qwen3-32B"), SourceFixtures.provider("p"),
        ])
        let here = try side("here", ["Same-Name", "chatgpt-4o", "Qwen/Qwen3-32B-TEE", "claude-opus-4.5"])
        let there = try side(
            "there", ["same-name", "gpt-4o", "Qwen/Qwen3-32B", "anthropic/claude-opus-4-5-20251101"])
        let result = compare(here, there, knowing: catalog)
        #expect(
            Dictionary(uniqueKeysWithValues: result.matches.map { ($0.hereName, $0.tie.words) }) == [
                "Same-Name": "exact", "chatgpt-4o": "alias", "Qwen/Qwen3-32B-TEE": "rule service-suffix",
                "claude-opus-4.5": "rule date-suffix dots-as-dashes",
            ])
    }

    @Test func `A match that only the registry knows of names the model`() throws {
        let catalog = try SourceFixtures.catalog([
            SourceFixtures.model("deepseek/deepseek-v3", aliases: ["deepseek-chat"]),
            SourceFixtures.provider("p"),
        ])
        let result = compare(
            try side("here", ["deepseek-v3-fp8"]), try side("there", ["deepseek-chat"]), knowing: catalog)
        #expect(
            result.matches.map(\.tie.words) == [
                "rule precision-suffix vendor-left-out through deepseek/deepseek-v3"
            ])
    }

    @Test(arguments: [
        ("gpt-4", "gpt-4o"), ("llama-3-70b", "llama-3-70b-instruct"), ("mini", "gpt-4o-mini"),
        ("glm-4.5", "glm-4.5-air"), ("gpt-4o-2024-11-20", "gpt-4o-2024-05-13"),
    ])
    func `A part of a name or a likeness is no match`(name: String, other: String) throws {
        let catalog = try SourceFixtures.catalog([
            SourceFixtures.model("openai/gpt-4o", aliases: ["gpt-4o"]), SourceFixtures.provider("p"),
        ])
        let result = compare(try side("here", [name]), try side("there", [other]), knowing: catalog)
        #expect(result.matches.isEmpty)
        #expect((result.onlyHere.count, result.onlyThere.count) == (1, 1))
    }

    @Test func `What no rule decides stays apart, with its candidates`() throws {
        let result = compare(
            try side("here", ["gpt-4o-2024-11-20", "gpt-4o-2024-05-13"]), try side("there", ["gpt-4o"]))
        #expect(result.matches.isEmpty)
        #expect(result.onlyHere.map(\.candidates) == [["gpt-4o"], ["gpt-4o"]])
        #expect(result.onlyThere.map(\.candidates) == [["gpt-4o-2024-05-13", "gpt-4o-2024-11-20"]])
        #expect(result.resemblances.isEmpty)
    }

    @Test func `A name that is matched already is not matched again`() throws {
        let result = compare(
            try side("here", ["DeepSeek-V3.1", "DeepSeek-V3.1:THINKING"]),
            try side("there", ["DeepSeek-V3.1"]))
        #expect(result.matches.map(\.hereName) == ["DeepSeek-V3.1"])
        #expect(result.onlyHere.map(\.candidates) == [["DeepSeek-V3.1"]])
    }

    @Test func `What looks alike is a proposal with a score, and no more`() throws {
        let result = compare(
            try side("here", ["moonshotai/kimi-k2-instruct-0905"]),
            try side("there", ["moonshotai/kimi-k2-instruct-75k"]))
        #expect(result.matches.isEmpty)
        let found = try #require(result.resemblances.first)
        #expect(found.score >= 0.8 && found.score < 1)
    }

    @Test func `A repeated name is reported and none of its records is lost`() throws {
        let file = """
            {"data": [
              {"id": "org/a", "context_length": 1000, "pricing": {"prompt": 1, "completion": 2}},
              {"id": "org/A", "context_length": 2000, "pricing": {"prompt": 1, "completion": 2}},
              {"id": "org/b"}, {"id": "org/b"}]}
            """
        let here = try Side(.chutes, in: SourceFixtures.snapshot(file, seenOn: "2026-07-01"))
        let there = try Side(
            .chutes,
            in: SourceFixtures.snapshot(
                #"{"data": [{"id": "org/a", "context_length": 1000}]}"#, seenOn: "2026-07-26"))
        let result = compare(here, there)
        #expect((result.here.recordCount, result.here.nameCount) == (4, 2))
        #expect(result.here.repeated.map(\.name) == ["org/a", "org/b"])
        #expect(result.here.repeated.map(\.saysTheSame) == [false, true])
        // The first record agrees, the second does not.
        #expect(result.disagreements.map(\.here.value) == ["2000"])
    }

    // MARK: Facts

    @Test func `The limits of a Chutes model are its context and output, never the engine's ceiling`() throws
    {
        func side(_ member: String, day: String) throws -> Side {
            try Side(
                .chutes,
                in: SourceFixtures.snapshot(
                    #"{"data": [{"id": "org/a", "max_model_len": 1048576\#(member)}]}"#, seenOn: day))
        }
        let limits = #", "context_length": 131072, "max_output_length": 65536"#
        let ceilingOnly = compare(
            try side("", day: "2026-07-01"), try side(limits, day: "2026-07-26"))
        #expect(ceilingOnly.disagreements.isEmpty)
        #expect(ceilingOnly.fields.first { $0.field == .context }?.lackingHere == 1)
        let other = #", "context_length": 65536, "max_output_length": 65536"#
        let result = compare(try side(other, day: "2026-07-01"), try side(limits, day: "2026-07-26"))
        #expect(result.disagreements.map(\.field) == ["context"])
        #expect(result.disagreements.map(\.here.value) == ["65536"])
        #expect(result.disagreements.map(\.there.value) == ["131072"])
        #expect(result.disagreements.first?.ratio == 2)
    }

    @Test func `Conflicting prices are listed with both sources, both days and the ratio`() throws {
        let here = try modelsDev(
            """
            {"openai": {"id": "openai", "models": {
               "gpt-5": {"id": "gpt-5", "cost": {"input": 10, "output": 40}},
               "gpt-4o": {"id": "gpt-4o", "cost": {"input": 5, "output": 15}}}},
             "anthropic": {"id": "anthropic", "models": {
               "claude-opus-4-6": {"id": "claude-opus-4-6", "cost": {"input": 15, "output": 75}}}}}
            """, seenOn: "2026-03-01")
        let there = try Side(
            .liteLLM,
            in: SourceFixtures.snapshot(
                """
                {"gpt-5": {"litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 1.25e-06,
                   "output_cost_per_token": 1e-05},
                 "gpt-4o": {"litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 2.5e-06,
                   "output_cost_per_token": 1e-05},
                 "claude-opus-4-6": {"litellm_provider": "anthropic", "mode": "chat",
                   "input_cost_per_token": 5e-06, "output_cost_per_token": 2.5e-05}}
                """, url: "https://github.com/BerriAI/litellm", seenOn: "2026-07-24"))
        let result = compare(here, there)
        let lines = result.disagreements.map { conflict in
            "\(conflict.hereName) \(conflict.field) \(conflict.here.value) \(conflict.there.value) "
                + Share.number(conflict.ratio ?? 0)
        }
        #expect(
            lines == [
                "claude-opus-4-6 price input_text 15 5 3", "claude-opus-4-6 price output_text 75 25 3",
                "gpt-4o price input_text 5 2.5 2", "gpt-4o price output_text 15 10 1.5",
                "gpt-5 price input_text 10 1.25 8", "gpt-5 price output_text 40 10 4",
            ])
        for conflict in result.disagreements {
            #expect(conflict.here.origin.url == "https://models.dev")
            #expect(conflict.here.origin.seenOn.description == "2026-03-01")
            #expect(conflict.there.origin.url == "https://github.com/BerriAI/litellm")
            #expect(conflict.there.origin.seenOn.description == "2026-07-24")
        }
    }

    @Test func `An unknown price is neither zero nor a conflict; a free one is one`() throws {
        func side(_ cost: String, day: String) throws -> Side {
            try modelsDev(
                #"{"p": {"id": "p", "models": {"a:free": {"id": "a:free"\#(cost)}}}}"#, seenOn: day)
        }
        let known = try side(#", "cost": {"input": 1, "output": 2}"#, day: "2026-07-02")
        let unknown = compare(try side("", day: "2026-07-01"), known)
        #expect(unknown.disagreements.isEmpty)
        #expect(unknown.here.priceStates.map(\.count) == [0, 0, 1])
        #expect(unknown.fields.first { $0.field == .price }?.lackingHere == 1)
        let free = compare(try side(#", "cost": {"input": 0, "output": 0}"#, day: "2026-07-01"), known)
        #expect(free.here.priceStates.map(\.count) == [0, 1, 0])
        #expect(free.disagreements.map(\.here.value) == ["free", "free"])
        #expect(free.disagreements.allSatisfy { $0.ratio == nil })
    }

    @Test func `A zero without a reason is an unknown price`() throws {
        let side = try modelsDev(
            #"{"p": {"id": "p", "models": {"a": {"id": "a", "cost": {"input": 0, "output": 0}}}}}"#)
        let result = compare(side, side)
        #expect(result.here.priceStates.map(\.count) == [0, 0, 1])
        #expect(result.here.refusals.map(\.reason) == [.unexplainedZero])
    }
}
