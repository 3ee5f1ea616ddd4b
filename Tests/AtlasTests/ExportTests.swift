import Documents
import Entities
import Pricing
import RegistryTree
import Sources
import TestKit
import Testing
import Text

/// What is put out for other tools says what the registry says.
struct ExportTests {
    private static let catalog: Catalog? = try? RegistryState(
        of: .folder(Repository.root), options: Validation.Options()
    ).catalog

    private func text(_ format: ExportFormat) throws -> String {
        let day = try #require(CalendarDate("2026-09-01"))
        return CatalogExport(try #require(Self.catalog), CatalogSelection(day: day)).text(as: format)
    }

    /// Our own readers of these formats were written from the other tools' files.
    @Test(arguments: [
        (ExportFormat.liteLLM, SourceName.liteLLM), (.modelsDev, .modelsDev), (.genAIPrices, .genAIPrices),
    ])
    func `Read back, no price differs from the registry's`(format: ExportFormat, source: SourceName) throws {
        let day = try #require(CalendarDate("2026-09-01"))
        let snapshot = Snapshot(
            name: "export.json", bytes: Array(try text(format).utf8), origin: Origin(url: nil, seenOn: day))
        let catalog = try #require(Self.catalog)
        let comparison = Reconciliation(
            try Side(source, in: snapshot), Side(registry: catalog), knowing: catalog, onlyAt: [])
        let prices = comparison.disagreements.filter { $0.field.hasPrefix("price") }
        #expect(
            prices.map { "\($0.provider) \($0.hereName) \($0.field) \($0.here.value) \($0.there.value)" }
                == [])
        #expect(comparison.matches.count > 2_000)
    }

    @Test(arguments: [ExportFormat.openRouter, .openAI])
    func `A list of models names each once`(format: ExportFormat) throws {
        let day = try #require(CalendarDate("2026-09-01"))
        let json = try Snapshot(
            name: "export.json", bytes: Array(try text(format).utf8), origin: Origin(url: nil, seenOn: day)
        ).json()
        let ids = (json["data"]?.list ?? []).compactMap { $0["id"]?.text }
        #expect(ids.count > 200)
        #expect(Set(ids).count == ids.count)
    }

    /// genai-prices prices nothing of a model that has a price of cached text and of sound, and none of cached sound.
    @Test func `Cached sound has a price where cached text and sound have one`() throws {
        let json = try Snapshot(
            name: "export.json", bytes: Array(try text(.genAIPrices).utf8),
            origin: Origin(url: nil, seenOn: try #require(CalendarDate("2026-09-01")))
        ).json()
        let prices = (json.list ?? []).flatMap { $0["models"]?.list ?? [] }.compactMap { $0["prices"] }
        let heard = prices.filter { $0["input_audio_mtok"] != nil && $0["cache_read_mtok"] != nil }
        #expect(heard.count > 20)
        #expect(heard.allSatisfy { $0["cache_audio_read_mtok"] != nil })
        #expect(prices.contains { $0["cache_write_mtok"] != nil })
    }
}
