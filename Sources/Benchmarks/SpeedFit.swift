import Glibc
import Sizing

/// Speed profiles fitted on samples: one for all, and one for each engine on each generation of cards.
struct SpeedFit {
    private let common: SpeedProfile
    private let profiles: [String: SpeedProfile]
    private let samples: [SpeedSample]

    /// Where the search begins: constants that a prototype of these formulas was fitted to.
    private static let start = SpeedProfile(constants: [
        0.95, 0.41, 0.47, 0.5, 50e-6, 20e-6, 0.2e-3, 20e-6, 26e-6, 1.35, 0.02, 1, 0.3,
    ])
    /// What it costs a group's constants to stray from the common ones: in mean error, by the square of the logarithm.
    ///
    /// Chosen by the error on models left out. A group has rows of few models, so what decides a step is held tight;
    /// when engines admit a prompt differs between them and is left to the group.
    private static let pulls = [
        0.03, 0.03, 0.01, 0.1, 0.03, 0.03, 0.03, 0.03, 0.03, 0.03, 0.001, 0.003, 0.003,
    ]
    /// What an error of the time to the first token counts, where one of the time of a token counts 1.
    private static let firstTokenWeight = 1.2

    init(_ samples: [SpeedSample]) {
        self.samples = samples
        let common = SpeedFit.fitted(samples, from: SpeedFit.start, pulls: SpeedFit.pulls.map { _ in 0.002 })
        self.common = common
        var profiles: [String: SpeedProfile] = [:]
        for (group, own) in Dictionary(grouping: samples, by: \.group) where own.count >= 8 {
            profiles[group] = SpeedFit.fitted(own, from: common, pulls: SpeedFit.pulls)
        }
        self.profiles = profiles
    }

    func profile(of sample: SpeedSample) -> SpeedProfile { profiles[sample.group] ?? common }

    func error(of sample: SpeedSample) -> SpeedError {
        SpeedFit.error(of: sample, profile(of: sample))
    }

    func errors(on samples: [SpeedSample]) -> SpeedErrors { SpeedErrors(samples.map { error(of: $0) }) }

    private static func error(of sample: SpeedSample, _ profile: SpeedProfile) -> SpeedError {
        let times = SpeedEstimate.times(of: sample.served, workload: sample.workload, profile: profile)
        let ratio = sample.output.map { $0 / times.output } ?? (sample.first ?? 0) / times.first
        return SpeedError(isOutput: sample.output != nil, group: sample.group, ratio: ratio)
    }

    // MARK: Fitting

    /// The profile with the least mean absolute logarithm of the ratios, held near where it begins.
    private static func fitted(
        _ samples: [SpeedSample], from start: SpeedProfile, pulls: [Double]
    ) -> SpeedProfile {
        let origin = start.constants.map { log($0) }
        func loss(_ point: [Double]) -> Double {
            let profile = SpeedProfile(constants: bounded(point.map { exp($0) }))
            var sum = 0.0
            for sample in samples {
                let error = error(of: sample, profile)
                // The first token is the noisier: queues of the client are in it.
                sum += abs(log(max(error.ratio, 1e-6))) * (error.isOutput ? 1 : SpeedFit.firstTokenWeight)
            }
            let strayed = pulls.indices.reduce(0) { total, axis in
                total + pulls[axis] * (point[axis] - origin[axis]) * (point[axis] - origin[axis])
            }
            return sum / Double(max(1, samples.count)) + strayed
        }
        var simplex = Simplex(around: origin, step: 0.3, of: loss)
        for _ in 0..<4 {
            simplex.descend(steps: 400, of: loss)
            simplex = Simplex(around: simplex.best, step: 0.15, of: loss)
        }
        simplex.descend(steps: 600, of: loss)
        return SpeedProfile(constants: bounded(simplex.best.map { exp($0) }))
    }

    /// Shares stay shares, and nothing costs less than nothing.
    private static func bounded(_ constants: [Double]) -> [Double] {
        let most = [1.0, 1.0, 0.8, 1.0, 1e-3, 1e-3, 50e-3, 1e-3, 1e-3, 4, 1, 10, 3]
        return zip(constants, most).map { min($0, $1) }
    }

