/// A model in a format under a workload: the question that sizing answers for cards.
package struct SizingQuestion: Sendable {
    package let model: ModelFootprint
    package var workload: Workload
    /// True where the architecture was made up from a number of parameters.
    package let isAssumed: Bool

    package init(_ model: ModelFootprint, workload: Workload, isAssumed: Bool = false) {
        self.model = model
        self.workload = workload
        self.isAssumed = isAssumed
    }
}

/// The answer for one kind of card and one layout.
package struct SizingAnswer: Sendable {
    package let card: ServingCard
    package let layout: Layout
    package let need: MemoryNeed
    package let needed: Estimate
    package let verdict: FitVerdict
    /// Nil where the card has no rate in sixteen bits.
    package let speed: SpeedEstimate?

    /// Bytes of the card that programs can use.
    package var usableBytes: Double { card.usableBytes }

    /// The share of the usable memory that stays free; below 0 where it does not fit.
    package var headroom: Double { 1 - needed.point / usableBytes }

    /// Sizes a question on cards of one kind.
    ///
    /// Throws where the layout cannot be.
    package init(_ question: SizingQuestion, on card: ServingCard, layout: Layout) throws(PlacementFault) {
        if let fault = layout.fault(for: question.model) { throw fault }
        let served = ServedModel(question.model, on: card, layout: layout)
        self.init(question, on: card, layout: layout, served: served)
    }

    /// The same where the layout is known to be possible; `served` is nil where the card has no rate.
    fileprivate init(
        _ question: SizingQuestion, on card: ServingCard, layout: Layout, served: ServedModel?
    ) {
        self.card = card
        self.layout = layout
        need = MemoryNeed(
            of: question.model, workload: question.workload, layout: layout, engine: card.engine,
            isLargeCard: card.isLarge)
        needed = question.isAssumed ? need.needed.assumed : need.needed
        verdict = FitVerdict(needed, usableBytes: card.usableBytes)
        speed = served.map { SpeedEstimate(of: $0, workload: question.workload) }
    }

    /// The best layout of so many cards: the one with the lowest verdict, then the shortest time of a token.
    ///
    /// Throws with the nearest number of cards where none is possible.
    package static func best(
        _ question: SizingQuestion, on card: ServingCard, count: Int
    ) throws(PlacementFault) -> SizingAnswer {
        var best: SizingAnswer?
        PlacementSearch(question.model, on: card, isAssumed: question.isAssumed)
            .visit(counts: [count], workloads: [question.workload]) { answer, _ in
                if best.map({ answer.isBetter(than: $0) }) ?? true { best = answer }
            }
        guard let best else {
            let nearest = Layout.nearestCount(to: count, for: question.model, on: card)
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

/// Every way to lay a model out on cards of one kind.
package struct PlacementSearch: Sendable {
    private let model: ModelFootprint
    private let card: ServingCard
    private let isAssumed: Bool

    package init(_ model: ModelFootprint, on card: ServingCard, isAssumed: Bool = false) {
        self.model = model
        self.card = card
        self.isAssumed = isAssumed
    }

    /// Calls `body` with the answer of each layout of each number of cards under each load, and the number of the load.
    ///
    /// In the order of the counts, then of `Layout.all`, then of the loads. What a layout alone decides is worked out
    /// once.
    package func visit(
        counts: some Sequence<Int>, workloads: [Workload], _ body: (SizingAnswer, Int) -> Void
    ) {
        for count in counts {
            for layout in Layout.all(of: count, for: model, on: card) {
                let served = ServedModel(model, on: card, layout: layout)
                for (number, workload) in workloads.enumerated() {
                    let question = SizingQuestion(model, workload: workload, isAssumed: isAssumed)
                    body(SizingAnswer(question, on: card, layout: layout, served: served), number)
                }
            }
        }
    }
}
