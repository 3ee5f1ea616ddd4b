/// What a relay does to the bytes that pass through it.
package struct Weather: Sendable, Equatable {
    /// Which way bytes go.
    package enum Direction: Int, Sendable, CaseIterable {
        case toServer
        case toClient
    }

    /// A place in the bytes that go one way, all connections of a relay counted together.
    package struct Place: Sendable, Equatable {
        package var direction: Direction
        /// How many bytes still arrive.
        package var byteCount: Int

        package init(_ direction: Direction, after byteCount: Int) {
            self.direction = direction
            self.byteCount = byteCount
        }
    }

    /// What becomes of a COMMIT, told by the text in PostgreSQL's protocol.
    package enum CommitFault: Sendable, CaseIterable {
        /// It does not reach the server; the connection is cut instead.
        case cutBefore
        /// The server does it; its answer is dropped and the connection cut.
        case dropAnswer
        /// The same two with a connection that is reset, where it is one of TCP: what the client has not read is lost.
        case resetBefore
        case resetAnswer

        /// Whether the server does it.
        package var reachesServer: Bool { self == .dropAnswer || self == .resetAnswer }
        var resets: Bool { self == .resetBefore || self == .resetAnswer }
    }

    /// Where a connection is cut both ways. Strikes once: later connections pass.
    package var cut: Place?
    /// Where a connection falls silent: it stays open and nothing goes either way. Strikes once.
    package var silence: Place?
    /// Where the server vanishes: nothing goes either way, nothing ends, and what the client sends is not even
    /// acknowledged, as when a cable is pulled. Connections of TCP only. Strikes once.
    package var vanishing: Place?
    /// Strikes once.
    package var commit: CommitFault?
    /// The most bytes that are handed on at once.
    package var sliceBytes: Int?
    /// How long bytes take each way.
    package var delayMilliseconds = 0
    /// How many bytes a connection carries each way in a second.
    package var bytesPerSecond: Int?

    package init() {}

    /// A cut at a place.
    package static func cut(_ direction: Direction, after byteCount: Int) -> Weather {
        var weather = Weather()
        weather.cut = Place(direction, after: byteCount)
        return weather
    }

    /// Silence from a place on.
    package static func silence(_ direction: Direction, after byteCount: Int) -> Weather {
        var weather = Weather()
        weather.silence = Place(direction, after: byteCount)
        return weather
    }

    /// A server that vanishes at a place.
    package static func vanishing(_ direction: Direction, after byteCount: Int) -> Weather {
        var weather = Weather()
        weather.vanishing = Place(direction, after: byteCount)
        return weather
    }

    /// A fault at the next COMMIT.
    package static func commit(_ fault: CommitFault) -> Weather {
        var weather = Weather()
        weather.commit = fault
        return weather
    }
}
