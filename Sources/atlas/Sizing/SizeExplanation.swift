import Diagnostics
import Entities
import Sizing

/// How the figures of a sizing come about, term by term.
struct SizeExplanation {
    let text: String

    init(_ answer: SizingAnswer, _ question: SizingQuestion, of model: Model) {
        var lines = ["", "How it comes about:"]
        if let count = question.model.architecture.parameterCount {
            let source = model.parameters?.total.provenance.rawValue ?? "counted"
            lines.append(
                "  parameters: \(count.total) in all, \(count.active) for a token (\(source)); by role in 16 bits, what "
                    + "the format stores in fewer")
            let bits =
                Double(8) * answer.need.weights.point * Double(answer.layout.cardCount) / Double(count.total)
            lines.append(
                "  weights: \(ResultTable.decimal(bits, 2)) bits a parameter in \(question.model.format), over "
                    + "\(answer.layout.tensorRanks) ranks and \(answer.layout.pipelineStages) stages; + 0.2 % and 0.02 GiB as loaded"
            )
        }
        for group in question.model.geometry.groups {
            let window = group.windowTokens.map { ", at most \($0) tokens" } ?? ""
            let state = group.stateBytes > 0 ? ", \(group.stateBytes) bytes of state a sequence" : ""
            let bytes = group.bytesPerToken(
                cacheBytes: question.model.cacheBytes, tensorRanks: answer.layout.tensorRanks)
            lines.append(
                "  cache of \(group.layerCount) \"\(group.kind)\" layers: \(ResultTable.decimal(bytes, 0)) bytes a token and "
                    + "layer on a rank\(window)\(state)")
        }
        lines.append(
            "  activation: the sampler's \(ResultTable.decimal(answer.card.engine.samplerBytes, 1)) bytes a sequence and word, or the "
                + "widest layer over one batch of tokens, whichever is more")
        if let speed = answer.speed {
            let step = speed.step
            let parts = [
                ("weights", step.weights), ("cache", step.cache), ("layers", step.layers),
                ("step", step.step),
                ("exchange", step.exchange),
            ].map { "\($0.0) \(ResultTable.decimal($0.1 * 1_000, 2))" }
            lines.append("  a step in ms: " + parts.joined(separator: ", "))
        }
        if let source = model.architecture?.source {
            lines.append("  architecture: \(source.kind.rawValue), \(source.url ?? ""), \(source.checkedOn)")
        }
        lines.append(
            "  card: \(answer.card.accelerator.source.url ?? answer.card.accelerator.source.kind.rawValue), \(answer.card.accelerator.source.checkedOn)"
        )
        text = lines.map { $0 + "\n" }.joined()
    }
}
