/// How a number is stored or computed.
package enum Precision: String, Sendable, CaseIterable {
    case fp32, tf32, bf16, fp16, fp8, int8, fp6, mxfp4, nvfp4, fp4, int4, awq, gptq
    case unknown

    /// Bits that one weight takes with its scales; nil when unknown.
    ///
    /// Groups of 128 for the four-bit integer forms, blocks of 32 for MXFP4 and of 16 for NVFP4.
    package var bitsPerWeight: Double? {
        switch self {
        case .fp32, .tf32: 32
        case .bf16, .fp16: 16
        case .fp8, .int8: 8
        case .fp6: 6
        case .mxfp4: 4.25
        case .nvfp4: 4.5
        case .fp4: 4
        case .int4, .awq, .gptq: 4.156
        case .unknown: nil
        }
    }
}
