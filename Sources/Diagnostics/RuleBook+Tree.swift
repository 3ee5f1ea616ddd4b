extension RuleBook {
    static let treeRules: [Rule] = []
}
