/// One mistake of the kind people make, planted in a file that was right.
enum SyntheticFault: CaseIterable {
    case unknownKey
    case wrongType
    case misspelledValue
    case impossibleDate
    case duplicateKey
    case missingKey
    case brokenURL
    case unclosedList
    case wrongVersion
    case letterForZero

    /// The text with this fault in it. Fails when the text has no place for it.
    func planted(in text: String) throws(BenchmarkError) -> String {
        let (right, wrong) = edit
        let faulty = text.replacing(right, with: wrong, maxReplacements: 1)
        guard faulty != text else {
            throw BenchmarkError("a synthetic file has no place for the fault \(self)")
        }
        return faulty
    }

    private var edit: (right: String, wrong: String) {
        switch self {
        case .unknownKey: ("  checked_on:", "  trust: high\n  checked_on:")
        case .wrongType: ("status: active", "status: [active]")
        case .misspelledValue: ("status: active", "status: actve")
        case .impossibleDate: ("checked_on: 2025-0", "checked_on: 2025-4")
        case .duplicateKey: ("source:\n", "status: active\nsource:\n")
        case .missingKey: ("status: active\n", "")
        case .brokenURL: ("url: https://", "url: ht tps://")
        case .unclosedList: ("status: active", "status: [active")
        case .wrongVersion: ("/v1\n", "/v2\n")
        case .letterForZero: ("-0", "-O")
        }
    }
}
