import Documents
import Entities
import Text

/// How much a source's word counts where two sources speak of the same thing.
///
/// A total order, so that imports give the same tree in whatever order they run: the higher rank, then the later day.
struct Standing: Comparable {
    /// What a person wrote stands above all that a program reads.
    private let rank: Int
    private let seenOn: String

    /// The places from which this program imports, from the least trusted to the most. What was pinned to a commit or
    /// is named by its API was written by an import; other addresses are a person's.
    private static let places = [
        "https://github.com/BerriAI/litellm", "https://github.com/jayeshsuyal/InferenceAtlas",
        "https://github.com/anomalyco/models.dev", "https://github.com/pydantic/genai-prices/",
        "https://llm.chutes.ai/", "https://api.chutes.ai/", "https://github.com/detroittommy879/",
        "https://openrouter.ai/api/", "https://huggingface.co/",
    ]

    /// The standing of a `source` record; of none, the lowest.
    init(_ source: Value?) {
        seenOn = source?["checked_on"]?.text ?? ""
        let kind = source?["kind"]?.text
        let url = source?["url"]?.text ?? ""
        if kind == Source.Kind.manual.rawValue {
            rank = 100
        } else if let place = Standing.places.firstIndex(where: { url.hasPrefix($0) }) {
            rank = 10 + place
        } else if kind == Source.Kind.estimated.rawValue {
            rank = 5
        } else if kind == Source.Kind.thirdParty.rawValue, url.isEmpty {
            // An import of a table that says nothing of where it comes from.
            rank = 8
        } else if kind == Source.Kind.configJSON.rawValue || kind == Source.Kind.safetensorsIndex.rawValue {
            // Read by a program from files of the model itself.
            rank = 45
        } else {
            rank = source == nil ? 0 : 50
        }
    }

    /// True when both are the word of one source, on whatever days.
    func isSameSource(as other: Standing) -> Bool { rank == other.rank && rank > 0 && rank < 50 }

    /// True where a person's word stands.
    var isPersonal: Bool { rank >= 50 }

    static func < (left: Standing, right: Standing) -> Bool {
        left.rank != right.rank ? left.rank < right.rank : left.seenOn < right.seenOn
    }
}
