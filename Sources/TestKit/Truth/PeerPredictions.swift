import Documents
import Sources
import Text

/// What another program predicts for rows of the truth table, by their ids, in the rows' own units.
package struct PeerPredictions: Sendable {
    package let name: String
    package let version: String
    package let values: [String: Double]

    /// Reads a file as `tools/aiconfigurator-peer` writes it; throws where it is no such file.
    package init(of bytes: [UInt8]) throws {
        let file = try TruthRow.json(bytes)
        guard let predictions = file["predictions"]?.record else {
            throw TruthPrediction.Refusal("the file has no \"predictions\"")
        }
        name = file["peer"]?.text ?? "another program"
        version = file["version"]?.text ?? ""
        values = Dictionary(
            predictions.members.compactMap { member in
                member.value.number.map { (member.name, $0.approximate) }
            }, uniquingKeysWith: { first, _ in first })
    }
}
