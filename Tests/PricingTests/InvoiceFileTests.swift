import Diagnostics
import Entities
import Pricing
import TestKit
import Testing
import Text

/// Encodings, separators, currencies and sums of invoice files.
struct InvoiceFileTests {
    private let fields = [
        "provider", "workload_type", "model", "meter", "usage_qty", "usage_unit", "amount_usd",
    ]
    private let line = ["dear", "llm", "v/chat", "input_text", "1000000", "token", "10"]

    @Test(arguments: [",", ";", "\t"], ["\n", "\r\n"])
    func `Separators and line ends are found out`(separator: String, lineEnd: String) throws {
        let text = [fields, line, line].map { $0.joined(separator: separator) }.joined(separator: lineEnd)
        let analysis = try InvoiceTests.analysis(of: Array("\u{FEFF}\(text)".utf8))
        #expect(analysis.saving.description == "10")
        #expect(analysis.total.lines == 2)
    }

    @Test func `UTF-16 is refused with a remedy, Latin-1 is read and told`() throws {
        let text = (fields.joined(separator: ",") + "\n" + line.joined(separator: ",") + "\n")
        let wide: [UInt8] = [0xFF, 0xFE] + text.utf8.flatMap { [$0, 0] }
        let fault = #expect(throws: InvoiceFault.self) { try InvoiceTests.analysis(of: wide) }
        #expect(fault?.description.contains("iconv") == true)
        #expect(throws: InvoiceFault.self) { try InvoiceTests.analysis(of: Array(wide.dropFirst(2))) }
        let latin =
            Array(text.utf8) + Array("Caf".utf8) + [0xE9] + Array(",llm,v/chat,input,1000000,token,7\n".utf8)
        let analysis = try InvoiceTests.analysis(of: latin)
        #expect(analysis.latinLines?.first == 3)
        #expect(analysis.byProvider["Café"]?.amount.description == "7")
    }

    /// Seed defect 16: money other than dollars was not modelled.
    @Test func `Other money is refused, or converted at the rate that was given`() throws {
        let text = "provider,workload_type,model,meter,usage_qty,usage_unit,amount,currency,date\n"
        let bytes = Array((text + "dear,llm,v/chat,input,1000000,token,10,EUR,2026-08-01\n").utf8)
        let refused = try InvoiceTests.analysis(of: bytes)
        #expect(refused.rejectedLines.first?.reason == "other_currency")
        #expect(refused.rejectedLines.first?.detail.contains("--rate EUR=") == true)
        let quote = try #require(ExchangeRates.Quote("EUR=1.1@2026-07-01"))
        let converted = try InvoiceTests.analysis(of: bytes) { $0.exchangeRates = ExchangeRates([quote]) }
        #expect(converted.suggestions.first?.saving.description == "6")
    }

    @Test func `The price is the one in force on the day of the line`() throws {
        let text = "provider,workload_type,model,meter,usage_qty,usage_unit,amount_usd,date\n"
        let early = "dear,llm,v/chat,input,1000000,token,10,2025-12-31\n"
        let analysis = try InvoiceTests.analysis(of: Array((text + early).utf8))
        #expect(analysis.unmatched.keys.map(\.rawValue) == ["no_price"])
        for day in ["2026-02", "2026-02-01T12:00:00Z"] {
            let later = early.replacing("2025-12-31", with: day)
            #expect(try InvoiceTests.analysis(of: Array((text + later).utf8)).suggestionCount == 1)
        }
    }

    @Test func `Three counts and sums are those of the file, in any chunks`() throws {
        let seed: UInt64 = 6_020_926
        var generator = SeededGenerator(seed: seed)
        var text = InvoiceTests.head
        var cents = 0
        for _ in 0..<500 {
            let amount = Int.random(in: 1...99_999, using: &generator)
            cents += amount
            let (model, meter) =
                [("v/chat", "input"), ("v/none", "input"), ("", ""), ("v/chat", "oops")]
                .randomElement(using: &generator) ?? ("", "")
            let dollars = "\(amount / 100)." + (amount % 100 < 10 ? "0" : "") + "\(amount % 100)"
            text +=
                "\"dear\",llm,\(model),\(meter),\(Int.random(in: 0...9, using: &generator))000000,token,\(dollars)\n"
        }
        let whole = try InvoiceTests.analysis(of: Array(text.utf8), chunk: .max)
        #expect(whole.total.lines == 500, "seed \(seed)")
        #expect(whole.total.amount.trillionths == Int128(cents) * 10_000_000_000, "seed \(seed)")
        for chunk in [1, 7, 4_096] {
            let parts = try InvoiceTests.analysis(of: Array(text.utf8), chunk: chunk)
            #expect(parts.page.rendered(as: .json) == whole.page.rendered(as: .json), "seed \(seed)")
        }
    }

    @Test func `The lists are short, the best come first, and the rest is summed`() throws {
        let lines = (1...50).map { "dear,llm,v/chat,input,1000000,token,\(5 + $0)\n" }
        let bad = String(repeating: "dear,llm,v/chat,input,1,furlong,1\n", count: 20)
        let analysis = try InvoiceTests.analysis(lines.joined() + bad) {
            $0.suggestionLimit = 3
            $0.listLimit = 4
        }
        #expect(analysis.suggestions.map(\.saving.description) == ["50", "49", "48"])
        #expect(analysis.suggestionCount == 50)
        #expect(analysis.saving.description == "1275")
        #expect(analysis.rejectedLines.count == 4)
        #expect(analysis.rejectedTotal.lines == 20)
        #expect(analysis.page.rendered(as: .text).contains("and 47 more, 1128.00 USD together"))
    }

    @Test func `Foreign text does nothing on a page`() throws {
        let page = try InvoiceTests.analysis("<img src=x>,llm,v/chat,input,1,furlong|,1\n").page
        #expect(!page.rendered(as: .markdown).contains(" <img"))
        let html = page.html(title: "<b>")
        #expect(!html.contains("<img") && !html.contains("<b>"))
        #expect(html.contains("furlong|"))
    }
}
