import Diagnostics

extension Review {
    /// Stated counts against one another and against the count over the architecture, where that is known.
    mutating func check(_ parameters: Parameters, against architecture: Architecture?) {
        let total = parameters.total.value
        var isOrdered = true
        for (part, field) in [
            (parameters.active, "active"), (parameters.embedding, "embedding"), (parameters.vision, "vision"),
        ] {
            guard let part, part.value > total else { continue }
            isOrdered = false
            report(
                .parametersOrder, at: "/parameters/\(field)/value",
                "\(part.value) \(field) parameters of \(total) in total")
        }
        guard isOrdered, let architecture, let counted = architecture.parameterCount else { return }
        compare(parameters.total, with: counted.total, of: "total")
        if let active = parameters.active { compare(active, with: counted.active, of: "active") }
        if let vision = parameters.vision, let tower = architecture.vision?.parameterCount {
            compare(vision, with: tower, of: "vision")
        }
        if let embedding = parameters.embedding {
            compare(embedding, with: counted.embedding, of: "embedding")
        }
    }

    /// How far a count may be off is a matter of how it is known: an exact one not at all, a stated one by the
    /// digits it leaves out. More than two in a hundred is another model, or another architecture.
    private mutating func compare(_ stated: StatedCount, with counted: Int, of field: String) {
        let difference = stated.value.distance(to: counted).magnitude
        let isFar = Double(difference) > 0.02 * Double(counted)
        let contradicts: Bool
        switch stated.provenance {
        case .configExact: contradicts = difference > 0
        case .safetensors: contradicts = isFar
        case .stated: contradicts = isFar && difference > stated.roundingUnit && field == "total"
        case .estimated, .manualOverride: contradicts = false
        }
        let deviates: Bool
        switch stated.provenance {
        case .safetensors: deviates = difference > 0
        case .stated: deviates = difference > stated.roundingUnit && (field == "total" || isFar)
        case .estimated: deviates = isFar
        case .configExact, .manualOverride: deviates = false
        }
        guard contradicts || deviates else { return }
        report(
            contradicts ? .parametersContradiction : .parametersDeviation, at: "/parameters/\(field)/value",
            "\(stated.value) \(field) parameters, but the architecture has \(counted)",
            hint: "mend the architecture or the number; name what no formula gives under \"extras\"")
    }

    /// The size of weight files against the number of parameters: within 30 in a hundred.
    mutating func checkWeights(of model: Model, _ parameters: Parameters) {
        let total = Double(parameters.total.value)
        let extra = Double(parameters.multiTokenPrediction?.value ?? 0)
        // Quantized files keep their embeddings, and often more, in sixteen bits.
        let embedding = Double(
            parameters.embedding?.value ?? model.architecture?.parameterCount?.embedding ?? 0)
        for (index, files) in model.weights.enumerated() {
            guard let bytes = files.bytes, let bits = files.precision.bitsPerWeight else { continue }
            let least = total * bits / 8
            let most = ((total + extra - embedding) * bits + embedding * max(bits, 16)) / 8
            guard Double(bytes) < 0.7 * least || Double(bytes) > 1.3 * most else { continue }
            report(
                .weightsSize, at: "/weights/\(index)/bytes",
                "\(bytes) bytes for \(parameters.total.value) parameters in \(files.precision.rawValue)",
                hint: "about \(least.digits) bytes were to be expected")
        }
    }
}

extension StatedCount {
    /// One unit of the last digit that is not zero: what a rounded or cut number may be off.
    fileprivate var roundingUnit: UInt {
        var unit: UInt = 1
        var rest = value
        while rest > 0, rest.isMultiple(of: 10) { (rest, unit) = (rest / 10, unit * 10) }
        return unit
    }
}
