import Glibc
import Postgres
import TestKit

/// A port of this machine that takes connections and never says a word.
final class SilentSocket {
    private let descriptor: Int32
    let port: Int

    init?() {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = descriptor
        let isListening = withUnsafeMutableBytes(of: &address) { bytes in
            guard let base = bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self) else { return false }
            return bind(descriptor, base, length) == 0 && listen(descriptor, 5) == 0
                && getsockname(descriptor, base, &length) == 0
        }
        port = Int(UInt16(bigEndian: address.sin_port))
        guard isListening else { return nil }
    }

    deinit {
        close(descriptor)
    }
}

/// The scratch server's URL, asked of the server itself, since settings do not show theirs.
enum LocalServerURL {
    static func of(_ settings: ConnectionSettings) throws -> String {
        var connection = try Connection.open(settings)
        let rows = try connection.query("SELECT current_setting('unix_socket_directories')")
        return "postgresql:///postgres?host=" + (try rows.text(0, 0)) + "&user=postgres"
    }
}
