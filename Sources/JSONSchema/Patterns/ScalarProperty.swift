/// What `\p{…}` may name: ECMA-262's tables of general categories, scripts and binary properties (Unicode 17.0).
enum ScalarProperty: Sendable, Hashable {
    case generalCategory(String)
    case script(String)
    case scriptExtensions(String)
    case binary(String)

    private static let categories = ScalarTable(PatternTables.generalCategories)
    private static let scripts = ScalarTable(PatternTables.scripts)
    private static let scriptExtensions = ScalarTable(PatternTables.scriptExtensions)
    private static let binaryTable = ScalarTable(PatternTables.binaryProperties)

    /// `\p{value}`: a general category or a binary property. Names are matched exactly, as ECMA-262 asks.
    init?(lone value: String) {
        if let category = ScalarProperty(name: "gc", value: value) {
            self = category
        } else if Self.isBinary(value) {
            self = .binary(value)
        } else {
            return nil
        }
    }

    /// `\p{name=value}`.
    init?(name: String, value: String) {
        switch name {
        case "gc", "General_Category":
            guard Self.categoryGroups[value] != nil || Self.categories.contains(value) else { return nil }
            self = .generalCategory(value)
        case "sc", "Script":
            guard Self.scripts.contains(value) else { return nil }
            self = .script(value)
        case "scx", "Script_Extensions":
            guard Self.scripts.contains(value) else { return nil }
            self = .scriptExtensions(value)
        default:
            return nil
        }
    }

    /// The code points that have the property. Some microseconds; a few milliseconds for most binary ones.
    var scalars: ScalarSet {
        switch self {
        case .generalCategory(let value):
            let members = Self.categoryGroups[value] ?? [value]
            return ScalarSet(members.flatMap { Self.categories.set(named: $0)?.ranges ?? [] })
        case .script(let value):
            return Self.scripts.set(named: value) ?? ScalarSet()
        case .scriptExtensions(let value):
            return Self.scriptExtensions.set(named: value) ?? Self.script(value).scalars
        case .binary(let value):
            return Self.binaryScalars(value)
        }
    }

    /// General categories that are unions of others, by short name, long name and alias.
    private static let categoryGroups: [String: [String]] = {
        let groups: [(names: [String], members: [String])] = [
            (["LC", "Cased_Letter"], ["Lu", "Ll", "Lt"]),
            (["L", "Letter"], ["Lu", "Ll", "Lt", "Lm", "Lo"]),
            (["M", "Mark", "Combining_Mark"], ["Mn", "Mc", "Me"]),
            (["N", "Number"], ["Nd", "Nl", "No"]),
            (["P", "Punctuation", "punct"], ["Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po"]),
            (["S", "Symbol"], ["Sm", "Sc", "Sk", "So"]),
            (["Z", "Separator"], ["Zs", "Zl", "Zp"]),
            (["C", "Other"], ["Cc", "Cf", "Cs", "Co", "Cn"]),
        ]
        return Dictionary(
            groups.flatMap { group in group.names.map { ($0, group.members) } },
            uniquingKeysWith: { first, _ in first })
    }()
}

/// Binary properties: mostly the standard library's own.
extension ScalarProperty {
    private static let fixedSets: [String: ScalarSet] = [
        "Any": .all,
        "ASCII": ScalarSet([0...0x7F]),
        "Regional_Indicator": ScalarSet([0x1F1E6...0x1F1FF]),
        "RI": ScalarSet([0x1F1E6...0x1F1FF]),
    ]

    private static let shortNames: [String: String] = [
        "AHex": "ASCII_Hex_Digit", "Alpha": "Alphabetic", "Bidi_C": "Bidi_Control", "Bidi_M": "Bidi_Mirrored",
        "CI": "Case_Ignorable", "CWCF": "Changes_When_Casefolded", "CWCM": "Changes_When_Casemapped",
        "CWKCF": "Changes_When_NFKC_Casefolded", "CWL": "Changes_When_Lowercased",
        "CWT": "Changes_When_Titlecased", "CWU": "Changes_When_Uppercased",
        "DI": "Default_Ignorable_Code_Point", "Dep": "Deprecated", "Dia": "Diacritic",
        "EComp": "Emoji_Component", "EMod": "Emoji_Modifier", "EBase": "Emoji_Modifier_Base",
        "EPres": "Emoji_Presentation", "ExtPict": "Extended_Pictographic", "Ext": "Extender",
        "Gr_Base": "Grapheme_Base", "Gr_Ext": "Grapheme_Extend", "Hex": "Hex_Digit",
        "IDSB": "IDS_Binary_Operator", "IDST": "IDS_Trinary_Operator", "IDC": "ID_Continue",
        "IDS": "ID_Start",
        "Ideo": "Ideographic", "Join_C": "Join_Control", "LOE": "Logical_Order_Exception",
        "Lower": "Lowercase",
        "NChar": "Noncharacter_Code_Point", "Pat_Syn": "Pattern_Syntax", "Pat_WS": "Pattern_White_Space",
        "QMark": "Quotation_Mark", "SD": "Soft_Dotted", "STerm": "Sentence_Terminal",
        "Term": "Terminal_Punctuation", "UIdeo": "Unified_Ideograph", "Upper": "Uppercase",
        "VS": "Variation_Selector", "space": "White_Space", "XIDC": "XID_Continue", "XIDS": "XID_Start",
    ]

