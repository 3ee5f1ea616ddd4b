import Diagnostics
import Entities
import Text

/// Everything about a change as one JSON object. `version` rises when a key changes its meaning.
///
/// Amounts are text: a reader that takes them for binary fractions would lose the last digit.
struct ChangeJSONRenderer {
    let report: ChangeReport

    private static let version = 1

    func render() -> String {
        JSONLayout.text { json in
            json.member("version", ChangeJSONRenderer.version)
            json.member("outcome", report.outcome)
            json.member("summary", report.summary)
            json.member("errors") { json in
                json.member("base", report.change.baseErrorCount)
                json.member("head", report.change.headErrorCount)
            }
            json.member("concerns", of: report.concerns) { json, concern in
                json.member("kind", concern.kind.rawValue)
                json.member("path", concern.path)
                json.member("subject", concern.subject)
            }
            json.member("changes", of: report.change.entities) { json, entity in
                members(of: entity, in: &json)
            }
            json.member("rules_changed", of: report.change.changedRules) { json, path in
                json.member("path", path)
            }
            json.member("not_compared", of: report.change.uncompared) { json, file in
                json.member("path", file.path)
                json.member("side", file.side.rawValue)
                json.member("errors", file.errorCount)
            }
        }
    }

    private func members(of entity: EntityChange, in json: inout JSONLayout) {
        json.member("event", entity.event.word.rawValue)
        json.member("kind", entity.kind.rawValue)
        json.member("id", entity.id)
        if case .renamed(let old) = entity.event { json.member("old_id", old) }
        json.member("path", entity.path)
        json.member("prices", of: entity.prices) { json, move in
            json.member("offer", move.offer)
            json.member("meter", move.meter)
            json.member("terms", move.terms)
            price("old", move.old, in: &json)
            price("new", move.new, in: &json)
            if let permille = move.permille { json.member("permille", permille) }
        }
        json.member("fields", of: entity.fields) { json, field in
            json.member("name", field.name)
            json.member("topic", field.topic.rawValue)
            json.member("old", orNull: field.old)
            json.member("new", orNull: field.new)
        }
        json.member("dependants", of: entity.dependants) { json, dependant in
            json.member("link", dependant.link.rawValue)
            json.member("path", dependant.path)
            json.member("remains", dependant.remains)
        }
    }

    private func price(_ key: String, _ price: PriceMove.Price?, in json: inout JSONLayout) {
        guard let price else { return }
        json.member(key) { json in
            json.member("amount", price.amount.description)
            json.member("currency", price.currency)
            json.member("per", price.unitCount)
        }
    }
}
