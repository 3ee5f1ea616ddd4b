import Glibc

/// Sockets in the file system.
package enum LocalSocket {
    /// Whether somebody takes connections at a path.
    package static func isAnswering(_ path: String) -> Bool {
        let descriptor = connect(to: path)
        if let descriptor { close(descriptor) }
        return descriptor != nil
    }

    /// A new connection to a path; nil when nobody takes it.
    package static func connect(to path: String) -> Int32? {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        let isConnected = withAddress(of: path) { Glibc.connect(descriptor, $0, $1) == 0 }
        if !isConnected { close(descriptor) }
        return isConnected ? descriptor : nil
    }

    /// A socket that takes connections at a path; nil when it cannot be made there.
    package static func listen(at path: String) -> Int32? {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        let isListening = withAddress(of: path) {
            bind(descriptor, $0, $1) == 0 && Glibc.listen(descriptor, 64) == 0
        }
        if !isListening { close(descriptor) }
        return isListening ? descriptor : nil
    }

    /// The path in the system's structure; one that is too long is cut, and found nowhere.
    private static func withAddress(
        of path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Bool
    ) -> Bool {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { field in
            for (index, byte) in path.utf8.prefix(field.count - 1).enumerated() { field[index] = byte }
        }
        return withUnsafeBytes(of: &address) { bytes in
            guard let base = bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self) else { return false }
            return body(base, socklen_t(bytes.count))
        }
    }
}

/// Ports of this machine that nothing used a moment ago.
package enum FreePort {
    /// As many different ones as asked for.
    package static func find(_ count: Int) -> [Int] {
        var sockets: [Int32] = []
        defer { sockets.forEach { close($0) } }
        return (0..<count).map { _ in
            guard let bound = TCPSocket.bindAnywhere() else { return 0 }
            sockets.append(bound.descriptor)
            return bound.port
        }
    }
}
