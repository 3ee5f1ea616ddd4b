/// The code points cut into classes that a program cannot tell apart.
///
/// A deterministic automaton then needs one column a class: few, even for patterns over all of Unicode.
struct PatternAlphabet: Sendable {
    /// The class of each ASCII character.
    private(set) var asciiClasses: [UInt8] = []
    /// One member of each class.
    private(set) var representatives: [UInt32] = []
    /// All code points as intervals: where each starts, and its class.
    private var starts: [UInt32]
    private var classes: [UInt8] = []

    var count: Int { representatives.count }

    /// The limits keep the columns few and the cutting fast: some milliseconds at most.
    private static let maximumClassCount = 255
    private static let maximumWork = 1_000_000

    /// Nil when the sets are so many or so large that the limits would be passed.
    init?(_ sets: [ScalarSet]) {
        guard sets.reduce(0, { $0 + $1.ranges.count }) < Self.maximumWork else { return nil }
        var cuts: [UInt32] = [0]
        for range in sets.lazy.flatMap(\.ranges) {
            cuts.append(range.lowerBound)
            if range.upperBound < ScalarSet.lastScalar { cuts.append(range.upperBound + 1) }
        }
        cuts.sort()
        starts = cuts.enumerated().filter { $0.offset == 0 || cuts[$0.offset - 1] != $0.element }.map(
            \.element)
        guard let labels = Self.refine(starts, by: sets) else { return nil }

        var numbers: [Int: UInt8] = [:]
        for (start, label) in zip(starts, labels) {
            if numbers[label] == nil {
                guard representatives.count < Self.maximumClassCount else { return nil }
                numbers[label] = UInt8(representatives.count)
                representatives.append(start)
            }
            classes.append(numbers[label] ?? 0)
        }
        asciiClasses = (0..<128).map { searchClass(of: $0) }
    }

    /// Labels the intervals such that two have the same label exactly when the same sets hold them.
    private static func refine(_ starts: [UInt32], by sets: [ScalarSet]) -> [Int]? {
        var labels = Array(repeating: 0, count: starts.count)
        var labelCount = 1
        var work = 0
        for set in sets {
            var renamed: [Int: Int] = [:]
            for range in set.ranges {
                var index = starts.partitionIndex { $0 < range.lowerBound }
                while index < starts.count, starts[index] <= range.upperBound {
                    if renamed[labels[index]] == nil {
                        renamed[labels[index]] = labelCount
                        labelCount += 1
                    }
                    labels[index] = renamed[labels[index]] ?? 0
                    index += 1
                    work += 1
                }
            }
            guard work < maximumWork else { return nil }
        }
        return labels
    }

    func searchClass(of scalar: UInt32) -> UInt8 {
        classes[starts.partitionIndex { $0 <= scalar } - 1]
    }
}

extension Array {
    /// The first index whose element does not satisfy a condition that holds for a prefix only. O(log n).
    fileprivate func partitionIndex(where isBefore: (Element) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if isBefore(self[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
