import Documents
import Entities
import Text

/// Rows of the GPU price list as rental offers of providers.
struct RentalTable {
    private let catalog: Catalog
    private let origin: Origin
    private var offers: [String: [Value]] = [:]
    private(set) var refusals: [Refusal] = []

    init(catalog: Catalog, origin: Origin) {
        self.catalog = catalog
        self.origin = origin
    }

    var harvest: Harvest {
        var harvest = Harvest()
        harvest.refusals = refusals
        harvest.proposals = offers.sorted { $0.key < $1.key }.map { provider, offers in
            Proposal(
                path: "providers/\(provider).yaml",
                record: Record([("id", .text(provider)), ("accelerator_offers", .list(offers))]))
        }
        return harvest
    }

    mutating func take(_ row: PriceTable.Row) {
        guard
            let price = row["price_per_gpu_hour_usd"].flatMap({ Number($0) }).flatMap({ Money(rounding: $0) }
            ),
            price > .zero, let name = row["gpu_type"], let house = row["provider"]
        else { return refuse(.unreadable, row, "no price above 0, no accelerator or no provider") }
        // What is guessed or hearsay is no price: some vendors in such lists rent no accelerators at all.
        let confidence = row["confidence"] ?? ""
        guard confidence != "estimated", confidence != "low" else {
            return refuse(
                .implausiblePrice, row, "\(house) rents \(name) at \(price)? The list says \"\(confidence)\"")
        }
        let count = min(max(row["min_gpus"].flatMap { Int($0) } ?? 1, 1), 10_000)
        add(
            RentalPrice(
                provider: house, accelerator: name, sku: row["sku"].flatMap { $0.isEmpty ? nil : $0 },
                price: price, commitment: commitment(row["billing_mode"]), region: row["region"],
                counts: [count],
                seenOn: row["last_verified_at"].flatMap { CalendarDate($0.prefix(10)) } ?? origin.seenOn,
                startupSeconds: row["startup_latency_sec"].flatMap { Int($0) }),
            row.subject)
    }

    private func commitment(_ mode: String?) -> String {
        switch mode {
        case "autoscale_hourly": "autoscale"
        case "spot_hourly": "spot"
        default: "on_demand"
        }
    }

    /// Adds a rental price under its provider, once.
    mutating func add(_ rental: RentalPrice, _ subject: String) {
        guard let provider = catalog.provider(named: rental.provider) else {
            refusals.append(
                Refusal(.unknownProvider, subject, "no provider is called \"\(rental.provider)\""))
            return
        }
        guard let accelerator = catalog.accelerator(named: rental.accelerator) else {
            refusals.append(
                Refusal(.unknownAccelerator, subject, "no accelerator is called \"\(rental.accelerator)\""))
            return
        }
        if let region = rental.region, region != "global", !provider.regions.isEmpty,
            !provider.regions.contains(where: { $0.id == region })
        {
            refusals.append(
                Refusal(.notComparable, subject, "\"\(provider.id)\" has no region called \"\(region)\""))
            return
        }
        let value = rental.value(accelerator: accelerator.id.text, origin: origin)
        let known = offers[provider.id.text] ?? []
        guard !known.contains(value), !rental.isKnown(as: value, among: provider, accelerator.id) else {
            return
        }
        offers[provider.id.text] = known + [value]
    }

    mutating func refuse(_ reason: Refusal.Reason, _ subject: String, _ detail: String) {
        refusals.append(Refusal(reason, subject, detail))
    }

    private mutating func refuse(_ reason: Refusal.Reason, _ row: PriceTable.Row, _ detail: String) {
        refuse(reason, row.subject, detail)
    }
}

/// An hourly price of one accelerator at one provider.
struct RentalPrice {
    var provider: String
    var accelerator: String
    /// What the provider's list calls it, where that is told beside the accelerator's name.
    var sku: String?
    /// US dollars an hour.
    var price: Money
    var commitment: String
    var region: String?
    var counts: [Int]
    var seenOn: CalendarDate
    var startupSeconds: Int?

    /// The offer as a provider's file has it.
    func value(accelerator id: String, origin: Origin) -> Value {
        var record = Record([("accelerator", .text(id))])
        if let name = sku ?? (id == accelerator ? nil : accelerator),
            name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        {
            record["sku"] = .text(name)
        }
        record["count_options"] = .list(counts.map { Value($0) })
        record["price_per_accelerator_hour"] = price.value
        record["currency"] = "USD"
        record["commitment"] = .text(commitment)
        if let region, region != "global" { record["region"] = .text(region) }
        record["startup_seconds"] = startupSeconds.map { Value($0) }
        record["effective_from"] = .text(seenOn.description)
        record["source"] = Origin(url: origin.url, seenOn: seenOn).record(.thirdParty)
        return .record(record)
    }

    /// Whether a provider's file has that price already, whoever says so, or had it from that day on until another came.
    func isKnown(as value: Value, among provider: Provider, _ accelerator: Accelerator.ID) -> Bool {
        provider.acceleratorOffers.contains { offer in
            offer.accelerator == accelerator
                && (offer.effective.until == nil || offer.effective.from == seenOn)
                && offer.countOptions == value["count_options"]?.list?.compactMap(\.integer)
                && offer.commitment.rawValue == value["commitment"]?.text
                && (sku == nil || offer.sku == sku)
                && offer.pricePerAcceleratorHour.description
                    == value["price_per_accelerator_hour"]?.number.flatMap({ Money($0) })?.description
                && offer.region == value["region"]?.text
        }
    }
}
