import CPostgres

/// Cancels what runs on a connection, from any thread.
///
/// The request travels on a connection of its own, in clear text whatever the TLS settings (libpq 15), and may come
/// too late: then nothing happens.
@safe
package final class CancelHandle: Sendable {
    // libpq's copy of what a request needs: never changed, and made for use from other threads.
    nonisolated(unsafe) private let cancelation: OpaquePointer
    private let faults: FaultPlan?

    /// Takes over libpq's copy.
    init(_ cancelation: OpaquePointer, faults: FaultPlan?) {
        unsafe self.cancelation = unsafe cancelation
        self.faults = faults
    }

    deinit {
        unsafe PQfreeCancel(cancelation)
    }

    /// Asks the server to stop the running statement, which then fails with 57014. Returns when the request was
    /// delivered, which says nothing about its effect.
    package func cancel() throws(PostgresError) {
        var reason = [CChar](repeating: 0, count: 256)
        let isAdmitted = faults?.admit(.cancel, socket: -1) ?? true
        guard isAdmitted, unsafe PQcancel(cancelation, &reason, Int32(reason.count)) == 1 else {
            throw PostgresError(
                .connection, Operation.cancel.rawValue, "the request was not delivered", sqlState: "08001")
        }
    }
}
