/// One step of the schema's history: forward only, never changed once it was applied anywhere.
package struct Migration: Sendable, Hashable {
    /// Orders the migrations; each is higher than the one before.
    package let version: Int
    package let name: String
    /// One or several statements, which run within one transaction and do not end it.
    package let sql: String

    package init(version: Int, name: String, sql: String) {
        self.version = version
        self.name = name
        self.sql = sql
    }

    /// The 64-bit FNV-1a hash of the SQL as 16 hexadecimal digits (Fowler, Noll, Vo). It finds an edit, not an
    /// attacker: who can write the table needs no collision.
    package var checksum: String {
        let digits = String(StableHash.of(sql), radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

/// A hash that is the same in every run and on every machine.
enum StableHash {
    /// 64-bit FNV-1a over the text's UTF-8.
    static func of(_ text: String) -> UInt64 {
        text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
    }
}

/// Where one migration stands in a database.
package struct MigrationStatus: Sendable, Equatable {
    /// How program and database agree about it.
    package enum State: Sendable, Equatable {
        case applied(Timestamp)
        case pending
        /// Applied, and its SQL in the program is another one now.
        case changed(Timestamp)
        /// Applied by a program that knows more than this one.
        case unknown(Timestamp)
    }

    package let version: Int
    package let name: String
    package let state: State
}
