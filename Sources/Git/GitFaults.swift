import Synchronization

/// Counts the calls to libgit2 and makes chosen ones fail, so that a test can walk through every failure there is.
///
/// Several repositories, on several threads, may share one. A repository without one pays a nil check for a call.
package final class GitFaults: Sendable {
    private let calls = Atomic<Int>(0)
    private let statusOfCall: @Sendable (Int) -> Int32?

    /// Asks before each call, counted from 1, for the libgit2 error code that it ends with instead of being made;
    /// nil lets it pass. What is asked may also wait, or end the process.
    package init(_ statusOfCall: @escaping @Sendable (_ call: Int) -> Int32?) {
        self.statusOfCall = statusOfCall
    }

    /// Makes one call fail, with libgit2's general error code if no other is given.
    package convenience init(failing call: Int, with status: Int32 = -1) {
        self.init { $0 == call ? status : nil }
    }

    /// How many calls there were so far.
    package var callCount: Int { calls.load(ordering: .relaxed) }

    /// Counts a call; the code of the failure that was planned for it.
    func statusOfNextCall() -> Int32? {
        statusOfCall(calls.add(1, ordering: .relaxed).newValue)
    }
}
