/// What the server says beside its answers: a warning, a notice, a line of `RAISE`.
package struct Notice: Sendable, Equatable {
    /// `WARNING`, `NOTICE`, `INFO`, `LOG` or `DEBUG`, never translated.
    package let severity: String
    package let sqlState: String?
    package let message: String
    package let hint: String?
}

/// Takes the notices of one connection: to its closure, or into a list with a bound.
final class NoticeLog {
    private static let limit = 1_000
    private let handler: (@Sendable (Notice) -> Void)?
    private var notices: [Notice] = []

    init(handler: (@Sendable (Notice) -> Void)?) {
        self.handler = handler
    }

    func add(_ notice: Notice) {
        if let handler {
            handler(notice)
        } else if notices.count < NoticeLog.limit {
            notices.append(notice)
        }
    }

    func take() -> [Notice] {
        defer { notices = [] }
        return notices
    }
}
