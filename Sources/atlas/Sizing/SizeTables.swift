import Diagnostics
import Entities
import Sizing
import Text

/// The tables of `atlas size`.
enum SizeTables {
    static let gib = 1_073_741_824.0

    /// What takes the memory of the fullest card, and what a user sees.
    static func parts(_ answer: SizingAnswer, _ question: SizingQuestion) -> ResultTable {
        var table = ResultTable([
            .init("figure", key: "figure"), .init("low", key: "low"), .init("point", key: "point"),
            .init("high", key: "high"), .init("unit", key: "unit"), .init("known", key: "confidence"),
        ])
        func add(_ name: String, _ value: Estimate, _ unit: String, scale: Double = 1, decimals: Int = 2) {
            table.rows.append([
                .text(name), .number(value.low * scale, decimals: decimals),
                .number(value.point * scale, decimals: decimals),
                .number(value.high * scale, decimals: decimals),
                .text(unit), .text(value.confidence.rawValue),
            ])
        }
        add("weights", answer.need.weights, "GiB", scale: 1 / gib)
        add("cache", answer.need.cache, "GiB", scale: 1 / gib)
        add("activation peak", answer.need.activation, "GiB", scale: 1 / gib)
        add("engine", answer.need.overhead, "GiB", scale: 1 / gib)
        add("needed for this load", answer.needed, "GiB", scale: 1 / gib)
        add("least to start", answer.need.minimum(for: question.workload), "GiB", scale: 1 / gib)
        add("engine will reserve", Estimate(exact: answer.card.reservedBytes), "GiB", scale: 1 / gib)
        add("usable on the card", Estimate(exact: answer.usableBytes), "GiB", scale: 1 / gib)
        if let speed = answer.speed {
            add("first token (TTFT)", speed.firstToken, "ms", scale: 1_000, decimals: 0)
            add("each token (TPOT)", speed.outputToken, "ms", scale: 1_000, decimals: 1)
            add(
                "tokens for a user", speed.tokensPerSecond * (1 / Double(question.workload.concurrency)),
                "tokens/s", decimals: 1)
            add("tokens in all", speed.tokensPerSecond, "tokens/s", decimals: 0)
        }
        table.notes =
            [verdict(answer), load(question, answer.card.engine.engine)]
            + (answer.speed.map { [binding($0)] } ?? [])
        if question.isAssumed {
            table.notes.append("The architecture is not known; a plain one of that size was assumed.")
        }
        return table
    }

    private static func verdict(_ answer: SizingAnswer) -> String {
        let layout = answer.layout
        var cut = "TP \(layout.tensorRanks)"
        if layout.dataRanks > 1 { cut += " × DP \(layout.dataRanks), experts over all" }
        if layout.pipelineStages > 1 { cut += " × PP \(layout.pipelineStages)" }
        let free = ResultTable.decimal(answer.headroom * 100, 0)
        let word =
            switch answer.verdict {
            case .fits: "fits, \(free) % free"
            case .tight: "is tight: the high end does not fit, \(free) % free at the point"
            case .no: "does not fit"
            }
        return "On \(layout.cardCount) × \(answer.card.accelerator.name) (\(cut)) it \(word)."
    }

    static func load(_ question: SizingQuestion, _ engine: EngineProfile.Engine) -> String {
        let load = question.workload
        return "\(load.promptTokens) + \(load.outputTokens) tokens, \(load.concurrency) at a time, weights "
            + "\(question.model.format), \(engine.rawValue)."
    }

    private static func binding(_ speed: SpeedEstimate) -> String {
        let step = speed.step
        let parts = [
            (step.weights, step.isComputeBound ? "arithmetic" : "reading weights"),
            (step.cache, "reading the cache"),
            (step.layers + step.step, "the engine's own steps"), (step.exchange, "exchange between cards"),
        ]
        let most = parts.max { $0.0 < $1.0 } ?? parts[0]
        let share = ResultTable.decimal(most.0 / step.seconds * 100, 0)
        return "A token takes its time mostly from \(most.1): \(share) % of a step."
    }

    /// The fewest cards of every kind with the lowest price of an hour that is known, and which of them no other beats.
    static func everywhere(
        _ answers: [SizingAnswer], _ loadNote: String, hourlyPrice: (SizingAnswer) -> Money?
    ) -> ResultTable {
        var table = ResultTable([
            .init("accelerator", key: "accelerator"), .init("cards", key: "cards"), .init("TP", key: "tp"),
            .init("DP", key: "dp"), .init("PP", key: "pp"), .init("verdict", key: "verdict"),
            .init("GiB a card", key: "needed_gib"),
            .init("usable", key: "usable_gib"), .init("free %", key: "free_percent"),
            .init("TTFT ms", key: "ttft_ms"), .init("TPOT ms", key: "tpot_ms"),
            .init("tok/s", key: "tokens_per_s"), .init("USD/h", key: "usd_per_hour"),
            .init("best", key: "unbeaten"),
        ])
        let sorted = answers.sorted { left, right in
            let (a, b) = (total(left), total(right))
            return a != b ? a < b : left.card.accelerator.id < right.card.accelerator.id
        }
        let prices = sorted.map(hourlyPrice)
        let figures = zip(sorted, prices).map { self.figures($0, $1) }
        for (index, answer) in sorted.enumerated() {
            let (price, own) = (prices[index], figures[index])
            let isUnbeaten = !figures.contains { theirs in
                zip(theirs, own).allSatisfy { $0 <= $1 } && theirs != own
            }
            table.rows.append([
                .text(answer.card.accelerator.id.text), .integer(answer.layout.cardCount),
                .integer(answer.layout.tensorRanks),
                .integer(answer.layout.dataRanks), .integer(answer.layout.pipelineStages),
                .text(answer.verdict.rawValue),
                .number(answer.needed.point / gib, decimals: 1),
                .number(answer.usableBytes / gib, decimals: 1),
                .number(answer.headroom * 100, decimals: 0),
                answer.speed.map { .number($0.firstToken.point * 1_000, decimals: 0) } ?? .none,
                answer.speed.map { .number($0.outputToken.point * 1_000, decimals: 1) } ?? .none,
                answer.speed.map { .number($0.tokensPerSecond.point, decimals: 0) } ?? .none,
                price.map { .money($0, decimals: 2) } ?? .none,
                .text(isUnbeaten ? "*" : ""),
            ])
        }
        table.notes = [
            loadNote,
            "USD/h where it is rented for least; * no other costs less, has shorter steps and more room at once.",
        ]
        return table
    }

