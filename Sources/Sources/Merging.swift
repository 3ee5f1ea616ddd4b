package import Documents
import Entities
import Text

/// Two sources that say different things of one fact, and which of them stands in the file.
package struct Conflict: Sendable, Hashable {
    /// The file.
    package let path: String
    /// What they disagree on.
    package let field: String
    /// What stands in the file.
    package let kept: String
    /// What the import says instead.
    package let refused: String
}

/// Brings proposals into the files that are there.
///
/// A proposal adds what is missing and brings up to date what the same source said before; it deletes nothing, and
/// where another source of higher standing or a person spoke, it changes nothing. Bringing in the same proposals in
/// another order gives the same files.
package struct Merging {
    package private(set) var conflicts: [Conflict] = []

    package init() {}

    /// The file with the proposal brought in.
    package mutating func merge(_ proposal: Proposal, into file: Record?) -> Record {
        guard let file else { return Merging.normal(proposal.record) }
        switch proposal.path.prefix(while: { $0 != "/" }) {
        case "mappings": return mergeOffers(proposal, into: file)
        case "providers": return mergeProvider(proposal, into: file)
        default: return mergeEntity(proposal, into: file)
        }
    }

    // MARK: Models and accelerators

    /// Blocks that say for themselves where they come from, or are united.
    private static let ownBlocks: Set<String> = [
        "schema", "id", "aliases", "architecture", "parameters", "weights", "hugging_face",
        "accelerator_offers",
        "benchmarks",
    ]

    private mutating func mergeEntity(_ proposal: Proposal, into file: Record) -> Record {
        var merged = mergeIdentity(proposal, into: file)
        let record = proposal.record
        merged["hugging_face"] = file["hugging_face"] ?? record["hugging_face"]
        merged["architecture"] = mergeBlock("architecture", proposal, into: file)
        merged["parameters"] = mergeParameters(proposal, into: file)
        merged["weights"] = unite(file["weights"], record["weights"]) { item in
            ["format", "precision", "url"].map { item[$0]?.text ?? "" }.joined(separator: "\n")
        }
        let repository = merged["hugging_face"]?["repo"]?.text?.lowercased()
        let names = Merging.aliases(file["aliases"], record["aliases"]) { $0 != repository }
        let others = names?.list?.filter { $0["value"]?.text?.lowercased() != repository }
        merged["aliases"] = others.flatMap { $0.isEmpty ? nil : .list($0) }
        return merged
    }

    /// What has no source of its own goes together with the file's source, as a whole.
    private mutating func mergeIdentity(_ proposal: Proposal, into file: Record) -> Record {
        let record = proposal.record
        // A proposal for some blocks only has no source for the rest.
        guard record["source"] != nil else { return file }
        let (old, new) = (Standing(file["source"]), Standing(record["source"]))
        var merged = file
        if new > old, !old.isPersonal {
            for member in file.members where !Merging.ownBlocks.contains(member.name) {
                merged[member.name] = nil
            }
            for member in record.members where !Merging.ownBlocks.contains(member.name) {
                merged[member.name] = member.value
            }
            return merged
        }
        guard new < old || old.isPersonal else { return file }
        for member in record.members where !Merging.ownBlocks.contains(member.name) && member.name != "source"
        {
            guard let own = file[member.name], own != member.value, isDisputable(member.name) else {
                continue
            }
            report(proposal.path, member.name, own, member.value)
        }
        return merged
    }

    private func isDisputable(_ field: String) -> Bool {
        [
            "limits", "released", "knowledge_cutoff", "open_weights", "license", "memory", "flops",
            "bandwidth_bytes_per_s",
        ].contains(field)
    }

    private mutating func mergeBlock(_ name: String, _ proposal: Proposal, into file: Record) -> Value? {
        guard let new = proposal.record[name] else { return file[name] }
        guard let old = file[name] else { return new }
        let (standing, other) = (Standing(old["source"]), Standing(new["source"]))
        // What says the same keeps the day on which it was first read.
        if Merging.isSame(old, new) {
            return standing.isSameSource(as: other) && other < standing ? new : old
        }
        if other > standing, !standing.isPersonal { return new }
        if let oldRecord = old.record, let newRecord = new.record {
            for member in newRecord.members where member.name != "source" {
                guard let own = oldRecord[member.name], own != member.value else { continue }
                report(proposal.path, "\(name)/\(member.name)", own, member.value)
            }
        }
        return old
    }

    /// Whether two blocks say the same, whoever says it.
    private static func isSame(_ one: Value, _ other: Value) -> Bool {
        guard var left = one.record, var right = other.record else { return one == other }
        left["source"] = nil
        right["source"] = nil
        return left == right
    }

    private mutating func mergeParameters(_ proposal: Proposal, into file: Record) -> Value? {
        guard let new = proposal.record["parameters"]?.record else { return file["parameters"] }
        guard var merged = file["parameters"]?.record else { return .record(new) }
        for member in new.members {
            guard let old = merged[member.name] else {
                merged[member.name] = member.value
                continue
            }
            if CountStanding(member.value) > CountStanding(old) {
                merged[member.name] = member.value
            } else if old["value"] != member.value["value"] {
                report(
                    proposal.path, "parameters/\(member.name)", old["value"] ?? .null,
                    member.value["value"] ?? .null)
            }
        }
        return .record(merged)
    }

    // MARK: Providers

    private mutating func mergeProvider(_ proposal: Proposal, into file: Record) -> Record {
        var merged = mergeIdentity(proposal, into: file)
        let new = proposal.record
        merged["aliases"] = Merging.aliases(file["aliases"], new["aliases"]) { $0 != file["id"]?.text }
        merged["accelerator_offers"] = RentalHistory.merge(
            file["accelerator_offers"], new["accelerator_offers"])
        return merged
    }

    // MARK: Offers

    private mutating func mergeOffers(_ proposal: Proposal, into file: Record) -> Record {
        var offers = file["offers"]?.list ?? []
        for new in proposal.record["offers"]?.list ?? [] {
            let name = new["provider_model_id"]?.text?.lowercased()
            let place = offers.firstIndex { $0["provider_model_id"]?.text?.lowercased() == name }
            if let place {
                offers[place] = mergeOffer(new, into: offers[place], proposal.path)
            } else {
                // Sorted, ignoring case as names do, so that the order of imports does not show.
                let next = offers.firstIndex {
                    ($0["provider_model_id"]?.text?.lowercased() ?? "") > (name ?? "")
                }
                offers.insert(new, at: next ?? offers.count)
            }
        }
        var merged = file
        merged["offers"] = .list(offers)
        return merged
    }

    private mutating func mergeOffer(_ new: Value, into old: Value, _ path: String) -> Value {
        let (oldPrices, newPrices) = (old["prices"]?.list ?? [], new["prices"]?.list ?? [])
        let (standing, other) = (Merging.standing(of: old), Merging.standing(of: new))
        if !oldPrices.isEmpty, !newPrices.isEmpty, standing.isSameSource(as: other) {
            let (base, late) = other > standing ? (new, old) : (old, new)
            var record = Merging.carrying(late, into: base)
            record["prices"] = .list(
                PriceHistory.merge(base["prices"]?.list ?? [], with: late["prices"]?.list ?? []))
            return .record(record)
        }
        if oldPrices.isEmpty, newPrices.isEmpty {
            // Nobody says whose word an offer without a price is: of one day the one that comes first as text stands.
            let (day, known) = (new["verified_on"]?.text ?? "", old["verified_on"]?.text ?? "")
            let isLater = day != known ? day > known : new.json < old.json
            return .record(isLater ? Merging.carrying(old, into: new) : Merging.carrying(new, into: old))
        }
        if newPrices.isEmpty { return standing.isPersonal ? old : .record(Merging.carrying(new, into: old)) }
        if oldPrices.isEmpty || (other > standing && !standing.isPersonal) {
            return .record(Merging.carrying(old, into: new))
        }
        reportPrices(of: new, old, path)
        return old
    }

    /// An offer with what only another has of the things that imports do not write, and with the names of both.
    private static func carrying(_ other: Value, into offer: Value) -> Record {
        var record = offer.record ?? Record()
        for name in ["capabilities", "modalities", "rate_limits", "performance", "extends_context"] {
            if record[name] == nil, let value = other[name] { record[name] = value }
        }
        record["aliases"] = Merging.aliases(record["aliases"], other["aliases"]) { _ in true }
        // That an offer is hidden or gone, and nothing else of it known, is a person's word.
        if other["prices"] == nil, let stage = other["status"]?["stage"]?.text, stage != "active" {
            record["status"] = other["status"]
        }
        return record
    }

    private mutating func reportPrices(of new: Value, _ old: Value, _ path: String) {
        let name = old["provider_model_id"]?.text ?? ""
        let (own, others) = (Merging.openRates(of: old), Merging.openRates(of: new))
        for (meter, price) in own.sorted(by: { $0.key < $1.key }) {
            guard let other = others[meter], other != price else { continue }
            conflicts.append(
                Conflict(
                    path: path, field: "\(name) \(meter)", kept: price.description, refused: other.description
                ))
        }
    }

    /// Prices by the million of the period that is open.
    private static func openRates(of offer: Value) -> [String: Money] {
        let open = offer["prices"]?.list?.last { $0["effective_to"] == nil && $0["cancelled"]?.flag != true }
        var prices: [String: Money] = [:]
        for rate in open?["rates"]?.list ?? [] {
            guard let meter = rate["meter"]?.text, let per = rate["per"]?.integer, per > 0,
                let price = rate["price"]?.number.flatMap({ Money($0) })?.multiplied(by: 1_000_000 / per),
                rate["size"] == nil, rate["quality"] == nil
            else { continue }
            prices[meter] = price
        }
        return prices
    }

    /// An offer is as good as the source of its last price; without a price, as good as none.
    private static func standing(of offer: Value) -> Standing {
        Standing(offer["prices"]?.list?.last?["source"])
    }

    // MARK: Lists

    /// A new file's record with its lists in the order that later imports keep.
    private static func normal(_ record: Record) -> Record {
        var record = record
        let repository = record["hugging_face"]?["repo"]?.text?.lowercased()
        if let own = record["aliases"] {
            record["aliases"] = aliases([], own) { $0 != repository }
        }
        return record
    }

    /// Aliases of both, each value once, sorted where something came in.
    static func aliases(_ old: Value?, _ new: Value?, where isWanted: (String) -> Bool) -> Value? {
        let own = old?.list ?? []
        var names = Set(own.compactMap { $0["value"]?.text?.lowercased() })
        let added = (new?.list ?? []).filter { alias in
            guard let name = alias["value"]?.text?.lowercased(), isWanted(name) else { return false }
            return names.insert(name).inserted
        }
        guard !added.isEmpty else { return old }
        return .list((own + added).sorted { ($0["value"]?.text ?? "") < ($1["value"]?.text ?? "") })
    }

    private func unite(_ old: Value?, _ new: Value?, by key: (Value) -> String) -> Value? {
        let own = old?.list ?? []
        let known = Set(own.map(key))
        let added = (new?.list ?? []).filter { !known.contains(key($0)) }
        guard !added.isEmpty else { return old }
        return .list((own + added).sorted { key($0) < key($1) })
    }

    private mutating func report(_ path: String, _ field: String, _ kept: Value, _ refused: Value) {
        conflicts.append(Conflict(path: path, field: field, kept: kept.json, refused: refused.json))
    }
}

/// How much a parameter count's word counts: by how it is known, then by the later day.
private struct CountStanding: Comparable {
    private let rank: Int
    private let seenOn: String

    init(_ count: Value) {
        let word = count["param_source"]?.text.flatMap { StatedCount.Provenance(rawValue: $0) }
        rank = word.flatMap { StatedCount.Provenance.allCases.sorted().firstIndex(of: $0) } ?? -1
        seenOn = count["checked_on"]?.text ?? ""
    }

    static func < (left: CountStanding, right: CountStanding) -> Bool {
        // An override is a person's: no later day makes an import's word better.
        left.rank != right.rank ? left.rank < right.rank : left.seenOn < right.seenOn
    }
}
