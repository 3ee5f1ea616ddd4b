import Documents
package import Entities
import Text

/// A table of accelerators with memory, bandwidth and dense rates, or of their hourly prices.
package enum AcceleratorTable {
    /// Reads one table: `accelerators`, `prices`, or a provider's own table of hourly rates by name.
    ///
    /// Throws when it is none of them.
    package static func harvest(
        from snapshot: Snapshot, knowing catalog: Catalog
    ) throws(SourceError) -> Harvest {
        let file = try snapshot.json()
        if let items = file["accelerators"]?.list {
            var harvest = Harvest()
            for item in items {
                do throws(Refusal) {
                    harvest.proposals.append(try proposal(item, snapshot.origin))
                } catch {
                    harvest.refusals.append(error)
                }
            }
            return harvest
        }
        if let items = file["prices"]?.list { return rentals(items, snapshot, catalog) }
        if let members = file.record?.members, members.contains(where: { $0.value["hourly_rate"] != nil }) {
            return rates(members, snapshot, catalog)
        }
        throw SourceError("\"\(snapshot.name)\" is no table of accelerators or of their prices")
    }

    // MARK: Accelerators

    private static func proposal(_ item: Value, _ origin: Origin) throws(Refusal) -> Proposal {
        guard let id = item["id"]?.text?.registryID, let name = item["name"]?.text,
            let vendor = item["vendor"]?.text.map({ $0 == "aws" ? "amazon" : $0 }),
            let gigabytes = item["memory_gb"]?.amount, let bandwidth = item["bandwidth_gb_s"]?.amount,
            let perSecond = bandwidth.scaledInteger(decimals: 9).flatMap({ Int(exactly: $0) })
        else {
            throw Refusal(.unreadable, item["id"]?.text ?? "?", "no id, name, vendor, memory or bandwidth")
        }
        guard item["confidence"]?.text != "low" else {
            throw Refusal(.implausiblePrice, id, "its figures are of low confidence")
        }
        var record = Record([
            ("schema", "accelerator/v1"), ("id", .text(id)), ("name", .text(name)), ("vendor", .text(vendor)),
            ("kind", .text(kind(item))),
        ])
        record["architecture"] = item["arch"]?.text.map { .text(title($0)) }
        record["memory"] = try memory(item, gigabytes, id)
        record["bandwidth_bytes_per_s"] = Value(perSecond)
        let flops = rates(item["dense_tflops"]?.record)
        if !flops.isEmpty { record["flops"] = .record(flops) }
        if let link = item["interconnect"]?.record, let value = interconnect(link) {
            record["interconnect"] = value
        }
        record["power_w"] = item["tdp_w"]?.amount?.integer.map { Value($0) }
        record["max_per_node"] = item["gpus_per_node"]?.amount?.integer.map { Value($0) }
        record["status"] = [("stage", "active")].record
        let note = [item["source"]?.text.map { "Collected from: \($0)" }, item["note"]?.text]
            .compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: ". ")
        record["source"] = origin.record(.thirdParty, note: note.isEmpty ? nil : String(note.prefix(500)))
        return Proposal(path: "accelerators/\(id).yaml", record: record)
    }

    /// A label of so many GB stands for that many GiB on cards with HBM or GDDR chips, which come in powers of two;
    /// what the driver reports is kept apart.
    private static func memory(_ item: Value, _ gigabytes: Number, _ id: String) throws(Refusal) -> Value {
        guard let whole = gigabytes.integer, (1...4_096).contains(whole) else {
            throw Refusal(.unreadable, id, "a memory of \(gigabytes) GB")
        }
        let usable = item["usable_gib"]?.amount.map(\.approximate)
            .flatMap { (0...4_096).contains($0) ? Int($0 * 1_073_741_824) : nil }
        // Stacks that are partly disabled are labelled in decimal gigabytes.
        let isDecimal = ["h200-sxm", "h200-nvl", "b200-sxm", "b300-sxm", "gb200", "gb300"].contains(id)
        let bytes = isDecimal ? max(whole * 1_000_000_000, usable ?? 0) : whole << 30
        if let usable, usable > bytes {
            throw Refusal(.implausibleLimit, id, "\(usable) bytes can be used of \(bytes)")
        }
        var memory = Record([("bytes", Value(bytes)), ("marketing_gb", .number(gigabytes))])
        memory["usable_bytes"] = usable.map { Value($0) }
        if item["unified_memory"]?.flag == true { memory["unified"] = true }
        return .record(memory)
    }

    private static func rates(_ table: Record?) -> Record {
        var rates = Record()
        for precision in ["fp32", "tf32", "bf16", "fp16", "fp8", "int8", "fp4", "int4"] {
            let value = table?[precision]?.amount?.scaledInteger(decimals: 12).flatMap { Int(exactly: $0) }
            guard let value, value > 0 else { continue }
            rates[precision] = [("dense", Value(value))].record
        }
        return rates
    }

    private static func interconnect(_ link: Record) -> Value? {
        guard let type = link["type"]?.text,
            let speed = link["gb_s_per_direction"]?.amount?.scaledInteger(decimals: 9).flatMap({
                Int(exactly: $0)
            })
        else { return nil }
        let kinds = [
            ("NVLink bridge", "nvlink_bridge"), ("NVLink3 bridge", "nvlink_bridge"), ("NVLink", "nvlink"),
            ("Infinity Fabric", "infinity_fabric"), ("ICI", "ici"), ("24x200GbE RoCE", "roce"),
            ("Neuron", "neuronlink"),
        ]
        guard let kind = kinds.first(where: { type.hasPrefix($0.0) })?.1, speed > 0 else { return nil }
        return [
            ("kind", Value.text(kind)), ("bytes_per_s", Value(speed)), ("direction", "unidirectional"),
        ].record
    }

    private static func kind(_ item: Value) -> String {
        switch item["kind"]?.text {
        case "tpu": "tpu"
        case "soc": "soc"
        case "accelerator": "npu"
        default: "gpu"
        }
    }

    private static func title(_ word: String) -> String {
        word.split(separator: "-").map { part in
            part.count <= 4 && part.contains(where: \.isNumber) || ["cdna", "rdna", "tpu"].contains(part)
                ? part.uppercased() : part.prefix(1).uppercased() + part.dropFirst()
        }.joined(separator: " ")
    }

    // MARK: Prices

    private static func rentals(_ items: [Value], _ snapshot: Snapshot, _ catalog: Catalog) -> Harvest {
        var table = RentalTable(catalog: catalog, origin: snapshot.origin)
        for (index, item) in items.enumerated() {
            let subject = "\(snapshot.name) price \(index + 1)"
            guard let provider = item["provider"]?.text, let price = item["usd_per_gpu_hour"]?.amount,
                let amount = Money(rounding: price), amount > .zero,
                let name = item["accelerator"]?.text ?? item["accelerator_label"]?.text
            else { continue }
            guard item["confidence"]?.text != "low" else {
                table.refuse(
                    .implausiblePrice, subject, "\(provider) \(name): the price is of low confidence")
                continue
            }
            guard let day = item["date"]?.text.flatMap({ CalendarDate($0.prefix(10)) }) else {
                table.refuse(.implausibleDate, subject, "\(provider) \(name): the price has no day")
                continue
            }
            let billing = item["billing"]?.text ?? "on_demand"
            table.add(
                RentalPrice(
                    provider: provider, accelerator: name, price: amount,
                    commitment: billing == "serverless_autoscale" ? "autoscale" : billing,
                    region: item["region"]?.text?.registryID, counts: [item["count"]?.integer ?? 1],
                    seenOn: day),
                subject)
        }
        return table.harvest
    }

    /// Chutes' names for cards, and the registry's.
    private static let chutesCards = [
        "3090": "rtx-3090", "4090": "rtx-4090", "5090": "rtx-5090", "a4000": "rtx-a4000",
        "a5000": "rtx-a5000",
        "a6000": "rtx-a6000", "a6000_ada": "rtx-6000-ada", "pro_6000": "rtx-pro-6000-server",
        "a100_40gb": "a100-pcie-40gb", "a100_40gb_sxm": "a100-sxm-40gb", "a100": "a100-pcie-80gb",
        "a100_sxm": "a100-sxm-80gb", "h100": "h100-pcie", "h100_nvl": "h100-nvl", "h100_sxm": "h100-sxm",
        "h200": "h200-sxm", "b200": "b200-sxm", "b300": "b300-sxm",
    ]

    /// The hourly rates of a provider that names its cards in its own way; Chutes publishes one.
    private static func rates(
        _ members: [Record.Member], _ snapshot: Snapshot, _ catalog: Catalog
    ) -> Harvest {
        var table = RentalTable(catalog: catalog, origin: snapshot.origin)
        for member in members {
            guard let price = member.value["hourly_rate"]?.amount.flatMap({ Money(rounding: $0) }),
                price > .zero
            else { continue }
            table.add(
                RentalPrice(
                    provider: "chutes", accelerator: chutesCards[member.name] ?? member.name, price: price,
                    commitment: "on_demand",
                    region: nil,
                    counts: [1], seenOn: snapshot.origin.seenOn),
                "\(snapshot.name) \(member.name)")
        }
        return table.harvest
    }
}
