extension String {
    /// True of a name that every system takes for a file: no control or invisible characters, nothing of
    /// `< > : " \ | ? *`, no space at either end and no dot at the last; letters of any script are welcome.
    ///
    /// Source of the list: what Windows refuses (its documentation, "Naming Files, Paths, and Namespaces").
    var isPortableName: Bool {
        guard let first = utf8.first, let last = utf8.last, first != UInt8(ascii: " "),
            last != UInt8(ascii: " "), last != UInt8(ascii: ".")
        else { return false }
        return utf8.allSatisfy(\.isUsualInNames) || unicodeScalars.allSatisfy(\.mayStandInNames)
    }
}

extension UInt8 {
    /// True of what names are made of as a rule; quick to tell, as every file's name is asked.
    fileprivate var isUsualInNames: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "-")...UInt8(ascii: "."), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}

extension Unicode.Scalar {
    fileprivate var mayStandInNames: Bool {
        if isASCII { return value >= 0x20 && value != 0x7F && !"<>:\"/\\|?*".unicodeScalars.contains(self) }
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .decimalNumber, .nonspacingMark, .spacingMark:
            return true
        default: return false
        }
    }
}
