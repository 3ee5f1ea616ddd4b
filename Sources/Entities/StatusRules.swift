import Diagnostics
import Text

extension Review {
    /// The dates of a life must agree with its stage and with one another.
    mutating func check(_ status: Status, at pointer: String) {
        if status.stage == .retired, status.retiresOn == nil {
            report(
                .statusRetirement, at: pointer + "/stage",
                "the stage is \"retired\", but \"retires_on\" is missing",
                hint: "add the day on which it stopped")
        }
        if [.experimental, .preview, .active].contains(status.stage) {
            for (date, field) in [(status.deprecatedOn, "deprecated_on"), (status.retiresOn, "retires_on")]
            where date != nil {
                report(
                    .statusStage, at: pointer + "/" + field,
                    "\"\(field)\" is given, but the stage is \"\(status.stage.rawValue)\"",
                    hint: "say \"deprecated\", or remove \"\(field)\"")
            }
        }
        if let deprecatedOn = status.deprecatedOn, let retiresOn = status.retiresOn, retiresOn < deprecatedOn
        {
            report(
                .dateOrder, at: pointer + "/retires_on",
                "\"retires_on\" \(retiresOn) is before \"deprecated_on\" \(deprecatedOn)")
        }
    }
}
