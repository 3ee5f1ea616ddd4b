extension RuleBook {
    static let schemaRules: [Rule] = []
}
