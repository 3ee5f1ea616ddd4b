package import Entities
package import Pricing
package import Text

/// A load as people write it: "around 5 million tokens a day, bursty, for 300 dollars".
///
/// Words are matched whole, with a slip of the pen or two in long ones; a number is taken for one thing only. What is not
/// said is missing, and never assumed here.
package struct WordedRequest: Sendable, Hashable {
    package private(set) var workload: WorkloadKind?
    package private(set) var tokensPerDay: Int?
    /// US dollars a month.
    package private(set) var budget: Money?
    package private(set) var traffic: TrafficPattern?
    /// Whether answers have to come fast.
    package private(set) var isUrgent: Bool?
    package private(set) var providers: [Provider.ID] = []

    /// What a plan would have to know besides, in the order in which one asks.
    package var missing: [String] {
        var missing: [String] = []
        if workload == nil { missing.append("workload") }
        if workload ?? .llm == .llm, tokensPerDay == nil { missing.append("tokens a day") }
        if budget == nil { missing.append("budget") }
        if traffic == nil { missing.append("traffic") }
        if isUrgent == nil { missing.append("latency priority") }
        return missing
    }

    /// Reads a request; providers are known by their ids and names. Linear in the words and the providers.
    package init(_ text: String, knowing providers: [Provider] = []) {
        let words = RequestWords(text)
        workload = WordedRequest.workload(in: words)
        traffic =
            WordedRequest.phrases(of: [
                (["bursty"], .bursty), (["spiky"], .bursty), (["steady"], .steady), (["constant"], .steady),
                (["business", "hours"], .businessHours), (["office", "hours"], .businessHours),
            ]).first { words.hasPhrase($0.words) }?.value
        isUrgent =
            WordedRequest.phrases(of: [
                (["strict", "latency"], true), (["low", "latency"], true), (["real", "time"], true),
                (["realtime"], true), (["relaxed", "latency"], false), (["latency", "tolerant"], false),
            ]).first { words.hasPhrase($0.words) }?.value
        readNumbers(words)
        self.providers = providers.filter { provider in
            [provider.id.text, provider.name].contains { words.hasExactly(RequestWords($0).plain) }
        }.map(\.id)
    }

    private static func phrases<Value>(
        of list: [([String], Value)]
    ) -> [(words: [String], value: Value)] {
        list.map { (words: $0.0, value: $0.1) }
    }

    // MARK: What is wanted

    private static let workloads = phrases(of: [
        (["speech", "to", "text"], WorkloadKind.speechToText), (["transcription"], .speechToText),
        (["stt"], .speechToText), (["text", "to", "speech"], .textToSpeech), (["tts"], .textToSpeech),
        (["embeddings"], .embeddings), (["embedding"], .embeddings),
        (["image", "generation"], .imageGeneration), (["images"], .imageGeneration),
        (["video", "generation"], .videoGeneration), (["videos"], .videoGeneration),
        (["moderation"], .moderation), (["vision"], .vision), (["llm"], .llm), (["chat"], .llm),
        (["language", "model"], .llm),
    ])

    /// What is optimised for, else what is named first and not refused.
    private static func workload(in words: RequestWords) -> WorkloadKind? {
        var first: (place: Int, kind: WorkloadKind)?
        for (phrase, kind) in workloads {
            for place in words.places(of: phrase) where !words.isRefused(at: place) {
                if words.isAimed(at: place) { return kind }
                if first.map({ place < $0.place }) ?? true { first = (place, kind) }
            }
        }
        return first?.kind
    }

    // MARK: Numbers

    private mutating func readNumbers(_ words: RequestWords) {
        for number in words.numbers {
            if words.isMoney(number) {
                budget = budget ?? Money(trillionths: number.trillionths)
            } else if let divisor = words.daysOfTokens(number), tokensPerDay == nil {
                let whole = number.trillionths / Int128(1_000_000_000_000)
                tokensPerDay = Int(exactly: whole / Int128(divisor)).flatMap { $0 > 0 ? $0 : nil }
            }
        }
    }
}

/// The words of a request, and the numbers among them.
private struct RequestWords {
    /// A number with what it is multiplied by.
    struct Amount {
        /// Where it begins, and the first word after it.
        let place: Int
        let next: Int
        let trillionths: Int128
    }

