import Entities

/// What the units of price lists count, and how many.
enum PriceUnits {
    /// The meter and the number of units of a unit's name; nil for what no meter counts.
    static func meter(of unit: String, workload: String) -> (meter: Meter, per: Int)? {
        switch unit.lowercased() {
        case "1m_tokens", "1000000_tokens": (tokenMeter(workload), 1_000_000)
        case "1k_tokens", "1000_tokens": (tokenMeter(workload), 1_000)
        case "1m_chars", "1m_characters": (.character, 1_000_000)
        case "1k_chars", "1k_characters", "1000_chars": (.character, 1_000)
        case "audio_min", "minute", "per_minute", "video_minute": (.minute, 1)
        case "audio_hour", "hour": (.hour, 1)
        case "second", "per_second", "video_second", "output_video_second": (.second, 1)
        case "image", "per_image": (.image, 1)
        case "1k_images", "1000_images": (.image, 1_000)
        case "megapixel": (.megapixel, 1)
        case "per_1k_searches": (.search, 1_000)
        case "page": (.page, 1)
        case "request", "check", "generation": (.request, 1)
        default: nil
        }
    }

    private static func tokenMeter(_ workload: String) -> Meter {
        workload == "image_generation" || workload == "video_generation" ? .outputImage : .inputText
    }
}
