import Documents
import Entities
import RegistryTree
import Sources
import TestKit
import Testing
import Text

/// The full snapshots against the registry of this repository, which was made from them.
struct SharedImportTests {
    private static let snapshots: [(source: SourceName, file: String, date: String, url: String)] = [
        (
            .modelsDev, "models-dev.json", "2026-07-02",
            "https://github.com/anomalyco/models.dev/tree/f3fc692299671838c7c65fd8126bf84d81a2e817"
        ),
        (.liteLLM, "litellm-prices.json", "2026-07-24", "https://github.com/BerriAI/litellm"),
        (
            .genAIPrices, "genai-prices.json", "2026-08-21",
            "https://github.com/pydantic/genai-prices/blob/47df840a5ab10bbcffb8e5ac01b9899032245d1b/prices/new_data/v2/data.json"
        ),
        (.openRouter, "openrouter-models.json", "2026-08-01", "https://openrouter.ai/api/v1/models"),
    ]

    private func harvest(_ index: Int, in folder: String, knowing catalog: Catalog) throws -> Harvest {
        let entry = Self.snapshots[index]
        let snapshot = Snapshot(
            name: entry.file, bytes: try SourceFiles.bytes(at: "\(folder)/data/\(entry.file)"),
            origin: Origin(url: entry.url, seenOn: try #require(CalendarDate(entry.date))))
        return try entry.source.harvest(from: [snapshot], knowing: catalog)
    }

    private func catalog() throws -> Catalog {
        try RegistryState(of: .folder(Repository.root), options: Validation.Options()).catalog
    }

    @Test func `A snapshot that was imported changes nothing when it is imported again`() throws {
        guard let folder = SharedData.folder else { return }
        let catalog = try catalog()
        var files = try RegistryFiles(root: Repository.root)
        for index in Self.snapshots.indices {
            var merging = Merging()
            var changed: [String] = []
            var left = 0
            for proposal in try harvest(index, in: folder, knowing: catalog).proposals {
                let old = try files.record(at: proposal.path)
                guard let old else {
                    // Left out as suspicious when it was imported.
                    left += 1
                    continue
                }
                if merging.merge(proposal, into: old) != old { changed.append(proposal.path) }
            }
            #expect(changed == [], "\(Self.snapshots[index].source.rawValue)")
            #expect(left <= 2, "\(Self.snapshots[index].source.rawValue): \(left) files are not there")
        }
    }

    @Test func `The snapshots give the same files in whatever order they come`() throws {
        guard let folder = SharedData.folder else { return }
        let catalog = try catalog()
        let harvests = try Self.snapshots.indices.map {
            try harvest($0, in: folder, knowing: catalog).proposals
        }
        func files(in order: [Int]) -> [String: Record] {
            var merging = Merging()
            var files: [String: Record] = [:]
            for index in order {
                for proposal in harvests[index] {
                    files[proposal.path] = merging.merge(proposal, into: files[proposal.path])
                }
            }
            return files
        }
        let first = files(in: [0, 1, 2, 3])
        let seed = UInt64.random(in: .min ... .max)
        print("order of imports: seed \(seed)")
        var random = SeededGenerator(seed: seed)
        for _ in 0..<3 {
            let order = [0, 1, 2, 3].shuffled(using: &random)
            let other = files(in: order)
            let differing = first.filter { other[$0.key] != $0.value }.map(\.key).sorted()
            #expect(
                differing == [] && other.count == first.count,
                "order \(order), seed \(seed): \(differing.prefix(3))")
        }
    }

    @Test func `A hundred prices drawn at random stand in the files that they are said to come from`() throws
    {
        guard let folder = SharedData.folder else { return }
        let catalog = try catalog()
        let facts = catalog.mappings.flatMap { mapping in
            mapping.offers.flatMap { offer in
                offer.prices.flatMap { period in
                    period.rates.filter { $0.meter == .inputText || $0.meter == .outputText }.map { rate in
                        Fact(mapping: mapping, offer: offer, period: period, rate: rate)
                    }
                }
            }
        }
        let known = facts.filter { fact in
            Self.snapshots.contains { $0.source != .genAIPrices && $0.url == fact.period.source.url }
        }
        let seed = UInt64.random(in: .min ... .max)
        print("facts traced to their source: seed \(seed), of \(known.count)")
        var random = SeededGenerator(seed: seed)
        let texts = try Self.snapshots.map { entry in
            try Snapshot(
                name: entry.file, bytes: try SourceFiles.bytes(at: "\(folder)/data/\(entry.file)"),
                origin: Origin(url: nil, seenOn: try #require(CalendarDate(entry.date)))
            ).json()
        }
        for fact in known.shuffled(using: &random).prefix(100) {
            let index = try #require(Self.snapshots.firstIndex { $0.url == fact.period.source.url })
            #expect(
                fact.isIn(texts[index], of: Self.snapshots[index].source, catalog),
                "\(fact.mapping.provider)/\(fact.offer.providerModelID), seed \(seed)")
        }
    }
}

/// One price of the registry, to be found in a source without the importer's help.
private struct Fact {
    let mapping: Mapping
    let offer: Offer
    let period: PricePeriod
    let rate: Rate

    func isIn(_ file: Value, of source: SourceName, _ catalog: Catalog) -> Bool {
        amounts(in: file, of: source, catalog).contains { amount in
            // Binary fractions leave sixteen digits: equal to twelve decimals of a million's price.
            abs(
                (amount * 1e6).rounded() - ((rate.pricePerMillion?.description).flatMap { Double($0) } ?? -1)
                    * 1e6)
                <= 1
        }
    }

    /// What the source says an offer of that name costs, by the million.
    private func amounts(in file: Value, of source: SourceName, _ catalog: Catalog) -> [Double] {
        let isInput = rate.meter == .inputText
        switch source {
        case .modelsDev:
            return (file["providers"]?.record?.members ?? []).compactMap { provider in
                guard catalog.provider(named: provider.name)?.id == mapping.provider else { return nil }
                let model = provider.value["models"]?[offer.providerModelID]
                return model?["cost"]?[isInput ? "input" : "output"]?.number?.approximate
            }
        case .openRouter:
            let model = file["data"]?.list?.first { $0["id"]?.text == offer.providerModelID }
            let price = model?["pricing"]?[isInput ? "prompt" : "completion"]?.text
            return [price.flatMap { Double($0) }.map { $0 * 1e6 }].compactMap { $0 }
        default:
            let key = isInput ? "input_cost_per_token" : "output_cost_per_token"
            return (file.record?.members ?? []).filter { $0.name.hasSuffix(offer.providerModelID) }
                .flatMap { member in
                    [member.value[key]] + (member.value["tiered_pricing"]?.list ?? []).map { $0[key] }
                }
                .compactMap { $0?.number?.approximate }.map { $0 * 1e6 }
        }
    }
}
