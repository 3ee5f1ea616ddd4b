import Glibc

/// A Redis server of a test's own: it keeps nothing, and stands in a folder of its own.
package final class ScratchRedis {
    /// What clients connect to.
    package let url: String
    /// The server, for signals.
    package private(set) var server: RunningProcess
    private let arguments: [String]
    private let folder: String

    /// A server that did not come up; what it wrote says why.
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    /// Starts a server on a Unix socket in the folder, with more of its settings as on its command line.
    package init(in folder: String, name: String = "redis", _ settings: [String] = []) throws {
        self.folder = folder
        url = "unix://\(folder)/\(name).socket"
        arguments =
            ["redis-server", "--port", "0", "--unixsocket", "\(folder)/\(name).socket", "--dir", folder]
            + ["--save", "", "--appendonly", "no"] + settings
        server = try RunningProcess(ChildProcess(arguments), outputPath: "\(folder)/\(name).log")
        try waitForPath("\(folder)/\(name).socket", log: "\(folder)/\(name).log")
    }

    /// Starts a server of a cluster, on a port of this machine.
    package init(in folder: String, clusterPort port: Int, busPort: Int) throws {
        self.folder = folder
        url = "redis://127.0.0.1:\(port)"
        arguments =
            ["redis-server", "--port", "\(port)", "--bind", "127.0.0.1", "--dir", folder, "--save", ""]
            + ["--cluster-enabled", "yes", "--cluster-config-file", "nodes-\(port).conf"]
            + ["--cluster-port", "\(busPort)", "--unixsocket", "\(folder)/\(port).socket"]
            + ["--cluster-announce-ip", "127.0.0.1", "--cluster-require-full-coverage", "no"]
        server = try RunningProcess(ChildProcess(arguments), outputPath: "\(folder)/\(port).log")
        try waitForPath("\(folder)/\(port).socket", log: "\(folder)/\(port).log")
    }

    /// Ends the server as a crash would and starts it again, empty.
    package func restart() throws {
        server.signal(SIGKILL)
        server.wait()
        let socket = String(url.dropFirst("unix://".count))
        unlink(socket)
        server = try RunningProcess(ChildProcess(arguments), outputPath: "\(folder)/restart.log")
        try waitForPath(socket, log: "\(folder)/restart.log")
    }

    /// Returns when the server takes connections, which is a little after it made its socket.
    private func waitForPath(_ path: String, log: String) throws(Failure) {
        for _ in 0..<2_000 {
            if LocalSocket.isAnswering(path) { return }
            guard server.isRunning else { break }
            usleep(5_000)
        }
        throw Failure(description: "no Redis server came up: \(Files.text(at: log) ?? "no log")")
    }
}
