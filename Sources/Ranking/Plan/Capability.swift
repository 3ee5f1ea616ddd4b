import Entities
import Sizing

/// What one replica of a model does on cards of a kind, cut in one way, in one format.
struct Capability: Sendable {
    /// What it does with so many sequences at a time.
    struct Point: Sendable {
        let concurrency: Int
        /// Tokens a second, of prompts and answers, in nine cases of ten at least.
        let tokensPerSecond: Double
        let firstToken: Estimate
        let outputToken: Estimate
    }

    let layout: Layout
    let format: WeightFormat
    /// The batches within the limits of the question, ascending.
    private(set) var points: [Point]
    let isDerived: Bool

    /// The most that it does.
    var most: Double { points.map(\.tokensPerSecond).max() ?? 0 }

    /// What it does when so many tokens a second are asked of it: the smallest batch that gives them, else the one that
    /// gives most.
    func point(at tokensPerSecond: Double) -> Point? {
        points.first { $0.tokensPerSecond >= tokensPerSecond }
            ?? points.max { $0.tokensPerSecond < $1.tokensPerSecond }
    }

    /// The batches that are tried.
    private static let batches = (0...10).map { 1 << $0 }
    /// The numbers of cards of one replica that are tried.
    private static let counts = [1, 2, 4, 8, 16]

    /// For each number of cards of one replica the way that does most, within the limits of a question; memory and times
    /// are judged at the high end of their ranges.
    ///
    /// `fault` says why where none is possible.
    static func all(
        of models: [ModelFootprint], isAssumed: Bool, on card: ServingCard, _ question: PlanQuestion
    ) -> (capabilities: [Capability], fault: String?) {
        let loads = batches.map { batch in
            var load = question.request
            load.concurrency = batch
            return load
        }
        var best: [Int: Capability] = [:]
        var (isHeld, isPlaced) = (false, false)
        for model in models {
            var current: Capability?
            func settle() {
                guard let found = current, !found.points.isEmpty else { return }
                let count = found.layout.cardCount
                if best[count].map({ $0.most < found.most }) ?? true { best[count] = found }
            }
            PlacementSearch(model, on: card, isAssumed: isAssumed).visit(counts: counts, workloads: loads) {
                answer, number in
                isPlaced = true
                if number == 0 {
                    settle()
                    current = Capability(
                        layout: answer.layout, format: model.format, points: [],
                        isDerived: !isAssumed && (answer.speed?.outputToken.confidence ?? .low) >= .medium)
                }
                guard answer.verdict == .fits, let speed = answer.speed else { return }
                isHeld = true
                guard speed.firstToken.high <= question.firstTokenSeconds ?? .infinity,
                    speed.outputToken.high <= question.outputTokenSeconds ?? .infinity
                else { return }
                current?.points.append(
                    Point(
                        concurrency: loads[number].concurrency,
                        tokensPerSecond: speed.tokensPerSecond.low * question.tokensPerOutputToken,
                        firstToken: speed.firstToken, outputToken: speed.outputToken))
            }
            settle()
        }
        guard best.isEmpty else { return (best.sorted { $0.key < $1.key }.map(\.value), nil) }
        let fault =
            if isHeld {
                "too slow for the times that were asked"
            } else if isPlaced {
                card.isRated ? "does not fit 16 of them" : "no rate of its arithmetic is known"
            } else {
                "cannot be cut over them"
            }
        return ([], fault)
    }
}
