/// Every rule there is, by id.
package enum RuleBook {
    /// All rules in the order of `RuleID`.
    package static let rules: [Rule] = RuleID.allCases.compactMap { table[$0] }

    /// The rule behind an id.
    package static subscript(id: RuleID) -> Rule? { table[id] }

    private static let table: [RuleID: Rule] = {
        var table: [RuleID: Rule] = [:]
        for rule in all { table[rule.id] = rule }
        return table
    }()

    private static let all = treeRules + yamlRules + schemaRules + entityRules
}

extension RuleID {
    /// The severity a finding of this rule has unless it says otherwise.
    package var severity: Severity { RuleBook[self]?.severity ?? .error }
}
