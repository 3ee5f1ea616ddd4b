import Entities

/// What is the most, or the least, that will do.
package enum SizingSolver {
    /// The most tokens of context with which a workload fits; nil where not even one does.
    ///
    /// Memory never falls with the context, so halving finds it.
    package static func context(_ question: SizingQuestion, on card: ServingCard, layout: Layout) -> Int? {
        largest(upTo: question.model.architecture.maximumPosition ?? 1 << 24) { tokens in
            var question = question
            question.workload.promptTokens = max(0, tokens - question.workload.outputTokens)
            if tokens < question.workload.outputTokens { question.workload.outputTokens = tokens }
            return fits(question, on: card, layout: layout)
        }
    }

    /// The most sequences at a time with which a workload fits; nil where not even one does.
    package static func concurrency(_ question: SizingQuestion, on card: ServingCard, layout: Layout) -> Int?
    {
        largest(upTo: 1 << 20) { batch in
            var question = question
            question.workload.concurrency = batch
            return fits(question, on: card, layout: layout)
        }
    }

    /// The fewest cards on which a workload fits; nil where `most` are not enough.
    package static func count(_ question: SizingQuestion, on card: ServingCard, upTo most: Int = 64)
        -> SizingAnswer?
    {
        for count in 1...most {
            if let answer = try? SizingAnswer.best(question, on: card, count: count), answer.verdict != .no {
                return answer
            }
        }
        return nil
    }

    private static func fits(_ question: SizingQuestion, on card: ServingCard, layout: Layout) -> Bool {
        let need = MemoryNeed(
            of: question.model, workload: question.workload, layout: layout, engine: card.engine,
            isLargeCard: card.isLarge
        ).needed
        return need.point < card.usableBytes
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
