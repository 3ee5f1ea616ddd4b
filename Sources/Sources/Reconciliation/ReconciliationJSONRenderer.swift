import Diagnostics
import Text

/// Everything about a comparison as one JSON object. `version` rises when a key changes its meaning.
///
/// Amounts, shares and ratios are decimal text.
struct ReconciliationJSONRenderer {
    let reconciliation: Reconciliation

    func render() -> String {
        JSONLayout.text { json in
            json.member("version", 1)
            json.member("here") { json in side(reconciliation.here, in: &json) }
            json.member("there") { json in side(reconciliation.there, in: &json) }
            json.member("matched") { json in
                json.member("count", reconciliation.matches.count)
                for way in NameTie.Way.allCases { json.member(way.rawValue, reconciliation.count(of: way)) }
                json.member("shared_providers", reconciliation.sharedProviderCount)
            }
            json.member("conflicts", of: reconciliation.disagreements) { json, conflict in
                names(conflict.provider, conflict.hereName, conflict.thereName, in: &json)
                tie(conflict.tie, in: &json)
                json.member("field", conflict.field)
                json.member("here") { json in word(conflict.here, in: &json) }
                json.member("there") { json in word(conflict.there, in: &json) }
                json.member("ratio", orNull: conflict.ratio.map { Share.number($0, decimals: 4) })
            }
            json.member("matches", of: reconciliation.matches) { json, match in
                names(match.provider, match.hereName, match.thereName, in: &json)
                tie(match.tie, in: &json)
            }
            lones("only_here", reconciliation.onlyHere, in: &json)
            lones("only_there", reconciliation.onlyThere, in: &json)
            json.member("proposals", of: reconciliation.resemblances) { json, found in
                names(found.provider, found.hereName, found.thereName, in: &json)
                json.member("score", Share.number(found.score, decimals: 4))
            }
            fields(in: &json)
        }
    }

    private func side(_ side: Reconciliation.Tally, in json: inout JSONLayout) {
        json.member("name", side.name)
        json.member("file", orNull: side.file)
        json.member("url", orNull: side.origin?.url)
        json.member("seen_on", orNull: side.origin?.seenOn.description)
        json.member("records", side.recordCount)
        json.member("names", side.nameCount)
        json.member("names_at_shared_providers", side.sharedNameCount)
        json.member(
            "matched_percent", orNull: Share.percent(reconciliation.matches.count, of: side.nameCount))
        json.member(
            "matched_percent_at_shared_providers",
            orNull: Share.percent(reconciliation.matches.count, of: side.sharedNameCount))
        json.member("prices") { json in
            for (state, count) in side.priceStates { json.member(state.rawValue, count) }
            json.member("other_currency", side.otherCurrencyCount)
        }
        json.member("refused") { json in
            for (reason, count) in side.refusals { json.member(reason.rawValue, count) }
        }
        json.member("repeated", of: side.repeated) { json, repeated in
            json.member("provider", repeated.provider)
            json.member("name", repeated.name)
            json.member("count", repeated.count)
            json.member("says_the_same", repeated.saysTheSame)
        }
    }

    private func names(
        _ provider: String, _ here: String, _ there: String, in json: inout JSONLayout
    ) {
        json.member("provider", provider)
        json.member("here_name", here)
        json.member("there_name", there)
    }

    private func tie(_ tie: NameTie, in json: inout JSONLayout) {
        json.member("matched_by", tie.way.rawValue)
        json.member("rules", of: tie.rules) { json, rule in json.member("rule", rule.rawValue) }
        json.member("through_model", orNull: tie.model)
    }

    private func word(_ word: Disagreement.Word, in json: inout JSONLayout) {
        json.member("value", word.value)
        json.member("url", orNull: word.origin.url)
        json.member("checked_on", word.origin.seenOn.description)
    }

    private func lones(_ key: String, _ lones: [Reconciliation.Lone], in json: inout JSONLayout) {
        json.member(key, of: lones) { json, lone in
            json.member("provider", lone.provider)
            json.member("name", lone.name)
            json.member("model", orNull: lone.model)
            json.member("provider_is_shared", lone.isProviderShared)
            json.member("candidates", of: lone.candidates) { json, name in json.member("name", name) }
        }
    }

    private func fields(in json: inout JSONLayout) {
        json.member("fields", of: reconciliation.fields) { json, tally in
            json.member("field", tally.field.rawValue)
            json.member("here", tally.hereCount)
            json.member("there", tally.thereCount)
            json.member("matched_lacking_here", tally.lackingHere)
            json.member("matched_lacking_there", tally.lackingThere)
        }
    }
}
