extension RuleBook {
    static let entityRules: [Rule] = []
}
