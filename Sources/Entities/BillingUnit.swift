/// What is counted on a price list or a bill. Units of different dimensions never turn into each other.
package enum BillingDimension: String, Sendable, CaseIterable {
    case token, character
    /// A second of sound or video.
    case mediaSecond = "media_second"
    case image, megapixel, page
    /// A rerank query.
    case search
    case webSearch = "web_search"
    case toolCall = "tool_call"
    case request
    /// A second of one accelerator.
    case acceleratorSecond = "gpu_second"
    /// A token kept for an hour.
    case tokenHour = "token_hour"
    case databricksUnit = "dbu"
}

/// So many of one thing: `1m_tokens` is a million tokens, `audio_hour` 3,600 seconds of sound.
package struct BillingUnit: Sendable, Hashable {
    package let dimension: BillingDimension
    /// Above zero; how many of the dimension's own unit this is.
    package let size: Int

    package init(_ dimension: BillingDimension, size: Int = 1) {
        self.dimension = dimension
        self.size = size
    }

    /// The unit that a price list's word stands for: a multiplier (`1m`, `1k`, `1000`, `million`), a noun in the
    /// singular or plural, with or without `per_` and `usd_per_`, in any case. Nil for a word that is none.
    ///
    /// A bare `second`, `minute` or `hour` is time of sound or video on a list of media and time of a machine elsewhere:
    /// it is one of media only where `countsMedia` says so, and else no unit.
    package init?(named name: String, countsMedia: Bool) {
        var words = name.lowercased().split { "_- /".contains($0) }
        while let first = words.first, ["usd", "per"].contains(first) { words.removeFirst() }
        var size = 1
        if let first = words.first, let multiple = BillingUnit.multiples[first] {
            size = multiple
            words.removeFirst()
        }
        let noun = words.joined(separator: "_")
        guard let unit = BillingUnit.nouns[noun] ?? (countsMedia ? BillingUnit.bareTimes[noun] : nil) else {
            return nil
        }
        self.init(unit.dimension, size: unit.size * size)
    }

    /// The name that this project writes: `1m_tokens`, `audio_hour`, `image`.
    package var name: String {
        let noun = dimension == .mediaSecond ? "second" : dimension.rawValue
        switch (dimension, size) {
        case (.mediaSecond, 60): return "audio_min"
        case (.mediaSecond, 3_600): return "audio_hour"
        case (.acceleratorSecond, 3_600): return "gpu_hour"
        case (_, 1): return noun
        case (.character, _): return BillingUnit.multiple(size) + "chars"
        case (.search, _), (.webSearch, _): return BillingUnit.multiple(size) + noun + "es"
        default: return BillingUnit.multiple(size) + noun + "s"
        }
    }

    private static func multiple(_ size: Int) -> String {
        switch size {
        case 1_000: "1k_"
        case 1_000_000: "1m_"
        default: "\(size)_"
        }
    }

    private static let multiples: [Substring: Int] = [
        "1": 1, "1k": 1_000, "k": 1_000, "1000": 1_000, "thousand": 1_000, "1m": 1_000_000, "m": 1_000_000,
        "1000000": 1_000_000, "million": 1_000_000, "1mm": 1_000_000,
    ]

    private static let bareTimes: [String: BillingUnit] = [
        "second": .init(.mediaSecond), "seconds": .init(.mediaSecond), "sec": .init(.mediaSecond),
        "minute": .init(.mediaSecond, size: 60), "minutes": .init(.mediaSecond, size: 60),
        "min": .init(.mediaSecond, size: 60), "hour": .init(.mediaSecond, size: 3_600),
        "hours": .init(.mediaSecond, size: 3_600),
    ]

    private static let nouns: [String: BillingUnit] = {
        var nouns: [String: BillingUnit] = [:]
        for (dimension, names) in [
            (.token, ["token", "tok"]), (.character, ["character", "char"]), (.image, ["image", "img"]),
            (.megapixel, ["megapixel", "mp"]), (.page, ["page"]),
            (.request, ["request", "call", "query", "check", "generation"]), (.toolCall, ["tool_call"]),
            (.tokenHour, ["token_hour"]), (.databricksUnit, ["dbu"]),
        ] as [(BillingDimension, [String])] {
            for name in names {
                nouns[name] = BillingUnit(dimension)
                nouns[name + "s"] = BillingUnit(dimension)
            }
        }
        nouns["queries"] = BillingUnit(.request)
        for name in ["search", "searches"] {
            nouns[name] = BillingUnit(.search)
            nouns["web_" + name] = BillingUnit(.webSearch)
        }
        nouns["mtok"] = BillingUnit(.token, size: 1_000_000)
        nouns["ktok"] = BillingUnit(.token, size: 1_000)
        for (name, seconds) in bareTimes {
            for medium in ["audio", "video", "output_video", "output_audio", "speech"] {
                nouns["\(medium)_\(name)"] = seconds
            }
            for machine in ["gpu", "accelerator"] {
                nouns["\(machine)_\(name)"] = BillingUnit(.acceleratorSecond, size: seconds.size)
            }
        }
        return nouns
    }()
}

extension Meter {
    /// What one unit of the meter is.
    package var billingUnit: BillingUnit {
        switch self {
        case .cacheStorageHour: BillingUnit(.tokenHour)
        case .character: BillingUnit(.character)
        case .image: BillingUnit(.image)
        case .megapixel: BillingUnit(.megapixel)
        case .page: BillingUnit(.page)
        case .request: BillingUnit(.request)
        case .search: BillingUnit(.search)
        case .webSearch: BillingUnit(.webSearch)
        case .toolCall: BillingUnit(.toolCall)
        case .dbu: BillingUnit(.databricksUnit)
        case .second: BillingUnit(.mediaSecond)
        case .minute: BillingUnit(.mediaSecond, size: 60)
        case .hour: BillingUnit(.mediaSecond, size: 3_600)
        case .gpuHour: BillingUnit(.acceleratorSecond, size: 3_600)
        default: BillingUnit(.token)
        }
    }

    /// The meter of a unit that says by itself what is charged; nil for tokens, whose price depends on what they are.
    package init?(of dimension: BillingDimension) {
        switch dimension {
        case .token, .tokenHour: return nil
        case .character: self = .character
        case .mediaSecond: self = .second
        case .image: self = .image
        case .megapixel: self = .megapixel
        case .page: self = .page
        case .search: self = .search
        case .webSearch: self = .webSearch
        case .toolCall: self = .toolCall
        case .request: self = .request
        case .acceleratorSecond: self = .gpuHour
        case .databricksUnit: self = .dbu
        }
    }
}
