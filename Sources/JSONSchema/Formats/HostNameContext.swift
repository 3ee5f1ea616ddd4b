/// The rules of RFC 5892, appendix A, for code points that are allowed in some surroundings only.
enum HostNameContext {
    static func permits(_ label: [Unicode.Scalar], at index: Int) -> Bool {
        let before = index > 0 ? label[index - 1] : nil
        let after = index + 1 < label.count ? label[index + 1] : nil
        switch label[index].value {
        case 0x200C:
            return isVirama(before) || joinsBothSides(label, at: index)
        case 0x200D:
            return isVirama(before)
        case 0xB7:
            return before == "l" && after == "l"
        case 0x0375:
            return after.map { greek.contains($0.value) } ?? false
        case 0x05F3, 0x05F4:
            return before.map { hebrew.contains($0.value) } ?? false
        case 0x30FB:
            return label.contains { japanese.contains($0.value) }
        case 0x0660...0x0669:
            return !label.contains { (0x06F0...0x06F9).contains($0.value) }
        case 0x06F0...0x06F9:
            return !label.contains { (0x0660...0x0669).contains($0.value) }
        default:
            return false
        }
    }

    private static let greek = ScalarProperty.script("Greek").scalars
    private static let hebrew = ScalarProperty.script("Hebrew").scalars
    private static let japanese = ScalarSet(
        ["Hiragana", "Katakana", "Han"].flatMap { ScalarProperty.script($0).scalars.ranges })

    private static func isVirama(_ scalar: Unicode.Scalar?) -> Bool {
        scalar?.properties.canonicalCombiningClass == .virama
    }

    private static let joiningTypes = ScalarTable(HostNameTables.joiningTypes)
    private static let transparent = joiningTypes.set(named: "T") ?? ScalarSet()
    private static let joiningRight = joiningScalars(["L", "D"])
    private static let joiningLeft = joiningScalars(["R", "D"])

    private static func joiningScalars(_ types: [String]) -> ScalarSet {
        ScalarSet(types.flatMap { joiningTypes.set(named: $0)?.ranges ?? [] })
    }

    /// Appendix A.1: letters that would join stand on both sides, transparent ones left out.
    private static func joinsBothSides(_ label: [Unicode.Scalar], at index: Int) -> Bool {
        let before = label[..<index].last { !transparent.contains($0.value) }
        let after = label[(index + 1)...].first { !transparent.contains($0.value) }
        guard let before, let after else { return false }
        return joiningRight.contains(before.value) && joiningLeft.contains(after.value)
    }
}
