extension RuleBook {
    /// Memory and arithmetic of accelerators.
    static let acceleratorRules: [Rule] = [
        Rule(
            .acceleratorMemory, title: "Memory that does not go with its label",
            why:
                "What fits is decided by bytes. The label counts in powers of ten or of two, but in no other way.",
            bad: memory("42949672960"), good: memory("85899345920")),
        Rule(
            .acceleratorSparsity, title: "A sparse rate that is not twice the dense",
            why:
                "Two of four weights are left out, so the rate doubles. Else one number is of another precision.",
            bad: flops(bf16: "400000000000000", sparse: "400000000000000"),
            good: flops(bf16: "400000000000000", sparse: "800000000000000")),
        Rule(
            .acceleratorFlopsOrder, title: "A narrow format slower than a wide one",
            why:
                "Matrix units are never slower on fewer bits: mostly a sparse rate was given as dense, or a digit lost.",
            bad: flops(bf16: "1600000000000000", sparse: "3200000000000000"),
            good: flops(bf16: "400000000000000", sparse: "800000000000000")),
    ]

    private static func memory(_ bytes: String) -> RuleExample {
        .accelerator(
            """
            memory:
              bytes: \(bytes)
              marketing_gb: 80
            """)
    }

    private static func flops(bf16: String, sparse: String) -> RuleExample {
        .accelerator(
            """
            flops:
              bf16:
                dense: \(bf16)
                sparse: \(sparse)
              fp8:
                dense: 800000000000000
            """)
    }
}
