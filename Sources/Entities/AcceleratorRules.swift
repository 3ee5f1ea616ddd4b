import Diagnostics
import Text

extension Review {
    /// The rules that need an accelerator's file alone.
    mutating func check(_ accelerator: Accelerator) {
        check(accelerator.status, at: "/status")
        if let released = accelerator.released, released.isCertainlyAfter(accelerator.source.checkedOn) {
            report(
                .dateCheckedTooEarly, at: "/source/checked_on",
                "checked on \(accelerator.source.checkedOn), before the release \(released)")
        }
        check(accelerator.memory)
        check(accelerator.rates)
    }

    private mutating func check(_ memory: Memory) {
        if let usable = memory.usableBytes, usable > memory.bytes {
            report(
                .acceleratorMemory, at: "/memory/usable_bytes",
                "\(usable) usable bytes of \(memory.bytes) bytes")
        }
        guard let gigabytes = memory.marketingGB?.approximate else { return }
        // Labels count in powers of ten or of two, and leave out what the device keeps for itself.
        let decimal = gigabytes * 1e9
        let binary = gigabytes * 1_073_741_824
        guard Double(memory.bytes) < decimal * 0.93 || Double(memory.bytes) > binary * 1.02 else { return }
        report(
            .acceleratorMemory, at: "/memory/bytes",
            "\(memory.bytes) bytes do not go with the number on the label",
            hint:
                "\"marketing_gb\" says \(decimal.digits) bytes in powers of ten, \(binary.digits) in powers of two"
        )
    }

    private mutating func check(_ rates: PeakRates) {
        for format in PeakRates.Format.allCases {
            guard let rate = rates[format], let sparse = rate.sparseOperationsPerSecond else { continue }
            let ratio = Double(sparse) / Double(rate.denseOperationsPerSecond)
            guard abs(ratio - 2) > 0.02 else { continue }
            report(
                .acceleratorSparsity, at: "/flops/\(format.rawValue)/sparse",
                "the sparse rate is not twice the dense rate of \(rate.denseOperationsPerSecond)",
                hint: "vendors print the sparse rate first; the dense one is half of it")
        }
        // Integer rates stand apart: some chips have hardly any.
        let ladder: [[PeakRates.Format]] = [
            [.fp64, .fp32, .tf32, .bf16, .fp8, .fp4], [.fp32, .fp16, .fp8, .fp6],
        ]
        var reported: Set<PeakRates.Format> = []
        for formats in ladder {
            let known = formats.compactMap { format in
                rates[format].map { (format, $0.denseOperationsPerSecond) }
            }
            for ((wide, wideRate), (narrow, narrowRate)) in zip(known, known.dropFirst())
            where Double(wideRate) > 1.01 * Double(narrowRate) && reported.insert(narrow).inserted {
                report(
                    .acceleratorFlopsOrder, at: "/flops/\(narrow.rawValue)/dense",
                    "\(narrow.rawValue) is slower than \(wide.rawValue), which is wider",
                    hint: "look for a sparse rate given as dense, or a digit too few")
            }
        }
    }
}
