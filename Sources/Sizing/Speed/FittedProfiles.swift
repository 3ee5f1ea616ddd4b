extension FittedProfile {
    /// Written by `benchmarks fit` on the calibration half of the truth table; see docs/sizing.md.
    package static let fitted: [FittedProfile] = [
        FittedProfile(
            engine: nil, generation: nil,
            speed: SpeedProfile(constants: [
                0.7251, 0.2742, 0.8, 0.2564, 2.552e-05, 3.81e-05, 0.0001694, 2.412e-05, 1.99e-05, 0.8638,
                0.07653, 0.8577, 0.1295,
            ]),
            outputSpread: (0.7233, 1.406), firstSpread: (0.4977, 2.188), rowCount: 468),
        FittedProfile(
            engine: .llamaCPP, generation: nil,
            speed: SpeedProfile(constants: [
                0.7314, 0.2742, 0.8, 0.2564, 2.564e-05, 7.105e-05, 0.0001656, 2.404e-05, 1.99e-05, 0.9908,
                0.07656, 0.8575, 0.1293,
            ]),
            outputSpread: (0.7233, 1.406), firstSpread: (0.4977, 2.188), rowCount: 11),
        FittedProfile(
            engine: .sglang, generation: "blackwell",
            speed: SpeedProfile(constants: [
                0.6687, 0.2747, 0.6854, 0.288, 2.818e-05, 4.337e-05, 0.00017, 2.585e-05, 2.44e-05, 0.7937,
                0.1141, 1.645, 0.4531,
            ]),
            outputSpread: (0.6986, 1.422), firstSpread: (0.3736, 2.889), rowCount: 84),
        FittedProfile(
            engine: .sglang, generation: "hopper",
            speed: SpeedProfile(constants: [
                0.8963, 0.295, 0.6268, 0.2575, 2.75e-05, 4.479e-05, 0.0001735, 2.414e-05, 2.192e-05, 1.015,
                0.1774, 1.011, 0.104,
            ]),
            outputSpread: (0.8299, 1.391), firstSpread: (0.7942, 2.373), rowCount: 68),
        FittedProfile(
            engine: .tensorRT, generation: "blackwell",
            speed: SpeedProfile(constants: [
                0.7317, 0.3304, 0.4663, 0.2354, 2.572e-05, 3.837e-05, 0.0001679, 2.202e-05, 2.195e-05, 0.7597,
                0.116, 1.322, 0.0653,
            ]),
            outputSpread: (0.7233, 1.313), firstSpread: (0.3828, 2.984), rowCount: 73),
        FittedProfile(
            engine: .tensorRT, generation: "hopper",
            speed: SpeedProfile(constants: [
                0.7497, 0.2188, 0.7607, 0.2439, 2.136e-05, 3.587e-05, 0.0001657, 2.942e-05, 1.591e-05, 0.8443,
                0.1432, 0.2721, 0.081,
            ]),
            outputSpread: (0.7577, 1.453), firstSpread: (0.6275, 2.188), rowCount: 76),
        FittedProfile(
            engine: .vllm, generation: "blackwell",
            speed: SpeedProfile(constants: [
                0.9422, 0.2742, 0.8, 0.2684, 2.757e-05, 3.538e-05, 0.0001682, 2.41e-05, 2.049e-05, 0.9122,
                0.04177, 0.9705, 0.09998,
            ]),
            outputSpread: (0.7909, 1.421), firstSpread: (0.6927, 1.536), rowCount: 85),
        FittedProfile(
            engine: .vllm, generation: "hopper",
            speed: SpeedProfile(constants: [
                0.897, 0.3078, 0.8, 0.2386, 2.591e-05, 4.054e-05, 0.0001673, 2.228e-05, 2.232e-05, 1.082,
                0.01883, 0.7283, 0.06585,
            ]),
            outputSpread: (0.6422, 1.372), firstSpread: (0.4977, 1.549), rowCount: 70),
    ]
}
