package import Entities

/// A model in a format under a workload on cards: the question that sizing answers.
package struct SizingQuestion: Sendable {
    package var architecture: Architecture
    package var format: WeightFormat
    package var workload: Workload
    /// Bytes of one value in the cache.
    package var cacheBytes: Double
    package var engine: EngineProfile
    /// True where the architecture was made up from a number of parameters.
    package var isAssumed: Bool

    package init(
        _ architecture: Architecture, as format: WeightFormat, workload: Workload, cacheBytes: Double = 2,
        engine: EngineProfile = .profile(.vllm), isAssumed: Bool = false
    ) {
        self.architecture = architecture
        self.format = format
        self.workload = workload
        self.cacheBytes = cacheBytes
        self.engine = engine
        self.isAssumed = isAssumed
    }
}

/// The answer for one kind of card and one layout.
package struct SizingAnswer: Sendable {
    package let card: Accelerator
    package let layout: Layout
    package let need: MemoryNeed
    package let needed: Estimate
    package let verdict: FitVerdict
    /// Nil where the card has no rate in sixteen bits.
    package let speed: SpeedEstimate?

    /// Bytes of the card that programs can use.
    package var usableBytes: Double { Double(card.usableBytes) }

    /// The share of the usable memory that stays free; below 0 where it does not fit.
    package var headroom: Double { 1 - needed.point / usableBytes }

    /// Sizes a question on cards of one kind.
    ///
    /// Throws where the layout cannot be, or the parameters cannot be counted.
    package init(_ question: SizingQuestion, on card: Accelerator, layout: Layout) throws(PlacementFault) {
        if let fault = layout.fault(for: question.architecture) { throw fault }
        guard
            let need = MemoryNeed(
                of: question.architecture, as: question.format, workload: question.workload, layout: layout,
                cacheBytes: question.cacheBytes, on: card, engine: question.engine)
        else { throw PlacementFault("the parameters of the network cannot be counted") }
        self.card = card
        self.layout = layout
        self.need = need
        needed = question.isAssumed ? need.needed.assumed : need.needed
        verdict = FitVerdict(needed, usableBytes: Double(card.usableBytes))
        let served = ServedModel(
            question.architecture, as: question.format, layout: layout, cacheBytes: question.cacheBytes,
            on: card)
        speed = served.map {
            SpeedEstimate(
                of: $0, workload: question.workload, engine: question.engine.engine,
                generation: card.architecture)
        }
    }

    /// The best layout of so many cards: the one with the lowest verdict, then the shortest time of a token.
    ///
    /// Throws with the nearest number of cards where none is possible.
    package static func best(
        _ question: SizingQuestion, on card: Accelerator, count: Int
    ) throws(PlacementFault) -> SizingAnswer {
        let perNode = card.maximumPerNode ?? 8
        var best: SizingAnswer?
        for layout in Layout.all(of: count, for: question.architecture, perNode: perNode) {
            let answer = try SizingAnswer(question, on: card, layout: layout)
            if let known = best, !answer.isBetter(than: known) { continue }
            best = answer
        }
        guard let best else {
            let nearest = Layout.nearestCount(to: count, for: question.architecture, perNode: perNode)
            throw PlacementFault(
                "no way to cut the model over \(count) cards in equal parts; \(nearest) would do")
        }
        return best
    }

    private func isBetter(than other: SizingAnswer) -> Bool {
        if verdict != other.verdict { return verdict < other.verdict }
        return (speed?.outputToken.point ?? .infinity) < (other.speed?.outputToken.point ?? .infinity)
    }
}

extension Estimate {
    /// The number with the range of an architecture that was made up.
    package var assumed: Estimate {
        Estimate(low: low * 0.85, point: point, high: high * 1.3, confidence: .assumed)
    }
}

/// What is the most, or the least, that will do.
package enum SizingSolver {
    /// The most tokens of context with which a workload fits; nil where not even one does.
    ///
    /// Memory never falls with the context, so halving finds it.
    package static func context(_ question: SizingQuestion, on card: Accelerator, layout: Layout) -> Int? {
        largest(upTo: question.architecture.maximumPosition ?? 1 << 24) { tokens in
            var question = question
            question.workload.promptTokens = max(0, tokens - question.workload.outputTokens)
            if tokens < question.workload.outputTokens { question.workload.outputTokens = tokens }
            return fits(question, on: card, layout: layout)
        }
    }

    /// The most sequences at a time with which a workload fits; nil where not even one does.
    package static func concurrency(_ question: SizingQuestion, on card: Accelerator, layout: Layout) -> Int?
    {
        largest(upTo: 1 << 20) { batch in
            var question = question
            question.workload.concurrency = batch
            return fits(question, on: card, layout: layout)
        }
    }

    /// The fewest cards on which a workload fits; nil where `most` are not enough.
    package static func count(_ question: SizingQuestion, on card: Accelerator, upTo most: Int = 64)
        -> SizingAnswer?
    {
        for count in 1...most {
            if let answer = try? SizingAnswer.best(question, on: card, count: count), answer.verdict != .no {
                return answer
            }
        }
        return nil
    }

    private static func fits(_ question: SizingQuestion, on card: Accelerator, layout: Layout) -> Bool {
        guard
            let need = MemoryNeed(
                of: question.architecture, as: question.format, workload: question.workload, layout: layout,
                cacheBytes: question.cacheBytes, on: card, engine: question.engine)
        else { return false }
        return need.needed.point < Double(card.usableBytes)
    }

    /// The largest number from 1 on that passes a test which no larger number passes after one has failed.
    private static func largest(upTo most: Int, where passes: (Int) -> Bool) -> Int? {
        guard passes(1) else { return nil }
        var (low, high) = (1, 2)
        while high < most, passes(high) { (low, high) = (high, high * 2) }
        if high >= most, passes(most) { return most }
        high = min(high, most)
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if passes(middle) { low = middle } else { high = middle }
        }
        return low
    }
}
