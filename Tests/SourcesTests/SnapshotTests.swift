import Documents
import Sources
import Testing
import Text

struct SnapshotTests {
    private func snapshot(_ text: String) throws -> Snapshot {
        let day = try #require(CalendarDate(year: 2026, month: 7, day: 2))
        return Snapshot(name: "prices.json", bytes: Array(text.utf8), origin: Origin(url: nil, seenOn: day))
    }

    @Test func `A snapshot that is no JSON says where`() throws {
        let broken = try snapshot("{\"a\": 1,\n  b}")
        let error = #expect(throws: SourceError.self) { try broken.json() }
        #expect(error?.message.hasPrefix("\"prices.json\" is not JSON: 2:3: ") == true)
    }

    @Test func `Numbers of a snapshot keep every digit`() throws {
        #expect(try snapshot("[2.5e-06]").json().list?.first?.number == Number("0.0000025"))
    }
}