    /// In lower case, without punctuation; a dollar sign is a word.
    let plain: [String]
    private(set) var numbers: [Amount] = []

    init(_ text: String) {
        var words: [String] = []
        var word = ""
        func end() {
            while word.hasSuffix(".") || word.hasSuffix(",") { word.removeLast() }
            if !word.isEmpty { words.append(word) }
            word = ""
        }
        for character in text.lowercased() {
            let isNumber = word.first?.isNumber ?? false
            if character == "$" {
                end()
                words.append("$")
            } else if character.isLetter && isNumber && word.last?.isNumber == true {
                // `5m`, `300usd`: the unit is a word of its own.
                end()
                word.append(character)
            } else if character.isLetter || character.isNumber
                || isNumber && (character == "." || character == ",")
            {
                word.append(character)
            } else {
                end()
            }
        }
        end()
        plain = words
        numbers = words.indices.compactMap { RequestWords.amount(in: words, at: $0) }
    }

    private static func amount(in words: [String], at place: Int) -> Amount? {
        guard words[place].first?.isNumber == true,
            let number = Number(words[place].replacing(",", with: "")),
            var trillionths = number.scaledInteger(decimals: 12), trillionths > 0
        else { return nil }
        var next = place + 1
        let factors: [String: Int128] = [
            "k": 1_000, "thousand": 1_000, "m": 1_000_000, "mn": 1_000_000, "million": 1_000_000,
            "b": 1_000_000_000, "bn": 1_000_000_000, "billion": 1_000_000_000,
        ]
        if next < words.count, let factor = factors[words[next]] {
            let (product, overflow) = trillionths.multipliedReportingOverflow(by: factor)
            guard !overflow else { return nil }
            trillionths = product
            next += 1
        }
        return Amount(place: place, next: next, trillionths: trillionths)
    }

    /// Whether a number is an amount of money: by its sign, its unit, or the word "budget" shortly before it.
    func isMoney(_ number: Amount) -> Bool {
        if number.place > 0, plain[number.place - 1] == "$" { return true }
        if number.next < plain.count, ["dollars", "dollar", "usd"].contains(plain[number.next]) {
            return true
        }
        return plain[max(0, number.place - 3)..<number.place].contains("budget")
    }

    /// By how many days a number of tokens has to be divided; nil where it counts no tokens.
    func daysOfTokens(_ number: Amount) -> Int? {
        let after = plain[min(number.next, plain.count)..<min(number.next + 4, plain.count)]
        guard let tokens = after.firstIndex(where: { $0 == "tokens" || $0 == "token" }) else { return nil }
        let span = plain[tokens..<min(tokens + 4, plain.count)]
        if span.contains("month") || span.contains("monthly") { return 30 }
        return span.contains("week") || span.contains("weekly") ? 7 : 1
    }

    // MARK: Phrases

    func hasPhrase(_ phrase: [String]) -> Bool { !places(of: phrase).isEmpty }

    func hasExactly(_ phrase: [String]) -> Bool {
        !phrase.isEmpty && plain.count >= phrase.count
            && (0...plain.count - phrase.count).contains { Array(plain[$0..<$0 + phrase.count]) == phrase }
    }

    /// Where a phrase stands, give or take a slip of the pen.
    func places(of phrase: [String]) -> [Int] {
        guard plain.count >= phrase.count else { return [] }
        return (0...plain.count - phrase.count).filter { place in
            zip(phrase, plain[place...]).allSatisfy(RequestWords.isAlike)
        }
    }

    /// Equal, or one letter off in a word of five, two in longer ones.
    private static func isAlike(_ wanted: String, _ found: String) -> Bool {
        let limit = wanted.utf8.count < 5 ? 0 : wanted.utf8.count < 6 ? 1 : 2
        guard limit > 0, found.utf8.count > 3 else { return wanted == found }
        return Spelling.editDistance(Array(wanted.utf8), Array(found.utf8), limit: limit) <= limit
    }

    func isRefused(at place: Int) -> Bool {
        plain[max(0, place - 2)..<place].contains { ["not", "no", "without"].contains($0) }
    }

    func isAimed(at place: Int) -> Bool {
        plain[max(0, place - 2)..<place].contains { ["optimizing", "optimising", "optimize"].contains($0) }
    }
}
