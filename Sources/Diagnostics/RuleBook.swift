/// Every rule there is, by id.
package enum RuleBook {
    /// All rules in the order of `RuleID`.
    package static let rules: [Rule] = RuleID.allCases.compactMap { table[$0] }

    /// The rule behind an id; nil while nobody has written it down.
    package static subscript(id: RuleID) -> Rule? { table[id] }

    private static let table: [RuleID: Rule] = {
        var table: [RuleID: Rule] = [:]
        for rule in treeRules + yamlRules + schemaRules + entityRules { table[rule.id] = rule }
        return table
    }()
}
