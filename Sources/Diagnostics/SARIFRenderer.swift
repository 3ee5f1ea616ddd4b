import Text

/// A report as a log of the Static Analysis Results Interchange Format, OASIS standard 2.1.0.
///
/// At most 25,000 results, the most useful first: GitHub takes no more in a run.
struct SARIFRenderer {
    let report: Report

    private static let resultLimit = 25_000

    func render() -> String {
        let results = Array(report.findingsByUse.prefix(SARIFRenderer.resultLimit))
        let missing = report.remainder(besides: results.count)
        let occurring = Set(results.map(\.rule))
        let rules = RuleID.allCases.filter(occurring.contains)
        let indices = Dictionary(uniqueKeysWithValues: rules.enumerated().map { ($1, $0) })
        var fingerprints = Fingerprints()
        return JSONLayout.text { json in
            json.member("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
            json.member("version", "2.1.0")
            json.member("runs", of: CollectionOfOne(())) { json, _ in
                json.member("tool") { $0.member("driver") { driver(rules, in: &$0) } }
                if let missing { json.member("invocations", of: [missing], invocation) }
                json.member("columnKind", "unicodeCodePoints")
                json.member("results", of: results) { json, finding in
                    json.member("ruleId", finding.rule.rawValue)
                    json.member("ruleIndex", indices[finding.rule] ?? -1)
                    json.member("level", finding.severity.name)
                    json.member("message") { $0.member("text", plain(finding.messageAndHint)) }
                    json.member("locations", of: [finding.location], place)
                    if !finding.related.isEmpty {
                        json.member("relatedLocations", of: finding.related) { json, related in
                            place(&json, related.location)
                            json.member("message") { $0.member("text", plain(related.label)) }
                        }
                    }
                    json.member("partialFingerprints") {
                        $0.member("registryFinding/v1", fingerprints.next(for: finding))
                    }
                }
            }
        }
    }

    private func driver(_ rules: [RuleID], in json: inout JSONLayout) {
        json.member("name", "registry")
        json.member("informationUri", "https://modelatlas.dev")
        json.member("rules", of: rules) { json, id in
            json.member("id", id.rawValue)
            json.member("defaultConfiguration") { $0.member("level", id.severity.name) }
            guard let rule = RuleBook[id] else { return }
            json.member("shortDescription") { $0.member("text", rule.title) }
            json.member("fullDescription") { $0.member("text", rule.why) }
            json.member("help") {
                $0.member("text", rule.explanation)
                $0.member("markdown", rule.markdownBody)
            }
        }
    }

    private func invocation(_ json: inout JSONLayout, missing: String) {
        json.member("executionSuccessful", true)
        json.member("toolExecutionNotifications", of: [missing]) { json, missing in
            json.member("level", "warning")
            json.member("message") {
                $0.member("text", "\(missing) left out of this log")
            }
        }
    }

    private func place(_ json: inout JSONLayout, _ location: Location) {
        json.member("physicalLocation") { json in
            json.member("artifactLocation") { $0.member("uri", SARIFRenderer.uri(location.path)) }
            json.member("region") { json in
                json.member("startLine", location.span.start.line)
                json.member("startColumn", location.span.start.column)
                json.member("endLine", location.span.end.line)
                json.member("endColumn", location.span.end.column)
            }
        }
    }

    /// Text in which nothing is an embedded link (section 3.11.6), on visible characters.
    private func plain(_ text: String) -> String {
        var plain = ""
        for scalar in TerminalText.visibleLines(text).unicodeScalars {
            if scalar == "(", plain.unicodeScalars.last == "]" { plain += " " }
            plain.unicodeScalars.append(scalar)
        }
        return plain
    }

    /// A relative reference (RFC 3986): all but unreserved characters and `/` escaped.
    private static func uri(_ path: String) -> String {
        var uri = ""
        for byte in path.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "/"):
                uri.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                uri += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        return uri
    }
}

/// Names for findings that stay the same when lines move: a hash of rule, path, pointer and message, and the
/// ordinal among equals.
private struct Fingerprints {
    private var counts: [UInt64: Int] = [:]

    mutating func next(for finding: Diagnostic) -> String {
        let hash = Fingerprints.hash([
            finding.rule.rawValue, finding.location.path, finding.pointer, finding.message,
        ])
        counts[hash, default: 0] += 1
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits + ":\(counts[hash] ?? 1)"
    }

    /// FNV-1a over the parts, each closed by a zero byte.
    private static func hash(_ parts: [String]) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for part in parts {
            for byte in part.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
            hash = hash &* 0x100_0000_01B3
        }
        return hash
    }
}
