import Glibc
import Synchronization

/// A call into libpq that may reach the server; its raw value is the operation's name in errors.
package enum Operation: String, Sendable, CaseIterable {
    case connect
    case negotiate
    case send
    case receive
    case enterPipeline = "enter pipeline"
    case requestFlush = "request flush"
    case flush
    case sync
    case leavePipeline = "leave pipeline"
    case copyData = "copy data"
    case endCopy = "end copy"
    case cancel
}

/// What goes wrong at which call into libpq, for tests that break every call in turn.
///
/// Several connections may share a plan; their calls are counted together. A connection without one runs unharmed
/// and uncounted.
package final class FaultPlan: Sendable {
    /// What happens at the chosen call.
    package enum Fault: Sendable {
        /// The call is not made and fails.
        case refuse
        /// The connection's socket is shut down and what came in is lost, then the call is made.
        case reset
        /// The call is made after a while.
        case delay(milliseconds: Int)
        /// The call is made after something else has happened.
        case after(@Sendable () -> Void)
        /// The process ends at once, as by `kill -9`.
        case kill
    }

    private struct State {
        var calls: [Operation] = []
        var hasStruck = false
    }

    private let fault: Fault?
    private let call: Int
    private let isLasting: Bool
    private let state = Mutex(State())

    /// A plan that counts and breaks nothing.
    package init() {
        fault = nil
        call = 0
        isLasting = false
    }

    /// A plan with a fault at a call, counted from one, and with `isLasting` at all calls from there on.
    package init(_ fault: Fault, atCall call: Int, isLasting: Bool = false) {
        self.fault = fault
        self.call = call
        self.isLasting = isLasting
    }

    /// The calls made so far, in order, the one that was broken included.
    package var calls: [Operation] { state.withLock { $0.calls } }

    /// False when the run ended before the chosen call came.
    package var hasStruck: Bool { state.withLock { $0.hasStruck } }

    /// Counts a call and does to it what the plan says. False when the call must not be made.
    func admit(_ operation: Operation, socket: Int32) -> Bool {
        let strikes = state.withLock { state in
            state.calls.append(operation)
            let count = state.calls.count
            let strikes = fault != nil && (count == call || (isLasting && count > call))
            state.hasStruck = state.hasStruck || strikes
            return strikes
        }
        guard strikes, let fault else { return true }
        switch fault {
        case .refuse: return false
        case .reset: cut(socket)
        case .delay(let milliseconds): usleep(UInt32(clamping: milliseconds * 1_000))
        case .after(let event): event()
        case .kill: kill(getpid(), SIGKILL)
        }
        return true
    }

    /// Ends a socket both ways, and drops the answers that the system holds ready.
    private func cut(_ socket: Int32) {
        shutdown(socket, Int32(SHUT_RDWR))
        var block = [UInt8](repeating: 0, count: 4_096)
        while unsafe recv(socket, &block, block.count, Int32(MSG_DONTWAIT)) > 0 {}
    }
}
