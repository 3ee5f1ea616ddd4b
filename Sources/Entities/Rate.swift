package import Text

/// What is counted to make a bill.
package enum Meter: String, Sendable, CaseIterable {
    case inputText = "input_text"
    case outputText = "output_text"
    case reasoning
    case cacheRead = "cache_read"
    /// A cache write whose lifetime is not stated.
    case cacheWrite = "cache_write"
    case cacheWrite5Minutes = "cache_write_5m"
    case cacheWrite1Hour = "cache_write_1h"
    /// A token kept for an hour.
    case cacheStorageHour = "cache_storage_hour"
    case inputImage = "input_image"
    case outputImage = "output_image"
    case cacheReadImage = "cache_read_image"
    case inputAudio = "input_audio"
    case outputAudio = "output_audio"
    case cacheReadAudio = "cache_read_audio"
    case inputVideo = "input_video"
    case outputVideo = "output_video"
    case image, page, character
    /// Of sound or video.
    case second
    /// Of sound or video.
    case minute
    /// Of sound or video.
    case hour
    /// A million pixels of an image.
    case megapixel
    case request
    /// A rerank query.
    case search
    case webSearch = "web_search"
    case toolCall = "tool_call"
    case gpuHour = "gpu_hour"
    /// Databricks' unit.
    case dbu

    /// What one unit of a meter is.
    package enum Unit: Sendable {
        case token, character, piece, time
    }

    package var unit: Unit {
        switch self {
        case .inputText, .outputText, .reasoning, .cacheRead, .cacheWrite, .cacheWrite5Minutes,
            .cacheWrite1Hour,
            .cacheStorageHour, .inputImage, .outputImage, .cacheReadImage, .inputAudio, .outputAudio,
            .cacheReadAudio, .inputVideo, .outputVideo:
            .token
        case .character: .character
        case .image, .megapixel, .page, .request, .search, .webSearch, .toolCall, .dbu: .piece
        case .second, .minute, .hour, .gpuHour: .time
        }
    }
}

/// The price of one meter.
package struct Rate: Sendable, Hashable, FieldsReadable {
    /// Why a price of 0 is true.
    package enum FreeReason: String, Sendable, CaseIterable {
        case freeModel = "free_model"
        case freeTier = "free_tier"
        case preview, promotion
        case notBilled = "not_billed"
    }

    package var meter: Meter
    /// The price of `per` units of the meter, in the currency of its period.
    package var price: Money
    /// 1, 1,000 or 1,000,000.
    package var per: Int
    package var size: String?
    package var quality: String?
    package var freeReason: FreeReason?

    init?(_ fields: Fields) {
        guard let meter: Meter = fields.word("meter"), let price = fields.price("price"),
            let per = fields.integer("per"), (1...1_000_000).contains(per)
        else { return nil }
        self.meter = meter
        self.price = price
        self.per = per
        size = fields.text("size")
        quality = fields.text("quality")
        freeReason = fields.word("free_reason")
    }

    /// The price of a million units; nil when out of range.
    package var pricePerMillion: Money? {
        price.multiplied(by: 1_000_000 / per)
    }

    /// What a rate prices, whatever the price.
    package struct Subject: Sendable, Hashable {
        package var meter: Meter
        package var size: String?
        package var quality: String?

        package init(meter: Meter, size: String? = nil, quality: String? = nil) {
            self.meter = meter
            self.size = size
            self.quality = quality
        }
    }

    package var subject: Subject { Subject(meter: meter, size: size, quality: quality) }
}
