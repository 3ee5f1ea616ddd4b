import CCrypto

/// A SHA-256 machine (FIPS 180-4) over the system's libcrypto; one serves any number of messages in turn.
@safe
package struct SHA256: ~Copyable {
    private let context: OpaquePointer
    private let algorithm: OpaquePointer

    package init() {
        guard let context = unsafe EVP_MD_CTX_new(), let algorithm = unsafe EVP_MD_fetch(nil, "SHA256", nil)
        else { preconditionFailure("libcrypto has no SHA-256, or no memory") }
        unsafe self.context = unsafe context
        unsafe self.algorithm = unsafe algorithm
    }

    deinit {
        unsafe EVP_MD_CTX_free(context)
        unsafe EVP_MD_free(algorithm)
    }

    /// The digest of a message.
    package mutating func digest(of message: Span<UInt8>) -> Digest {
        var output: [UInt8] = Array(repeating: 0, count: Digest.byteCount)
        let isDone = unsafe message.withUnsafeBytes { bytes in
            unsafe EVP_DigestInit_ex2(context, algorithm, nil) == 1
                && EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) == 1
                && EVP_DigestFinal_ex(context, &output, nil) == 1
        }
        precondition(isDone, "libcrypto refused to compute a SHA-256")
        return Digest(bytes: output)
    }
}

/// The 32 bytes of a SHA-256.
package struct Digest: Sendable, Hashable {
    static let byteCount = 32

    package let bytes: [UInt8]

    /// The first so many bytes as lower-case hexadecimal digits.
    package func hexadecimal(byteCount: Int = 32) -> String {
        bytes.prefix(byteCount).map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }
}