    private static func total(_ answer: SizingAnswer) -> Double {
        answer.usableBytes * Double(answer.layout.cardCount)
    }

    /// Cost, time of a token and room taken, each the better the less; what nobody rents has no least cost.
    private static func figures(_ answer: SizingAnswer, _ price: Money?) -> [Double] {
        [
            price?.approximate ?? .infinity, answer.speed?.outputToken.point ?? .infinity, -answer.headroom,
        ]
    }

    /// What a load takes on one layout in each of the formats that people choose between.
    static func formats(
        _ question: SizingQuestion, _ layout: Layout, serving: (WeightFormat) -> ServingCard
    ) -> ResultTable {
        var table = ResultTable([
            .init("format", key: "format"), .init("weights GiB", key: "weights_gib"),
            .init("cache", key: "cache_gib"), .init("needed", key: "needed_gib"),
            .init("usable", key: "usable_gib"), .init("verdict", key: "verdict"),
            .init("TTFT ms", key: "ttft_ms"), .init("TPOT ms", key: "tpot_ms"),
            .init("tok/s", key: "tokens_per_s"),
        ])
        let names = ["bf16", "fp8", "int8", "awq"]
        for other in FitsCommand.questions(question, in: names) {
            let card = serving(other.model.format)
            guard let answer = try? SizingAnswer(other, on: card, layout: layout) else { continue }
            table.rows.append([
                .text(other.model.format.description),
                .number(answer.need.weights.point / gib, decimals: 1),
                .number(answer.need.cache.point / gib, decimals: 2),
                .number(answer.needed.point / gib, decimals: 1),
                .number(answer.usableBytes / gib, decimals: 1), .text(answer.verdict.rawValue),
                answer.speed.map { .number($0.firstToken.point * 1_000, decimals: 0) } ?? .none,
                answer.speed.map { .number($0.outputToken.point * 1_000, decimals: 1) } ?? .none,
                answer.speed.map { .number($0.tokensPerSecond.point, decimals: 0) } ?? .none,
            ])
        }
        let load = question.workload
        table.notes = [
            "\(load.promptTokens) + \(load.outputTokens) tokens, \(load.concurrency) at a time, on "
                + "\(layout.cardCount) cards: GiB and times of the fullest."
        ]
        return table
    }

    // MARK: The other way about

    /// The most, or the least, that will do on a layout.
    static func solution(
        _ solution: SizeCommand.Solution, _ question: SizingQuestion, on card: ServingCard, _ layout: Layout,
        serving: (WeightFormat) -> ServingCard
    ) -> ResultTable {
        var table = ResultTable([
            .init("cards", key: "cards"), .init("format", key: "format"),
            .init("context", key: "context_tokens"),
            .init("at a time", key: "concurrency"), .init("verdict", key: "verdict"),
        ])
        func add(
            _ question: SizingQuestion, on card: ServingCard, context: Int?, batch: Int?, layout: Layout
        ) {
            var asked = question
            if let batch { asked.workload.concurrency = batch }
            if let context { asked.workload.promptTokens = max(0, context - asked.workload.outputTokens) }
            let isAnswered = context != nil && batch != nil
            let verdict = isAnswered ? (try? SizingAnswer(asked, on: card, layout: layout))?.verdict : .no
            table.rows.append([
                .integer(layout.cardCount), .text(question.model.format.description),
                context.map { .integer($0) } ?? .none,
                batch.map { .integer($0) } ?? .none, .text((verdict ?? .no).rawValue),
            ])
        }
        let load = question.workload
        switch solution {
        case .context:
            let most = SizingSolver.context(question, on: card, layout: layout)
            add(question, on: card, context: most, batch: load.concurrency, layout: layout)
        case .batch:
            let most = SizingSolver.concurrency(question, on: card, layout: layout)
            add(question, on: card, context: load.contextTokens, batch: most, layout: layout)
        case .count:
            let fewest = SizingSolver.count(question, on: card)
            add(
                question, on: card, context: fewest == nil ? nil : load.contextTokens,
                batch: load.concurrency,
                layout: fewest?.layout ?? layout)
        case .format:
            for other in FitsCommand.questions(question) {
                let card = serving(other.model.format)
                add(
                    other, on: card, context: SizingSolver.context(other, on: card, layout: layout),
                    batch: load.concurrency, layout: layout)
            }
        }
        return table
    }
}
