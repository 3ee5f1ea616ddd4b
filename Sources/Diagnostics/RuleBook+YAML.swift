extension RuleBook {
    static let yamlRules: [Rule] = []
}
