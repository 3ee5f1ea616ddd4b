import CPostgres

/// The arguments of one statement as libpq wants them: all in binary format, in one buffer.
struct ParameterBuffer {
    // One byte ahead, so that an empty value has an address: to libpq an argument without one is null.
    private var bytes: [UInt8] = [0]
    private var offsets: [Int] = []
    private var lengths: [Int32] = []
    private var types: [Oid] = []
    private var formats: [Int32] = []

    /// How many bytes the arguments have.
    var byteCount: Int { bytes.count }

    init(_ values: [Value]) throws(PostgresError) {
        for value in values {
            offsets.append(value == .null ? -1 : bytes.count)
            let start = bytes.count
            try value.encode(into: &bytes)
            guard let length = Int32(exactly: bytes.count - start) else {
                throw PostgresError(.value, "encode", "an argument of two gigabytes or more")
            }
            lengths.append(length)
            // Zero leaves the type of a null to the server.
            types.append(value.type?.oid ?? 0)
            formats.append(1)
        }
    }

    /// Values that are encoded already, none of them null.
    init(fields: [[UInt8]]) {
        for field in fields {
            offsets.append(bytes.count)
            lengths.append(Int32(truncatingIfNeeded: field.count))
            bytes += field
            // The statement says the types.
            types.append(0)
            formats.append(1)
        }
    }

    /// Calls `body` with the count, types, values, lengths and formats.
    @unsafe
    func withPointers<R>(
        _ body: (
            Int32, UnsafePointer<Oid>?, UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?,
            UnsafePointer<Int32>?
        ) -> R
    ) -> R {
        unsafe bytes.withUnsafeBytes { buffer in
            let base = unsafe buffer.bindMemory(to: CChar.self).baseAddress
            let values = unsafe offsets.map { offset in
                offset < 0 ? nil : unsafe base.map { unsafe $0 + offset }
            }
            return unsafe body(Int32(offsets.count), types, values, lengths, formats)
        }
    }
}
