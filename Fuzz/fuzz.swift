import Glibc

/// The entry that libFuzzer calls again and again; `FUZZ_ENTRY` in the environment chooses what is fuzzed.
///
/// A broken invariant stops the program, and libFuzzer keeps the input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    if let broken = entry(bytes) { preconditionFailure(broken) }
    return 0
}

private let entry: @Sendable ([UInt8]) -> String? = {
    switch getenv("FUZZ_ENTRY").map({ String(cString: $0) }) {
    case "yaml": Invariant.broken(byYAML:)
    case "json": Invariant.broken(byJSON:)
    case "schema": SchemaInvariant.broken(bySchema:)
    case "pattern": SchemaInvariant.broken(byPattern:)
    case "number": ScalarInvariant.broken(byNumber:)
    case "date": ScalarInvariant.broken(byDate:)
    default: preconditionFailure("FUZZ_ENTRY is yaml, json, schema, pattern, number or date")
    }
}()
