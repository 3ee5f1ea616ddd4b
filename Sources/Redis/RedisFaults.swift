import Glibc
import Synchronization

/// What goes wrong at which call to a Redis server, for tests that break every call in turn.
///
/// Several connections may share a plan; their calls are counted together. A connection without one runs unharmed
/// and uncounted.
package final class RedisFaults: Sendable {
    /// A call that reaches the server; its raw value is the operation's name in errors.
    package enum Call: String, Sendable, CaseIterable {
        case connect
        case send
        case receive
    }

    /// What happens at the chosen call.
    package enum Fault: Sendable, Equatable {
        /// The call is not made and fails.
        case refuse
        /// The connection's socket is shut down, then the call is made; where there is none yet, none is made.
        case reset
        /// The call is made after a while.
        case delay(milliseconds: Int)
        /// The process ends at once, as by `kill -9`.
        case kill
    }

    private struct State {
        var calls: [Call] = []
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
    package var calls: [Call] { state.withLock { $0.calls } }

    /// False when the run ended before the chosen call came.
    package var hasStruck: Bool { state.withLock { $0.hasStruck } }

    /// Counts a call and does to it what the plan says. False when the call must not be made.
    func admit(_ made: Call, socket: Int32) -> Bool {
        let strikes = state.withLock { state in
            state.calls.append(made)
            let count = state.calls.count
            let strikes = fault != nil && (count == call || (isLasting && count > call))
            state.hasStruck = state.hasStruck || strikes
            return strikes
        }
        guard strikes, let fault else { return true }
        switch fault {
        case .refuse: return false
        case .reset:
            guard socket >= 0 else { return false }
            shutdown(socket, Int32(SHUT_RDWR))
        case .delay(let milliseconds): usleep(UInt32(clamping: milliseconds * 1_000))
        case .kill: kill(getpid(), SIGKILL)
        }
        return true
    }
}
