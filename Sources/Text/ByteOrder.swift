extension String {
    /// Whether this string comes before another by the bytes of their UTF-8, the order of every listing and report.
    package func precedesInByteOrder(_ other: String) -> Bool {
        let (left, right) = (utf8.span, other.utf8.span)
        let shared = min(left.count, right.count)
        var offset = 0
        while offset < shared, left[offset] == right[offset] { offset += 1 }
        return offset < shared ? left[offset] < right[offset] : left.count < right.count
    }
}