    // MARK: Writing

    /// The profiles as a source file; the spreads are those of rows that were not fitted.
    func source(unseen: [SpeedError]) -> String {
        var text = """
            extension FittedProfile {
                /// Written by `benchmarks fit` on the calibration half of the truth table; see docs/sizing.md.
                package static let fitted: [FittedProfile] = [

            """
        text += entry(nil, nil, common, unseen, samples.count)
        for (group, profile) in profiles.sorted(by: { $0.key < $1.key }) {
            let own = samples.filter { $0.group == group }
            guard let first = own.first else { continue }
            let errors = unseen.filter { $0.group == group }
            text += entry(
                first.engine, first.generation, profile, errors.count >= 20 ? errors : unseen, own.count)
        }
        return text + "    ]\n}\n"
    }

    private func entry(
        _ engine: EngineProfile.Engine?, _ generation: String?, _ profile: SpeedProfile,
        _ errors: [SpeedError],
        _ count: Int
    ) -> String {
        let name = engine.map { ".\($0)" } ?? "nil"
        let place = generation.map { "\"\($0)\"" } ?? "nil"
        let constants = profile.constants.map { SpeedFit.rounded($0) }.joined(separator: ", ")
        let output = SpeedFit.spread(errors.filter(\.isOutput))
        let first = SpeedFit.spread(errors.filter { !$0.isOutput })
        return """
                    FittedProfile(
                        engine: \(name), generation: \(place),
                        speed: SpeedProfile(constants: [
                            \(constants),
                        ]),
                        outputSpread: (\(output)), firstSpread: (\(first)), rowCount: \(count)),

            """
    }

    /// The thirteenth and the eighty-seventh of a hundred ratios: between rows that were fitted and rows that were not.
    private static func spread(_ errors: [SpeedError]) -> String {
        let ratios = errors.map(\.ratio).sorted()
        guard ratios.count > 4 else { return "0.6, 1.6" }
        let low = ratios[ratios.count * 13 / 100]
        let high = ratios[ratios.count * 87 / 100]
        return "\(rounded(low)), \(rounded(high))"
    }

    /// Four significant digits.
    private static func rounded(_ number: Double) -> String {
        guard number > 0 else { return "0" }
        let scale = pow(10, 3 - floor(log10(number)))
        return String((number * scale).rounded() / scale)
    }
}

/// The downhill simplex method (Nelder and Mead 1965): the least of a function of a few numbers, without derivatives.
struct Simplex {
    private var points: [(point: [Double], value: Double)]

    init(around point: [Double], step: Double, of function: ([Double]) -> Double) {
        points = [(point, function(point))]
        for index in point.indices {
            var corner = point
            corner[index] += step
            points.append((corner, function(corner)))
        }
        points.sort { $0.value < $1.value }
    }

    var best: [Double] { points[0].point }

    mutating func descend(steps: Int, of function: ([Double]) -> Double) {
        let last = points.count - 1
        for _ in 0..<steps {
            let worst = points[last]
            let center = worst.point.indices.map { axis in
                points[..<last].reduce(0) { $0 + $1.point[axis] } / Double(last)
            }
            func moved(_ factor: Double) -> (point: [Double], value: Double) {
                let point = zip(center, worst.point).map { $0 + factor * ($0 - $1) }
                return (point, function(point))
            }
            let reflected = moved(1)
            if reflected.value < points[0].value {
                let expanded = moved(2)
                points[last] = expanded.value < reflected.value ? expanded : reflected
            } else if reflected.value < points[last - 1].value {
                points[last] = reflected
            } else {
                let contracted = moved(reflected.value < worst.value ? 0.5 : -0.5)
                if contracted.value < min(worst.value, reflected.value) {
                    points[last] = contracted
                } else {
                    let best = points[0].point
                    for index in 1...last {
                        let point = zip(points[index].point, best).map { ($0 + $1) / 2 }
                        points[index] = (point, function(point))
                    }
                }
            }
            points.sort { $0.value < $1.value }
        }
    }
}
