/// Groups, their names and what refers to them.
extension PatternParser {
    /// A group whose `)` has not come yet; the first stands for the whole pattern.
    struct OpenGroup {
        enum Kind {
            case plain
            case look(LookDirection, isNegated: Bool)
            case modified
        }

        let kind: Kind
        let offset: Int
        var alternatives: [PatternSyntax.NodeIndex] = []
        /// The alternative being read, and where it starts.
        var sequence: [PatternSyntax.NodeIndex] = []
        var sequenceOffset = 0
    }

    mutating func openGroup() throws(PatternError) {
        let offset = position
        position += 1
        var name: String?
        var kind = OpenGroup.Kind.plain
        if !take("?") {
            captureCount += 1
        } else if take("=") {
            kind = .look(.ahead, isNegated: false)
        } else if take("!") {
            kind = .look(.ahead, isNegated: true)
        } else if take("<=") {
            kind = .look(.behind, isNegated: false)
        } else if take("<!") {
            kind = .look(.behind, isNegated: true)
        } else if peek() == UInt8(ascii: "<") {
            name = try parseGroupName()
            captureCount += 1
        } else if !take(":") {
            try skipModifiers(of: offset)
            kind = .modified
        }
        if let name {
            guard isFree(name) else {
                throw PatternError(message: "group name '\(name)' is taken", offset: offset)
            }
            nameOffsets[name] = offset
        }
        groups.append(OpenGroup(kind: kind, offset: offset, sequenceOffset: position))
    }

    /// A name may be given again only in another alternative of a group around both, as then no match has both.
    private func isFree(_ name: String) -> Bool {
        guard let previous = nameOffsets[name] else { return true }
        let around = groups.last { $0.offset < previous }
        return around.map { previous < $0.sequenceOffset } ?? true
    }

    mutating func closeGroup() throws(PatternError) {
        guard groups.count > 1 else {
            throw PatternError(message: "unmatched ')'", offset: position)
        }
        position += 1
        let body = finishChoice()
        let group = groups.removeLast()
        switch group.kind {
        case .plain:
            try appendQuantified(body)
        case .look(let direction, let isNegated):
            append(syntax.add(.look(direction, body, isNegated: isNegated)))
        case .modified:
            try appendQuantified(
                .unsupported(
                    message: "modifiers are not supported; write the variants out", offset: group.offset))
        }
    }

    mutating func finishAlternative() {
        let last = groups.count - 1
        let sequence = groups[last].sequence
        let node = sequence.count == 1 ? sequence[0] : syntax.add(.sequence(sequence))
        groups[last].alternatives.append(node)
        groups[last].sequence = []
        groups[last].sequenceOffset = position
    }

    mutating func finishChoice() -> PatternSyntax.NodeIndex {
        finishAlternative()
        let alternatives = groups[groups.count - 1].alternatives
        let isRoot = groups.count == 1
        return alternatives.count == 1 && !isRoot ? alternatives[0] : syntax.add(.choice(alternatives))
    }

    /// `(?ims-ims:`: each flag once, and not a lone `-`.
    private mutating func skipModifiers(of group: Int) throws(PatternError) {
        var seen: [UInt8] = []
        var hasMinus = false
        while let byte = peek() {
            position += 1
            switch byte {
            case UInt8(ascii: "i"), UInt8(ascii: "m"), UInt8(ascii: "s"):
                guard !seen.contains(byte) else { break }
                seen.append(byte)
                continue
            case UInt8(ascii: "-") where !hasMinus:
                hasMinus = true
                continue
            case UInt8(ascii: ":") where !seen.isEmpty:
                return
            default:
                break
            }
            break
        }
        throw PatternError(message: "unknown kind of group after '(?'", offset: group)
    }

    mutating func parseGroupName() throws(PatternError) -> String {
        let offset = position
        var name = String.UnicodeScalarView()
        guard take("<") else { throw PatternError(message: "group name expected", offset: offset) }
        while let byte = peek(), byte != UInt8(ascii: ">") {
            let isEscape = byte == UInt8(ascii: "\\")
            if isEscape, peek(1) != UInt8(ascii: "u") { break }
            let value = isEscape ? try parseUnicodeEscape() : takeScalar()
            guard let scalar = Unicode.Scalar(value), Self.mayStand(scalar, first: name.isEmpty) else {
                break
            }
            name.append(scalar)
        }
        guard !name.isEmpty, take(">") else {
            throw PatternError(message: "invalid group name", offset: offset)
        }
        return String(name)
    }

    private static func mayStand(_ scalar: Unicode.Scalar, first: Bool) -> Bool {
        if scalar == "$" || scalar == "_" || scalar.properties.isIDStart { return true }
        return !first && (scalar.properties.isIDContinue || scalar == "\u{200C}" || scalar == "\u{200D}")
    }

    func checkReferences() throws(PatternError) {
        for reference in numberReferences where reference.number > captureCount {
            throw PatternError(message: "no group has number \(reference.number)", offset: reference.offset)
        }
        for reference in nameReferences where nameOffsets[reference.name] == nil {
            throw PatternError(message: "no group is named '\(reference.name)'", offset: reference.offset)
        }
    }
}
