/// Matching by running the program itself: for patterns with lookarounds, and for those whose deterministic
/// automaton would be too large.
///
/// O(characters of the text x instructions), whatever the pattern. The truth of each lookaround is worked out for
/// every position first, inner ones before outer ones, which keeps the bound.
extension PatternProgram {
    func matches(_ text: Span<UInt8>) -> Bool {
        var truths: [PositionSet] = []
        for look in looks {
            var positions = PositionSet(count: text.count + 1)
            sweep(text, from: look.start, rightToLeft: look.direction == .ahead, truths: truths) { position in
                positions.insert(position)
                return true
            }
            truths.append(positions)
        }
        var isFound = false
        sweep(text, from: start, rightToLeft: false, truths: truths) { _ in
            isFound = true
            return false
        }
        return isFound
    }

    /// Starts the program at every position and calls `onMatch` at each where a match ends, until that answers false.
    private func sweep(
        _ text: Span<UInt8>, from start: Int, rightToLeft: Bool, truths: [PositionSet], onMatch: (Int) -> Bool
    ) {
        var closure = PatternClosure(self)
        var kernel: [Int] = []
        var position = rightToLeft ? text.count : 0
        while true {
            let here = text.patternPosition(at: position)
            closure.begin()
            for instruction in kernel { closure.add(instruction, at: here) { truths[$0].contains(position) } }
            closure.add(start, at: here) { truths[$0].contains(position) }
            if closure.hasMatched, !onMatch(position) { return }
            guard position != (rightToLeft ? 0 : text.count) else { return }

            let (scalar, length) = rightToLeft ? text.scalar(before: position) : text.scalar(at: position)
            position += rightToLeft ? -length : length
            kernel.removeAll(keepingCapacity: true)
            var asked: (set: Int, isMember: Bool) = (-1, false)
            for thread in closure.threads {
                guard case .consume(let set, let next) = instructions[thread] else { continue }
                // Neighbours often share their set, as the copies of a repetition do.
                if asked.set != set { asked = (set, sets[set].contains(scalar)) }
                if asked.isMember { kernel.append(next) }
            }
        }
    }
}

extension Span<UInt8> {
    fileprivate func patternPosition(at offset: Int) -> PatternPosition {
        PatternPosition(
            isTextStart: offset == 0, isTextEnd: offset == count,
            followsWordCharacter: offset > 0 && isWordCharacter(at: offset - 1),
            precedesWordCharacter: offset < count && isWordCharacter(at: offset))
    }

    /// All word characters are ASCII, so a byte is enough to tell.
    private func isWordCharacter(at offset: Int) -> Bool {
        switch self[offset] {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}

/// A set of positions in a text, a bit each.
private struct PositionSet {
    private var words: [UInt64]

    init(count: Int) {
        words = Array(repeating: 0, count: count / 64 + 1)
    }

    mutating func insert(_ position: Int) {
        words[position / 64] |= 1 << UInt64(position % 64)
    }

    func contains(_ position: Int) -> Bool {
        words[position / 64] >> UInt64(position % 64) & 1 == 1
    }
}
