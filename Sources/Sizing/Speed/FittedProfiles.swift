extension FittedProfile {
    /// Written by `benchmarks fit` on the calibration half of the truth table; see docs/sizing.md.
    package static let fitted: [FittedProfile] = [
        FittedProfile(
            engine: nil, generation: nil,
            speed: SpeedProfile(constants: [
                0.7442, 0.2577, 0.8, 2.848e-05, 3.61e-05, 0.0001726, 2.486e-05, 1.856e-05, 0.9206, 0.02798,
                3.251, 0.1448,
            ]),
            outputSpread: (0.7213, 1.451), firstSpread: (0.4725, 2.174), rowCount: 468),
        FittedProfile(
            engine: .llamaCPP, generation: nil,
            speed: SpeedProfile(constants: [
                0.7474, 0.2577, 0.7991, 2.935e-05, 6.659e-05, 0.0001687, 2.479e-05, 1.856e-05, 1.084, 0.02797,
                3.249, 0.1449,
            ]),
            outputSpread: (0.7213, 1.451), firstSpread: (0.4725, 2.174), rowCount: 11),
        FittedProfile(
            engine: .sglang, generation: "blackwell",
            speed: SpeedProfile(constants: [
                0.7128, 0.2559, 0.4707, 3.213e-05, 4.134e-05, 0.0001744, 2.701e-05, 2.357e-05, 0.8743,
                0.04422, 6.152, 0.4488,
            ]),
            outputSpread: (0.6933, 1.405), firstSpread: (0.3872, 2.574), rowCount: 84),
        FittedProfile(
            engine: .sglang, generation: "hopper",
            speed: SpeedProfile(constants: [
                1.0, 0.279, 0.4746, 3.085e-05, 4.254e-05, 0.0001735, 2.493e-05, 2.078e-05, 1.149, 0.126,
                2.439, 0.1085,
            ]),
            outputSpread: (0.8594, 1.378), firstSpread: (0.7427, 1.682), rowCount: 68),
        FittedProfile(
            engine: .tensorRT, generation: "blackwell",
            speed: SpeedProfile(constants: [
                0.7133, 0.2676, 0.4883, 2.811e-05, 3.554e-05, 0.0001716, 2.368e-05, 2.033e-05, 0.7659,
                0.02515, 5.522, 0.08931,
            ]),
            outputSpread: (0.7246, 1.42), firstSpread: (0.3533, 2.942), rowCount: 73),
        FittedProfile(
            engine: .tensorRT, generation: "hopper",
            speed: SpeedProfile(constants: [
                0.6866, 0.2011, 0.7101, 2.299e-05, 3.44e-05, 0.0001688, 3.157e-05, 1.475e-05, 0.8903, 0.1335,
                0.7603, 0.07538,
            ]),
            outputSpread: (0.7654, 1.817), firstSpread: (0.5959, 2.182), rowCount: 76),
        FittedProfile(
            engine: .vllm, generation: "blackwell",
            speed: SpeedProfile(constants: [
                0.933, 0.2599, 0.7194, 2.946e-05, 3.357e-05, 0.0001714, 2.456e-05, 1.945e-05, 0.9176, 0.01591,
                3.247, 0.09994,
            ]),
            outputSpread: (0.8017, 1.415), firstSpread: (0.6332, 1.477), rowCount: 85),
        FittedProfile(
            engine: .vllm, generation: "hopper",
            speed: SpeedProfile(constants: [
                0.8116, 0.2883, 0.8, 2.9e-05, 3.731e-05, 0.0001701, 2.284e-05, 1.864e-05, 1.287, 0.01905,
                2.764, 0.04606,
            ]),
            outputSpread: (0.5997, 1.337), firstSpread: (0.3446, 1.647), rowCount: 70),
    ]
}