    private static let predicates: [String: @Sendable (Unicode.Scalar.Properties) -> Bool] = [
        "ASCII_Hex_Digit": { $0.isASCIIHexDigit }, "Alphabetic": { $0.isAlphabetic },
        "Assigned": { $0.generalCategory != .unassigned },
        "Bidi_Control": { $0.isBidiControl }, "Bidi_Mirrored": { $0.isBidiMirrored },
        "Case_Ignorable": { $0.isCaseIgnorable }, "Cased": { $0.isCased },
        "Changes_When_Casefolded": { $0.changesWhenCaseFolded },
        "Changes_When_Casemapped": { $0.changesWhenCaseMapped },
        "Changes_When_Lowercased": { $0.changesWhenLowercased },
        "Changes_When_NFKC_Casefolded": { $0.changesWhenNFKCCaseFolded },
        "Changes_When_Titlecased": { $0.changesWhenTitlecased },
        "Changes_When_Uppercased": { $0.changesWhenUppercased },
        "Dash": { $0.isDash }, "Default_Ignorable_Code_Point": { $0.isDefaultIgnorableCodePoint },
        "Deprecated": { $0.isDeprecated }, "Diacritic": { $0.isDiacritic }, "Emoji": { $0.isEmoji },
        "Emoji_Modifier": { $0.isEmojiModifier }, "Emoji_Modifier_Base": { $0.isEmojiModifierBase },
        "Emoji_Presentation": { $0.isEmojiPresentation }, "Extender": { $0.isExtender },
        "Grapheme_Base": { $0.isGraphemeBase }, "Grapheme_Extend": { $0.isGraphemeExtend },
        "Hex_Digit": { $0.isHexDigit }, "IDS_Binary_Operator": { $0.isIDSBinaryOperator },
        "IDS_Trinary_Operator": { $0.isIDSTrinaryOperator }, "ID_Continue": { $0.isIDContinue },
        "ID_Start": { $0.isIDStart }, "Ideographic": { $0.isIdeographic },
        "Join_Control": { $0.isJoinControl }, "Logical_Order_Exception": { $0.isLogicalOrderException },
        "Lowercase": { $0.isLowercase }, "Math": { $0.isMath },
        "Noncharacter_Code_Point": { $0.isNoncharacterCodePoint }, "Pattern_Syntax": { $0.isPatternSyntax },
        "Pattern_White_Space": { $0.isPatternWhitespace }, "Quotation_Mark": { $0.isQuotationMark },
        "Radical": { $0.isRadical }, "Sentence_Terminal": { $0.isSentenceTerminal },
        "Soft_Dotted": { $0.isSoftDotted }, "Terminal_Punctuation": { $0.isTerminalPunctuation },
        "Unified_Ideograph": { $0.isUnifiedIdeograph }, "Uppercase": { $0.isUppercase },
        "Variation_Selector": { $0.isVariationSelector }, "White_Space": { $0.isWhitespace },
        "XID_Continue": { $0.isXIDContinue }, "XID_Start": { $0.isXIDStart },
    ]

    private static func isBinary(_ value: String) -> Bool {
        let name = shortNames[value] ?? value
        return predicates[name] != nil || fixedSets[name] != nil || binaryTable.contains(name)
    }

    private static func binaryScalars(_ value: String) -> ScalarSet {
        let name = shortNames[value] ?? value
        if let predicate = predicates[name] { return scan(predicate) }
        return fixedSets[name] ?? binaryTable.set(named: name) ?? ScalarSet()
    }

    /// Planes 4 to 13, 15 and 16 hold nothing but unassigned or private scalars, all alike save for the two
    /// noncharacters that end each plane; so one scalar answers for the rest of its plane.
    private static func scan(_ predicate: (Unicode.Scalar.Properties) -> Bool) -> ScalarSet {
        var ranges: [ClosedRange<UInt32>] = []
        func add(_ range: ClosedRange<UInt32>) {
            guard let scalar = Unicode.Scalar(range.lowerBound), predicate(scalar.properties) else { return }
            if let last = ranges.last, last.upperBound + 1 == range.lowerBound {
                ranges[ranges.count - 1] = last.lowerBound...range.upperBound
            } else {
                ranges.append(range)
            }
        }
        for plane in UInt32(0)...16 {
            let first = plane << 16
            if plane < 4 || plane == 14 {
                for scalar in first...first + 0xFFFD { add(scalar...scalar) }
            } else {
                add(first...first + 0xFFFD)
            }
            add(first + 0xFFFE...first + 0xFFFE)
            add(first + 0xFFFF...first + 0xFFFF)
        }
        return ScalarSet(ranges)
    }
}
