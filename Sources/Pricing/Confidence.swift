package import Entities

/// How far a price can be trusted; a ranking may count a doubtful one as dearer than it says.
package enum Confidence: String, Sendable, CaseIterable {
    case official, high, medium, estimated, low
    case vendorList = "vendor_list"
    case unknown

    /// The trust in what a source of some kind says of a price.
    package init(in kind: Source.Kind) {
        switch kind {
        case .providerAPI, .providerPage: self = .official
        case .measured, .modelCard, .paper, .configJSON, .safetensorsIndex: self = .high
        case .manual, .thirdParty: self = .medium
        case .estimated: self = .estimated
        }
    }

    /// By how many hundredths a price counts as more than it says.
    package var markupPercent: Int {
        switch self {
        case .official, .high: 0
        case .medium, .estimated: 10
        case .low, .vendorList: 25
        case .unknown: 30
        }
    }

    /// 3 for the most trusted, 0 for unknown.
    package var rank: Int {
        switch self {
        case .official, .high: 3
        case .medium, .estimated: 2
        case .low, .vendorList: 1
        case .unknown: 0
        }
    }
}
