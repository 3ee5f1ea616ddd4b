import Ranking
import Testing

struct TelemetryTableTests {
    private let head = "provider,kind,time,status,ok,ttft_ms,total_ms,output_tokens,region\n"

    @Test func `A line is a probe`() throws {
        let text =
            head
            + "acme,latency,2026-09-01T00:00:00Z,200,true,180.5,1400,128,eu\nacme,health,1788220800,503,false,,,,\n"
        let table = try TelemetryTable(Array(text.utf8))
        #expect(table.rejected.isEmpty)
        #expect(table.samples.map(\.seconds) == [1_788_220_800, 1_788_220_800])
        #expect(table.samples.first?.firstTokenMicroseconds == 180_500)
        #expect(table.samples.first?.series == .init(region: "eu"))
        #expect(Moment.text(1_788_220_800) == "2026-09-01T00:00:00Z")
    }

    @Test(arguments: [
        ",health,1,200,true", "acme,pulse,1,200,true", "acme,health,noon,200,true", "acme,health,1,ok,true",
        "acme,health,1,200,perhaps", "acme,latency,1,200,true,fast", "acme,latency,1,200,true,1,1,many",
        "acme,health,2026-13-01T00:00:00Z,200,true", "acme,health,2026-09-01T24:00:00Z,200,true", "\"acme",
    ])
    func `A line that is no probe is left out with its reason`(line: String) throws {
        let table = try TelemetryTable(Array((head + line + "\n").utf8))
        #expect(table.samples.isEmpty)
        #expect(table.rejected.map(\.line) == [2])
    }

    @Test func `Missing columns are named`() {
        #expect(throws: TelemetryTable.Fault.self) { try TelemetryTable(Array("provider,time\n".utf8)) }
        #expect(throws: TelemetryTable.Fault.self) { try TelemetryTable([]) }
    }
}
