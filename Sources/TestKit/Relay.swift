import Dispatch
import Glibc
import Synchronization

/// Stands between clients and a server, which listens on a socket in the file system, and makes the weather on the way.
///
/// One thread of its own moves all bytes. When its owner lets go of it, everything is closed.
package final class Relay: Sendable {
    private let state: RelayState
    private let path: String?
    /// Where it takes connections of TCP; 0 where it takes others.
    package let port: Int
    private let wake: Int32
    private let thread = DispatchQueue(label: "relay")

    /// Takes connections at a path and makes one to another path for each; nil when nobody can listen there.
    package convenience init?(at path: String, to server: String, _ weather: Weather = Weather()) {
        guard let listener = LocalSocket.listen(at: path) else { return nil }
        self.init(listener, path: path, port: 0, to: server, weather)
    }

    /// Takes connections at a port of this machine, where a connection can be reset and a peer can vanish.
    package convenience init?(onTCPTo server: String, _ weather: Weather = Weather()) {
        guard let (listener, port) = TCPSocket.listen() else { return nil }
        self.init(listener, path: nil, port: port, to: server, weather)
    }

    private init?(_ listener: Int32, path: String?, port: Int, to server: String, _ weather: Weather) {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { return nil }
        for descriptor in ends + [listener] { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        let state = RelayState(RelayRules(weather: weather))
        self.state = state
        self.path = path
        self.port = port
        wake = ends[1]
        let loop = RelayLoop(listener: listener, server: server, wake: ends[0], state: state)
        thread.async { loop.run() }
    }

    deinit {
        close(wake)
        thread.sync {}
        if let path { unlink(path) }
    }

    /// The weather from now on; what had struck may strike again, and counting begins anew.
    package func change(to weather: Weather) {
        state.rules.withLock { $0 = RelayRules(weather: weather) }
    }

    /// Cuts every connection that there is now.
    package func endConnections() {
        state.rules.withLock { $0.endsAll = true }
        _ = write(wake, [1], 1)
    }

    /// True once a cut, a silence, a vanishing or a fault at a COMMIT has come.
    package var hasStruck: Bool { state.rules.withLock { $0.hasStruck } }

    /// How many bytes have gone each way since the weather changed.
    package func passed(_ direction: Weather.Direction) -> Int {
        state.rules.withLock { $0.passed[direction.rawValue] }
    }
}

/// What a relay and its thread share.
final class RelayState: Sendable {
    let rules: Mutex<RelayRules>

    init(_ rules: RelayRules) {
        self.rules = Mutex(rules)
    }
}

/// What a relay's thread does until the pipe that wakes it ends.
struct RelayLoop: Sendable {
    let listener: Int32
    let server: String
    let wake: Int32
    let state: RelayState

    func run() {
        var connections: [RelayedConnection] = []
        var isRunning = true
        while isRunning {
            var descriptors = [
                pollfd(fd: wake, events: Int16(POLLIN), revents: 0),
                pollfd(fd: listener, events: Int16(POLLIN), revents: 0),
            ]
            let now = milliseconds()
            for connection in connections {
                for flow in connection.flows {
                    let events = connection.events(of: flow, now: now)
                    // A socket that nothing is awaited of is left out: its end would be told again and again.
                    let (source, sink) = (
                        events.source == 0 ? -1 : flow.source, events.sink == 0 ? -1 : flow.sink
                    )
                    descriptors.append(pollfd(fd: source, events: events.source, revents: 0))
                    descriptors.append(pollfd(fd: sink, events: events.sink, revents: 0))
                }
            }
            let due = connections.compactMap { $0.nextDue(after: now) }.min().map { $0 - now } ?? -1
            guard poll(&descriptors, nfds_t(descriptors.count), Int32(due)) >= 0 || errno == EINTR else {
                break
            }
            isRunning = staysOpen(descriptors[0])
            move(&connections, descriptors[2...])
            connections.removeAll { $0.isClosed }
            if descriptors[1].revents != 0 { accept(into: &connections) }
        }
        for index in connections.indices { connections[index].close() }
        close(listener)
        close(wake)
    }

    /// False once the pipe has ended; a byte in it only wakes.
    private func staysOpen(_ descriptor: pollfd) -> Bool {
        var byte: UInt8 = 0
        return descriptor.revents == 0 || read(wake, &byte, 1) == 1
    }

    private func move(_ connections: inout [RelayedConnection], _ descriptors: ArraySlice<pollfd>) {
        let now = milliseconds()
        var descriptors = descriptors
        state.rules.withLock { rules in
            let endsAll = rules.endsAll
            rules.endsAll = false
            for index in connections.indices {
                if endsAll { connections[index].close() }
                for direction in Weather.Direction.allCases {
                    let isReadable = descriptors.removeFirst().revents != 0
                    let isWritable = descriptors.removeFirst().revents != 0
                    if isReadable, !connections[index].isClosed {
                        connections[index].read(direction, &rules, now: now)
                    }
                    if isWritable, !connections[index].isClosed {
                        connections[index].write(direction, &rules, now: now)
                    }
                }
                connections[index].passEnds()
            }
        }
    }

    private func accept(into connections: inout [RelayedConnection]) {
        let client = Glibc.accept(listener, nil, nil)
        guard client >= 0 else { return }
        _ = fcntl(client, F_SETFD, FD_CLOEXEC)
        guard let upstream = LocalSocket.connect(to: server) else {
            close(client)
            return
        }
        _ = fcntl(upstream, F_SETFD, FD_CLOEXEC)
        TCPSocket.sendAtOnce(client)
        connections.append(RelayedConnection(client: client, server: upstream))
    }

    private func milliseconds() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec * 1_000 + time.tv_nsec / 1_000_000
    }
}
