import Text

/// What holds of every number and every date, however it is spelt; asked by the corpus replay and the fuzzer.
enum ScalarInvariant {
    /// What numbers and money break on these bytes, nil if nothing: the first two lines are two numbers.
    static func broken(byNumber bytes: [UInt8]) -> String? {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard let left = Number(Array(lines[0]).span) else { return nil }
        guard Number(left.description) == left else { return "\(left) is read back as another number" }
        if let integer = left.integer, Number(integer) != left {
            return "\(left) is not the integer \(integer)"
        }
        if let money = Money(left), Number(money.description) != left {
            return "\(left) is not the amount \(money)"
        }
        guard left.isMultiple(of: left) else { return "\(left) is no multiple of itself" }
        guard lines.count > 1, let right = Number(Array(lines[1]).span) else { return nil }
        let orders = [left < right, left == right, right < left]
        guard orders.count(where: { $0 }) == 1 else { return "\(left) and \(right) are in no order" }
        // Exact or not: a Double may round two numbers together, but never turns their order.
        guard !(left < right) || left.approximate <= right.approximate else {
            return "\(left) and \(right) change places as Doubles"
        }
        if left.isMultiple(of: right), right.isMultiple(of: left), left.approximate != right.approximate,
            left.approximate != -right.approximate
        {
            return "\(left) and \(right) are multiples of each other"
        }
        return nil
    }

    /// What dates break on these bytes, nil if nothing: the first two lines are two dates.
    static func broken(byDate bytes: [UInt8]) -> String? {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let text = String(decoding: lines[0], as: UTF8.self)
        guard let left = CalendarDate(text) else { return nil }
        guard left.description == text else { return "\(text) is written as \(left)" }
        guard lines.count > 1, let right = CalendarDate(String(decoding: lines[1], as: UTF8.self)) else {
            return nil
        }
        guard (left < right) || (right < left) || left == right else { return "no order" }
        guard !left.isCertainlyAfter(right) || right < left else { return "\(left) is after \(right)?" }
        guard !(left < right) || left.daysSinceEpoch <= right.daysSinceEpoch else {
            return "\(left) and \(right) change places as days"
        }
        return nil
    }
}
