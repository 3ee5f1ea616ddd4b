extension FittedProfile {
    /// Written by `benchmarks fit` on the calibration half of the truth table; see docs/sizing.md.
    package static let fitted: [FittedProfile] = [
        FittedProfile(
            engine: nil, generation: nil,
            speed: SpeedProfile(constants: [
                0.7423, 0.2776, 0.8, 2.803e-05, 3.65e-05, 0.000173, 2.582e-05, 1.87e-05, 0.9198, 0.02272,
                3.555, 0.1432,
            ]),
            outputSpread: (0.7236, 1.466), firstSpread: (0.4795, 2.148), rowCount: 468),
        FittedProfile(
            engine: .llamaCPP, generation: nil,
            speed: SpeedProfile(constants: [
                0.7469, 0.2776, 0.8, 2.916e-05, 6.67e-05, 0.0001699, 2.574e-05, 1.871e-05, 1.083, 0.02271,
                3.554, 0.1431,
            ]),
            outputSpread: (0.7236, 1.466), firstSpread: (0.4795, 2.148), rowCount: 11),
        FittedProfile(
            engine: .sglang, generation: "blackwell",
            speed: SpeedProfile(constants: [
                0.7159, 0.2772, 0.4879, 3.166e-05, 4.178e-05, 0.0001744, 2.815e-05, 2.355e-05, 0.8759,
                0.03514, 6.492, 0.4521,
            ]),
            outputSpread: (0.6926, 1.419), firstSpread: (0.3871, 2.518), rowCount: 84),
        FittedProfile(
            engine: .sglang, generation: "hopper",
            speed: SpeedProfile(constants: [
                1.0, 0.2993, 0.475, 3.037e-05, 4.301e-05, 0.0001736, 2.59e-05, 2.09e-05, 1.149, 0.1182, 2.52,
                0.1102,
            ]),
            outputSpread: (0.8815, 1.374), firstSpread: (0.7351, 1.724), rowCount: 68),
        FittedProfile(
            engine: .tensorRT, generation: "blackwell",
            speed: SpeedProfile(constants: [
                0.7052, 0.2872, 0.5055, 2.759e-05, 3.572e-05, 0.0001708, 2.368e-05, 2.04e-05, 0.7602, 0.01819,
                5.796, 0.09121,
            ]),
            outputSpread: (0.745, 1.434), firstSpread: (0.3579, 2.951), rowCount: 73),
        FittedProfile(
            engine: .tensorRT, generation: "hopper",
            speed: SpeedProfile(constants: [
                0.6405, 0.2485, 0.7981, 2.204e-05, 3.377e-05, 0.000169, 3.634e-05, 1.422e-05, 0.9084, 0.1159,
                0.9715, 0.08769,
            ]),
            outputSpread: (0.7458, 1.646), firstSpread: (0.604, 2.148), rowCount: 76),
        FittedProfile(
            engine: .vllm, generation: "blackwell",
            speed: SpeedProfile(constants: [
                0.9324, 0.2766, 0.7171, 2.931e-05, 3.385e-05, 0.0001726, 2.569e-05, 1.946e-05, 0.9077,
                0.01631, 3.228, 0.09971,
            ]),
            outputSpread: (0.7978, 1.44), firstSpread: (0.6124, 1.451), rowCount: 85),
        FittedProfile(
            engine: .vllm, generation: "hopper",
            speed: SpeedProfile(constants: [
                0.813, 0.3044, 0.8, 2.866e-05, 3.782e-05, 0.0001707, 2.373e-05, 1.882e-05, 1.318, 0.01887,
                2.776, 0.0454,
            ]),
            outputSpread: (0.6117, 1.341), firstSpread: (0.3446, 1.861), rowCount: 70),
    ]
}
