extension FittedProfile {
    /// Written by `benchmarks fit` on the calibration half of the truth table; see docs/sizing.md.
    package static let fitted: [FittedProfile] = [
        FittedProfile(
            engine: nil, generation: nil,
            speed: SpeedProfile(constants: [
                0.7303, 0.2964, 0.8, 0.257, 2.662e-05, 3.608e-05, 0.0001709, 2.442e-05, 1.938e-05, 0.8895,
                0.07769, 0.8528, 0.1297,
            ]),
            outputSpread: (0.723, 1.399), firstSpread: (0.4935, 2.199), rowCount: 468),
        FittedProfile(
            engine: .llamaCPP, generation: nil,
            speed: SpeedProfile(constants: [
                0.7426, 0.2964, 0.8, 0.257, 2.827e-05, 6.843e-05, 0.0001671, 2.435e-05, 1.938e-05, 1.037,
                0.07772, 0.8538, 0.1296,
            ]),
            outputSpread: (0.723, 1.399), firstSpread: (0.4935, 2.199), rowCount: 11),
        FittedProfile(
            engine: .sglang, generation: "blackwell",
            speed: SpeedProfile(constants: [
                0.6789, 0.297, 0.6889, 0.2918, 2.952e-05, 4.088e-05, 0.0001723, 2.615e-05, 2.412e-05, 0.8191,
                0.115, 1.612, 0.4583,
            ]),
            outputSpread: (0.7005, 1.422), firstSpread: (0.3833, 2.891), rowCount: 84),
        FittedProfile(
            engine: .sglang, generation: "hopper",
            speed: SpeedProfile(constants: [
                0.8945, 0.3173, 0.623, 0.2587, 2.853e-05, 4.176e-05, 0.0001715, 2.434e-05, 2.116e-05, 1.037,
                0.1776, 1.011, 0.1039,
            ]),
            outputSpread: (0.8211, 1.386), firstSpread: (0.7949, 2.354), rowCount: 68),
        FittedProfile(
            engine: .tensorRT, generation: "blackwell",
            speed: SpeedProfile(constants: [
                0.7363, 0.3358, 0.4655, 0.2362, 2.676e-05, 3.628e-05, 0.0001695, 2.246e-05, 2.131e-05, 0.7878,
                0.1189, 1.195, 0.06594,
            ]),
            outputSpread: (0.7265, 1.317), firstSpread: (0.3833, 2.993), rowCount: 73),
        FittedProfile(
            engine: .tensorRT, generation: "hopper",
            speed: SpeedProfile(constants: [
                0.7436, 0.2261, 0.7557, 0.2449, 2.214e-05, 3.408e-05, 0.0001672, 3.005e-05, 1.558e-05, 0.8835,
                0.1432, 0.271, 0.08031,
            ]),
            outputSpread: (0.7593, 1.449), firstSpread: (0.6295, 2.199), rowCount: 76),
        FittedProfile(
            engine: .vllm, generation: "blackwell",
            speed: SpeedProfile(constants: [
                0.9459, 0.2963, 0.8, 0.2692, 2.862e-05, 3.346e-05, 0.0001698, 2.437e-05, 1.996e-05, 0.9289,
                0.042, 0.9259, 0.1007,
            ]),
            outputSpread: (0.7915, 1.424), firstSpread: (0.693, 1.567), rowCount: 85),
        FittedProfile(
            engine: .vllm, generation: "hopper",
            speed: SpeedProfile(constants: [
                0.8969, 0.3254, 0.8, 0.2394, 2.797e-05, 3.835e-05, 0.0001673, 2.224e-05, 2.13e-05, 1.081,
                0.01898, 0.7332, 0.06612,
            ]),
            outputSpread: (0.6432, 1.375), firstSpread: (0.4935, 1.533), rowCount: 70),
    ]
}
