/// Gives equal byte strings the same small integer, so that comparing keys is comparing integers.
///
/// Open addressing over one byte buffer: no allocation for a string that is already known.
/// A copy is independent: workers start from a common base and add their own.
package struct Interner: Sendable {
    @usableFromInline var bytes: [UInt8] = []
    /// Where each string ends in `bytes`; it begins where the one before ends.
    @usableFromInline var ends: [Int32] = []
    @usableFromInline var hashes: [UInt32] = []
    /// Where hashing starts: different in every run, so that no file can be made whose keys collide.
    @usableFromInline let seed = UInt32.random(in: 0...UInt32.max)
    /// Handle + 1 in each slot, 0 where it is free. Its count is a power of two, at most two thirds full.
    @usableFromInline var slots: [Int32] = Array(repeating: 0, count: 64)

    package init() {}

    /// How many different strings are known; their handles are `0..<count`.
    @inlinable
    package var count: Int { ends.count }

    /// The handle of a string, made if it is new.
    @inlinable
    package mutating func intern(_ text: Span<UInt8>) -> Int32 {
        let hash = hash(text)
        var slot = Int(hash) & (slots.count - 1)
        while slots[slot] != 0 {
            let handle = slots[slot] - 1
            if hashes[Int(handle)] == hash, matches(handle, text) { return handle }
            slot = (slot + 1) & (slots.count - 1)
        }
        return insert(text, hash: hash, slot: slot)
    }

    /// The handle of a string that is known, else nil.
    @inlinable
    package func find(_ text: Span<UInt8>) -> Int32? {
        let hash = hash(text)
        var slot = Int(hash) & (slots.count - 1)
        while slots[slot] != 0 {
            let handle = slots[slot] - 1
            if hashes[Int(handle)] == hash, matches(handle, text) { return handle }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    /// The handle of a string given as text, made if it is new.
    package mutating func intern(_ text: String) -> Int32 {
        intern(Array(text.utf8).span)
    }

    /// The string behind a handle.
    package func text(of handle: Int32) -> String {
        String(decoding: bytes[range(of: handle)], as: UTF8.self)
    }

    /// Forgets every string past the first `count`, so that foreign keys of hostile files do not pile up.
    package mutating func truncate(to count: Int) {
        guard count < ends.count else { return }
        bytes.removeLast(bytes.count - (count == 0 ? 0 : Int(ends[count - 1])))
        ends.removeLast(ends.count - count)
        hashes.removeLast(hashes.count - count)
        rebuild(slotCount: slots.count)
    }

    @inlinable
    func range(of handle: Int32) -> Range<Int> {
        (handle == 0 ? 0 : Int(ends[Int(handle) - 1]))..<Int(ends[Int(handle)])
    }

    @inlinable
    func matches(_ handle: Int32, _ text: Span<UInt8>) -> Bool {
        let range = range(of: handle)
        guard range.count == text.count else { return false }
        var offset = 0
        while offset < text.count {
            if bytes[range.lowerBound + offset] != text[offset] { return false }
            offset += 1
        }
        return true
    }

    /// FNV-1a from the seed, folded so that the low bits that choose the slot depend on all bytes.
    @inlinable
    func hash(_ text: Span<UInt8>) -> UInt32 {
        var hash = seed
        for offset in text.indices {
            hash = (hash ^ UInt32(text[offset])) &* 16_777_619
        }
        return hash ^ (hash >> 15)
    }

    @usableFromInline
    mutating func insert(_ text: Span<UInt8>, hash: UInt32, slot: Int) -> Int32 {
        let handle = Int32(ends.count)
        for offset in text.indices { bytes.append(text[offset]) }
        ends.append(Int32(bytes.count))
        hashes.append(hash)
        slots[slot] = handle + 1
        if ends.count * 3 > slots.count * 2 { rebuild(slotCount: slots.count * 2) }
        return handle
    }

    mutating func rebuild(slotCount: Int) {
        slots = Array(repeating: 0, count: slotCount)
        for (handle, hash) in hashes.enumerated() {
            var slot = Int(hash) & (slotCount - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (slotCount - 1) }
            slots[slot] = Int32(handle) + 1
        }
    }
}
