import Documents
import Entities
import Text

/// The data file of genai-prices: prices by the million tokens, some from a day on or at certain hours.
enum GenAIPrices {
    static func listings(in file: Value, seenOn day: CalendarDate) -> Listings {
        var result = Listings()
        var check = PriceCheck()
        for provider in file.list ?? [] {
            guard let house = provider["id"]?.text else { continue }
            for model in provider["models"]?.list ?? [] {
                guard let name = model["id"]?.text else { continue }
                var listing = Listing(provider: house, name: name)
                listing.title = model["name"]?.text
                listing.contextTokens = model["context_window"]?.tokens
                listing.periods = periods(model["prices"], "\(house)/\(name)", seenOn: day, &check)
                result.listings.append(listing)
            }
        }
        result.refusals += check.refusals
        return result
    }

    private static let meters: [(key: String, meter: Meter, per: Int)] = [
        ("input_mtok", .inputText, 1_000_000), ("output_mtok", .outputText, 1_000_000),
        ("cache_read_mtok", .cacheRead, 1_000_000), ("cache_write_mtok", .cacheWrite, 1_000_000),
        ("cache_write_1h_mtok", .cacheWrite1Hour, 1_000_000),
        ("output_reasoning_mtok", .reasoning, 1_000_000), ("input_audio_mtok", .inputAudio, 1_000_000),
        ("output_audio_mtok", .outputAudio, 1_000_000), ("cache_audio_read_mtok", .cacheReadAudio, 1_000_000),
        ("input_image_mtok", .inputImage, 1_000_000), ("output_image_mtok", .outputImage, 1_000_000),
        ("cache_image_read_mtok", .cacheReadImage, 1_000_000), ("input_video_mtok", .inputVideo, 1_000_000),
        ("output_video_mtok", .outputVideo, 1_000_000), ("web_searches_kcount", .webSearch, 1_000),
        ("requests_kcount", .request, 1_000),
    ]

    private static func periods(
        _ prices: Value?, _ subject: String, seenOn day: CalendarDate, _ check: inout PriceCheck
    ) -> [ListedPeriod] {
        if let record = prices?.record { return period(record, subject, &check).map { [$0] } ?? [] }
        var periods: [ListedPeriod] = []
        var schedules: [ListedSchedule] = []
        for item in prices?.list ?? [] {
            guard let record = item["prices"]?.record, var period = period(record, subject, &check) else {
                continue
            }
            let constraint = item["constraint"]
            if let from = constraint?["start_time"]?.text, let until = constraint?["end_time"]?.text {
                schedules.append(
                    ListedSchedule(
                        from: String(from.prefix(5)), until: String(until.prefix(5)), rates: period.rates))
                continue
            }
            period.from = constraint?["start_date"]?.text.flatMap { CalendarDate($0) }
            periods.append(period)
        }
        periods.sort { ($0.from?.daysSinceEpoch ?? .min) < ($1.from?.daysSinceEpoch ?? .min) }
        for index in periods.indices.dropLast() { periods[index].until = periods[index + 1].from }
        // Of what held before the first known day it is not known since when.
        periods.removeAll { period in period.from == nil && period.until.map { $0 <= day } ?? false }
        for index in periods.indices { periods[index].schedules = schedules }
        return periods
    }

    private static func period(
        _ record: Record, _ subject: String, _ check: inout PriceCheck
    ) -> ListedPeriod? {
        var rates: [ListedRate] = []
        var tiers: [Int: [ListedRate]] = [:]
        for (key, meter, per) in meters {
            guard let price = record[key] else { continue }
            if let amount = (price.amount ?? price["base"]?.amount).flatMap({ Money(rounding: $0) }) {
                rates.append(ListedRate(meter: meter, price: amount, per: per))
            }
            for tier in price["tiers"]?.list ?? [] {
                guard let start = tier["start"]?.tokens,
                    let amount = tier["price"]?.amount.flatMap({ Money(rounding: $0) })
                else { continue }
                tiers[start, default: []].append(ListedRate(meter: meter, price: amount, per: per))
            }
        }
        let sound = check.sound(rates, of: subject, isFree: false)
        guard !sound.isEmpty else { return nil }
        var period = ListedPeriod(rates: sound)
        for (start, rates) in tiers.sorted(by: { $0.key < $1.key }) {
            let rates = check.soundTier(rates, over: sound, of: subject)
            if !rates.isEmpty { period.tiers.append(ListedTier(fromTokens: start, rates: rates)) }
        }
        return period
    }
}
