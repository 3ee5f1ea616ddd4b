import Entities
import Sources
import TestKit
import Testing
import Text

/// Which count stands, and which alarms a change of counts sets off.
@Suite struct ProvenanceTests {
    private func day(_ number: Int) throws -> CalendarDate {
        try #require(CalendarDate(year: 2026, month: 11, day: number))
    }

    @Test func `a worse source never replaces a better one and stays visible`() throws {
        let first = try day(1)
        let second = try day(2)
        let stored = CountCandidate(684_531_386_000, .safetensors, checkedOn: first)
        let stated = CountCandidate(671_000_000_000, .stated, checkedOn: second)
        let kept = CountCandidate.settled(known: stored, imported: stated)
        #expect(kept.value == stored.value && kept.note == "stated gives 671000000000")
        let replaced = CountCandidate.settled(known: stated, imported: stored)
        #expect(replaced.value == stored.value && replaced.note == "stated gives 671000000000")
        #expect(CountCandidate.settled(known: kept, imported: stated) == kept)
    }

    @Test func `a number set by hand stands and an import sets none`() throws {
        let byHand = CountCandidate(
            7, .manualOverride, checkedOn: try day(1), note: "Counted over the tensors by hand")
        let stored = CountCandidate(8, .safetensors, checkedOn: try day(2))
        let kept = CountCandidate.settled(known: byHand, imported: stored)
        #expect(kept.value == 7 && kept.note == "Counted over the tensors by hand; safetensors gives 8")
        #expect(CountCandidate.settled(known: stored, imported: byHand) == stored)
    }

    @Test func `trust never falls over any row of imports`() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("rows of imports: seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        let imports: [StatedCount.Provenance] = [.estimated, .stated, .configExact, .safetensors]
        for _ in 0..<300 {
            var known: CountCandidate?
            var best = StatedCount.Provenance.estimated
            for _ in 0..<8 {
                let provenance = imports.randomElement(using: &generator) ?? .stated
                let value = Int.random(in: 1...9, using: &generator)
                let imported = CountCandidate(
                    value, provenance, checkedOn: try day(Int.random(in: 1...28, using: &generator)))
                let before = known
                let settled = CountCandidate.settled(known: before, imported: imported)
                best = max(best, provenance)
                #expect(settled.provenance == best, "seed \(seed)")
                for loser in [before, imported].compactMap(\.self) where loser.value != settled.value {
                    #expect(
                        settled.note?.contains("\(loser.provenance.rawValue) gives \(loser.value)") == true)
                }
                known = settled
            }
        }
    }

    @Test func `a count that moves too far sets off an alarm`() {
        #expect(CountWatch.moved("m", from: 684_500_000_000, to: 671_000_000_000) == nil)
        #expect(CountWatch.moved("m", from: 253_400_000_000, to: 697_900_000_000)?.kind == .countMoved)
        #expect(CountWatch.moved("m", from: 100, to: 150) == nil)
        #expect(CountWatch.moved("m", from: 100, to: 151)?.kind == .countMoved)
        #expect(CountWatch.moved("m", from: 100, to: 66) == nil)
        #expect(CountWatch.moved("m", from: 100, to: 65)?.kind == .countMoved)
    }

    @Test(arguments: [
        ("Nemotron-Nano-30B", 101_500_000_000, 31_577_940_288),
        ("Nemotron-Super-49B", 87_000_000_000, 49_867_145_216),
        ("Nemotron-Ultra-253B", 697_900_000_000, 253_400_000_000),
    ])
    func `an estimate far off the authority sets off an alarm`(name: String, estimate: Int, authority: Int) {
        #expect(CountWatch.estimateOff(name, estimate: estimate, authority: authority)?.kind == .estimateOff)
        #expect(CountWatch.estimateOff(name, estimate: authority, authority: authority) == nil)
    }

    @Test func `packed words are no parameters`() {
        let checkpoints = [(396_800_000_000, 671_026_419_200), (132_800_000_000, 235_093_634_560)]
        for (stored, known) in checkpoints {
            let alarm = CountWatch.packedWords("m", stored: stored, known: known, isFourBit: true)
            #expect(alarm?.kind == .packedWords)
        }
        #expect(CountWatch.packedWords("m", stored: 684, known: 671, isFourBit: true) == nil)
        #expect(CountWatch.packedWords("m", stored: 396, known: 671, isFourBit: false) == nil)
    }

    @Test func `a size of another model is found`() {
        let lite = CountWatch.siblingSize(
            "deepseek-coder-v2-lite", stated: 236_000_000_000, authority: 15_706_484_224)
        #expect(lite?.kind == .siblingSize)
        #expect(CountWatch.siblingSize("v3", stated: 671_000_000_000, authority: 684_531_386_000) == nil)
    }

    @Test func `fewer counts from stored tensors set off the alarm at the second snapshot`() {
        let history = [
            (70, 0, 0, 4), (56, 29, 3, 2), (34, 41, 6, 2), (25, 52, 6, 2), (22, 46, 4, 2), (0, 53, 6, 2),
        ]
        let shares = history.map { stored, estimated, stated, byHand in
            ProvenanceShares(counts: [
                .safetensors: stored, .estimated: estimated, .stated: stated, .manualOverride: byHand,
            ])
        }
        let alarms = zip(shares, shares.dropFirst()).map { CountWatch.provenanceFell(from: $0, to: $1) }
        #expect(alarms.first??.kind == .provenanceFell)
        #expect(CountWatch.provenanceFell(from: shares[1], to: shares[0]) == nil)
        #expect(CountWatch.provenanceFell(from: shares[0], to: shares[0]) == nil)
    }
}
