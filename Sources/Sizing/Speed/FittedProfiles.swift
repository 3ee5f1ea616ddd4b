extension FittedProfile {
    /// Written by `benchmarks fit` on the calibration half of the truth table; see docs/sizing.md.
    package static let fitted: [FittedProfile] = [
        FittedProfile(
            engine: nil, generation: nil,
            speed: SpeedProfile(constants: [
                0.7751, 0.3361, 1.0, 3.496e-05, 0.0001832, 2.868e-05, 1.111, 0.01696, 4.705, 0.1399,
            ]),
            outputSpread: (0.7182, 1.417), firstSpread: (0.4826, 1.982), rowCount: 410),
        FittedProfile(
            engine: .sglang, generation: "blackwell",
            speed: SpeedProfile(constants: [
                0.6283, 0.335, 0.4536, 3.43e-05, 0.0001809, 5.215e-05, 0.7117, 0.01951, 5.556, 0.395,
            ]),
            outputSpread: (0.6429, 1.347), firstSpread: (0.4027, 2.167), rowCount: 84),
        FittedProfile(
            engine: .sglang, generation: "hopper",
            speed: SpeedProfile(constants: [
                1.0, 0.2698, 0.5199, 4.842e-05, 0.0001863, 4.183e-05, 1.132, 0.07258, 3.621, 0.1342,
            ]),
            outputSpread: (0.8122, 1.405), firstSpread: (0.7346, 1.975), rowCount: 68),
        FittedProfile(
            engine: .tensorRT, generation: "blackwell",
            speed: SpeedProfile(constants: [
                1.0, 0.3305, 1.0, 3.366e-05, 0.0001764, 3.924e-05, 1.083, 0.0112, 8.207, 0.09836,
            ]),
            outputSpread: (0.6341, 4.317), firstSpread: (0.3864, 2.35), rowCount: 50),
        FittedProfile(
            engine: .tensorRT, generation: "hopper",
            speed: SpeedProfile(constants: [
                0.6917, 0.3002, 0.9417, 1.989e-05, 0.0001667, 1.564e-05, 1.247, 0.1145, 1.526, 0.1105,
            ]),
            outputSpread: (0.7163, 1.34), firstSpread: (0.5639, 2.266), rowCount: 56),
        FittedProfile(
            engine: .vllm, generation: "blackwell",
            speed: SpeedProfile(constants: [
                1.0, 0.3357, 0.713, 3.809e-05, 0.0001861, 2.455e-05, 1.476, 0.0169, 3.564, 0.1138,
            ]),
            outputSpread: (0.7972, 1.512), firstSpread: (0.6601, 1.507), rowCount: 82),
        FittedProfile(
            engine: .vllm, generation: "hopper",
            speed: SpeedProfile(constants: [
                0.991, 0.4304, 1.0, 2.75e-05, 0.0001664, 3.039e-05, 3.097, 0.01504, 3.948, 0.06229,
            ]),
            outputSpread: (0.7182, 1.42), firstSpread: (0.3921, 1.894), rowCount: 70),
    ]
}
