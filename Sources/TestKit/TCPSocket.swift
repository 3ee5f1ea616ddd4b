import Glibc

/// Sockets of this machine's network, and what can be done to a connection only there.
enum TCPSocket {
    /// A socket with a port that nothing else uses; nil when there is none.
    static func bindAnywhere() -> (descriptor: Int32, port: Int)? {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var port = 0
        let isBound = withAddress(port: &port) { address, length in
            var length = length
            return bind(descriptor, address, length) == 0 && getsockname(descriptor, address, &length) == 0
        }
        if !isBound { close(descriptor) }
        return isBound ? (descriptor, port) : nil
    }

    /// A new connection to a port; nil when nobody takes it.
    static func connect(to port: Int) -> Int32? {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var port = port
        let isConnected = withAddress(port: &port) { Glibc.connect(descriptor, $0, $1) == 0 }
        if !isConnected { close(descriptor) }
        return isConnected ? descriptor : nil
    }

    /// A port of this machine in the system's structure; what the system writes there is the port afterwards.
    private static func withAddress(
        port: inout Int, _ body: (UnsafeMutablePointer<sockaddr>, socklen_t) -> Bool
    ) -> Bool {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
        defer { port = Int(UInt16(bigEndian: address.sin_port)) }
        return withUnsafeMutableBytes(of: &address) { bytes in
            guard let base = bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self) else { return false }
            return body(base, socklen_t(bytes.count))
        }
    }

    /// A socket that takes connections; nil when there can be none.
    static func listen() -> (descriptor: Int32, port: Int)? {
        guard let bound = bindAnywhere() else { return nil }
        guard Glibc.listen(bound.descriptor, 64) == 0 else {
            close(bound.descriptor)
            return nil
        }
        return bound
    }

    /// Hands every write on at once.
    static func sendAtOnce(_ descriptor: Int32) {
        var yes: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
    }

    /// When it is closed, has it tell its peer "reset" instead of "end".
    static func closeByReset(_ descriptor: Int32) {
        var rule = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &rule, socklen_t(MemoryLayout<linger>.size))
    }

    /// From now on the system throws away all that comes for it, unacknowledged: to its peer it has vanished.
    ///
    /// - Returns: whether the system can do that.
    static func vanish(_ descriptor: Int32) -> Bool {
        // One instruction of the system's packet filter, "keep 0 bytes of it", and its list (`linux/filter.h`).
        struct Instruction {
            var code: UInt16 = 0x06
            var (jumpTrue, jumpFalse): (UInt8, UInt8) = (0, 0)
            var operand: UInt32 = 0
        }
        struct Program {
            var count: UInt16 = 1
            var instructions: UnsafeMutablePointer<Instruction>?
        }
        var instruction = Instruction()
        return withUnsafeMutablePointer(to: &instruction) { instruction in
            var program = Program(instructions: instruction)
            return setsockopt(
                descriptor, SOL_SOCKET, SO_ATTACH_FILTER, &program,
                socklen_t(MemoryLayout<Program>.size)) == 0
        }
    }
}
