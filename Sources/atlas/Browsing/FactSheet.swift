import Diagnostics
import Entities
import Pricing
import Text

/// What the registry says of one entity, as tables. What is not known is left out.
struct FactSheet {
    private var table = ResultTable([.init("fact", key: "fact"), .init("value", key: "value")])

    private mutating func add(_ name: String, _ value: String?) {
        guard let value, !value.isEmpty else { return }
        table.rows.append([.text(name), .foreign(value)])
    }

    private mutating func add(_ source: Source) {
        add(
            "source",
            [source.kind.rawValue, source.checkedOn.description, source.url].compactMap { $0 }.joined(
                separator: " "))
    }

    /// A model with its offers.
    static func page(of model: Model, in catalog: Catalog, on day: CalendarDate) -> ResultPage {
        var sheet = FactSheet()
        sheet.add("id", model.id.text)
        sheet.add("name", model.name)
        sheet.add("vendor", model.vendor)
        sheet.add("made for", "\(WorkloadKind(of: model).rawValue), \(model.variant.rawValue)")
        sheet.add(
            "status",
            model.status.stage.rawValue + (model.status.replacedBy.map { ", replaced by \($0)" } ?? ""))
        sheet.add("released", model.released?.description)
        sheet.add("knowledge until", model.knowledgeCutoff?.description)
        sheet.add("license", model.license?.id)
        sheet.add("open weights", model.hasOpenWeights ? "yes" : "no")
        sheet.add("hugging face", model.huggingFace?.repo)
        sheet.add("context tokens", model.limits.map { "\($0.contextTokens)" })
        sheet.add("output tokens", model.limits?.maximumOutputTokens.map { "\($0)" })
        sheet.add("takes", model.modalities.input.map(\.rawValue).joined(separator: ", "))
        sheet.add("gives", model.modalities.output.map(\.rawValue).joined(separator: ", "))
        sheet.add("can", model.capabilities.map(\.rawValue).joined(separator: ", "))
        if let parameters = model.parameters {
            sheet.add("parameters", "\(parameters.total.value) (\(parameters.total.provenance.rawValue))")
            sheet.add("active at a time", parameters.active.map { "\($0.value) (\($0.provenance.rawValue))" })
        }
        sheet.add("other names", model.aliases.map(\.value).joined(separator: ", "))
        sheet.add(model.source)
        let offers = OfferComparison(
            of: model, in: catalog, on: day, mix: TokenMix(outputMillionths: 300_000), sortedBy: .price)
        return page(sheet, ResultPage.Section("offers", key: "offers", offers.table))
    }

    /// A provider with what it rents out.
    static func page(of provider: Provider, in catalog: Catalog, on day: CalendarDate) -> ResultPage {
        var sheet = FactSheet()
        sheet.add("id", provider.id.text)
        sheet.add("name", provider.name)
        sheet.add("kind", provider.kind.rawValue)
        sheet.add("status", provider.status.stage.rawValue)
        sheet.add("website", provider.website)
        sheet.add("prices at", provider.pricingURL)
        sheet.add("called at", provider.api?.baseURL)
        sheet.add("speaks", provider.api?.formats.map(\.rawValue).joined(separator: ", "))
        sheet.add("regions", provider.regions.map(\.id).joined(separator: ", "))
        sheet.add("paid by", provider.billingModes.map(\.rawValue).joined(separator: ", "))
        sheet.add("models offered", "\(catalog.mappings(atProvider: provider.id).count)")
        sheet.add(provider.source)
        let rents = provider.acceleratorOffers.filter { $0.effective.contains(day) }.map { (provider.id, $0) }
        return page(sheet, ResultPage.Section("rents", key: "rents", rentals(rents)))
    }

    /// An accelerator with who rents it out.
    static func page(of accelerator: Accelerator, in catalog: Catalog, on day: CalendarDate) -> ResultPage {
        var sheet = FactSheet()
        sheet.add("id", accelerator.id.text)
        sheet.add("name", accelerator.name)
        sheet.add("vendor", accelerator.vendor.rawValue)
        sheet.add("memory bytes", "\(accelerator.memory.bytes)")
        sheet.add("memory", accelerator.memory.technology?.rawValue)
        sheet.add("bytes a second", "\(accelerator.bandwidthBytesPerSecond)")
        sheet.add("watts", accelerator.powerWatts.map { "\($0)" })
        sheet.add("in a machine", accelerator.maximumPerNode.map { "\($0)" })
        sheet.add("released", accelerator.released?.description)
        sheet.add(accelerator.source)
        let rents = catalog.providers.flatMap { provider in
            provider.acceleratorOffers.filter {
                $0.accelerator == accelerator.id && $0.effective.contains(day)
            }
            .map { (provider.id, $0) }
        }
        return page(sheet, ResultPage.Section("rents", key: "rents", rentals(rents)))
    }

    private static func page(_ sheet: FactSheet, _ section: ResultPage.Section) -> ResultPage {
        var page = ResultPage(principal: "facts")
        page.sections = [.init("facts", key: "facts", sheet.table), section]
        return page
    }

    /// From the cheapest.
    private static func rentals(_ offers: [(provider: Provider.ID, offer: AcceleratorOffer)]) -> ResultTable {
        var table = ResultTable([
            .init("provider", key: "provider"), .init("accelerator", key: "accelerator"),
            .init("terms", key: "commitment"),
            .init("region", key: "region"), .init("an hour", key: "price_per_accelerator_hour"),
            .init("currency", key: "currency"), .init("seen", key: "checked_on"),
        ])
        let sorted = offers.sorted { left, right in
            let (a, b) = (left.offer.pricePerAcceleratorHour, right.offer.pricePerAcceleratorHour)
            return a != b ? a < b : left.provider < right.provider
        }
        for (provider, offer) in sorted {
            table.rows.append([
                .text(provider.text), .text(offer.accelerator.text), .text(offer.commitment.rawValue),
                offer.region.map { .text($0) } ?? .none, .money(offer.pricePerAcceleratorHour, decimals: 2),
                .text(offer.currency), .text(offer.source.checkedOn.description),
            ])
        }
        return table
    }
}
