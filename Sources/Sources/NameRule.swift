/// A way in which a source's name of a model may differ from the registry's and still be that model's name.
///
/// There is no other way: what no rule explains is at most a proposal to a person.
package enum NameRule: String, Sendable, CaseIterable {
    /// An id, a repository or an alias, ignoring case.
    case exact
    /// The same without the vendor before it, where one model only is called so.
    case vendorLeftOut = "vendor-left-out"
    /// A version with dashes for dots: `claude-opus-4-5`.
    case dotsAsDashes = "dots-as-dashes"
    /// `us.`, `eu.`, `apac.` and the like before the name, as Bedrock has them.
    case regionPrefix = "region-prefix"
    /// `-v1:0` or `:0` behind the name.
    case versionSuffix = "version-suffix"
    /// A day behind the name: `-20250514`, `-2025-05-14`, `@20250514`.
    case dateSuffix = "date-suffix"
    case latestSuffix = "latest-suffix"
    /// A way of serving behind a colon or dash: `:free`, `:thinking`, `-TEE`, `-maas`.
    case serviceSuffix = "service-suffix"
    /// The number format of the weights behind the name: `-FP8`, `-AWQ`.
    case precisionSuffix = "precision-suffix"

    /// The name without what the rule allows, in lower case; nil where it has nothing of the kind.
    func stripped(_ name: String) -> String? {
        switch self {
        case .exact: nil
        case .vendorLeftOut: NameRule.lastPart(of: name)
        case .dotsAsDashes: name.contains(".") ? name.replacing(".", with: "-") : nil
        case .regionPrefix:
            NameRule.without(prefixes: ["us.", "eu.", "apac.", "global.", "au.", "jp.", "ca."], name)
        case .versionSuffix: NameRule.withoutVersion(name)
        case .dateSuffix: NameRule.withoutDate(name)
        case .latestSuffix: NameRule.without(suffixes: ["-latest", ":latest"], name)
        case .serviceSuffix: NameRule.without(suffixes: NameRule.serviceSuffixes, name)
        case .precisionSuffix: NameRule.without(suffixes: NameRule.precisionSuffixes, name)
        }
    }

    private static let serviceSuffixes = [
        ":free", ":thinking", ":exacto", ":nitro", ":floor", ":extended", ":online", ":beta", ":paid", "-tee",
        "-maas", "-free",
    ]
    private static let precisionSuffixes = [
        "-fp8", "-nvfp4", "-fp4", "-mxfp4", "-bf16", "-fp16", "-int8", "-int4", "-awq", "-gptq",
    ]

    /// Behind the last slash; behind the first dot where that follows a vendor's name, as Bedrock writes it.
    private static func lastPart(of name: String) -> String? {
        if let slash = name.lastIndex(of: "/") { return String(name[name.index(after: slash)...]) }
        guard let dot = name.firstIndex(of: "."), !name[..<dot].contains(where: \.isNumber),
            !name[..<dot].contains("-")
        else { return nil }
        return String(name[name.index(after: dot)...])
    }

    private static func without(prefixes: [String], _ name: String) -> String? {
        prefixes.first { name.hasPrefix($0) && name.count > $0.count }.map {
            String(name.dropFirst($0.count))
        }
    }

    private static func without(suffixes: [String], _ name: String) -> String? {
        suffixes.first { name.hasSuffix($0) && name.count > $0.count }.map { String(name.dropLast($0.count)) }
    }

    /// Without `-v1:0` or `:0` at the end.
    private static func withoutVersion(_ name: String) -> String? {
        var rest = Substring(name)
        if let colon = rest.lastIndex(of: ":"), isDigits(rest[rest.index(after: colon)...]) {
            rest = rest[..<colon]
        }
        if let dash = rest.lastIndex(of: "-"), rest[dash...].hasPrefix("-v"),
            isDigits(rest[dash...].dropFirst(2)),
            rest.count != name.count
        {
            rest = rest[..<dash]
        }
        return rest.isEmpty || rest.count == name.count ? nil : String(rest)
    }

    /// Without a day of eight digits or three groups at the end.
    private static func withoutDate(_ name: String) -> String? {
        let bytes = Array(name.utf8)
        func hasDigits(_ range: Range<Int>) -> Bool {
            range.lowerBound >= 0 && bytes[range].allSatisfy { (48...57).contains($0) }
        }
        let end = bytes.count
        let isCompact =
            end > 9 && hasDigits(end - 8..<end) && bytes[(end - 8)...].starts(with: "20".utf8)
            && (bytes[end - 9] == UInt8(ascii: "-") || bytes[end - 9] == UInt8(ascii: "@"))
        if isCompact { return String(name.dropLast(9)) }
        let isGrouped =
            end > 11 && hasDigits(end - 10..<end - 6) && bytes[end - 6] == UInt8(ascii: "-")
            && hasDigits(end - 5..<end - 3) && bytes[end - 3] == UInt8(ascii: "-") && hasDigits(end - 2..<end)
            && bytes[end - 11] == UInt8(ascii: "-")
        return isGrouped ? String(name.dropLast(11)) : nil
    }

    private static func isDigits(_ text: some StringProtocol) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (48...57).contains($0) }
    }
}
