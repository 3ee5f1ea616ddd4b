extension String {
    /// Whether this string comes before another by the bytes of their UTF-8, the order of every listing and report.
    package func precedesInByteOrder(_ other: String) -> Bool {
        var (left, right) = (self, other)
        return left.withUTF8 { left in
            right.withUTF8 { right in
                var offset = 0
                let shared = min(left.count, right.count)
                while offset < shared {
                    let (a, b) = unsafe (left[offset], right[offset])
                    if a != b { return a < b }
                    offset += 1
                }
                return left.count < right.count
            }
        }
    }
}
