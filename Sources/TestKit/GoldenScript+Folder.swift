extension GoldenScript {
    private static let folder = Repository.root + "/Tests/Scripts"

    /// The scripts below `Tests/Scripts` whose first command is one of a program's, in byte order.
    package static func scripts(of program: String) -> [String] {
        Files.tree(below: folder).filter { path in
            guard path.hasSuffix(".test"), let text = Files.text(at: "\(folder)/\(path)"),
                let first = text.firstRange(of: "\n--- run ")
            else { return false }
            return text[first.upperBound...].hasPrefix(program + " ")
        }
    }

    /// What a command does otherwise than a script says, each in words; rewrites the script where that is asked for.
    package static func faults(
        ofScript path: String, isRewritten: Bool,
        command: (_ arguments: [String], _ folder: String) -> Outcome
    ) -> [String] {
        guard let text = Files.text(at: "\(folder)/\(path)") else { return ["\(path) cannot be read"] }
        let (differences, rewritten) = Files.withTemporaryFolder { folder in
            GoldenScript(text).run(in: folder, command: command)
        }
        if isRewritten {
            Files.write(rewritten, to: "\(folder)/\(path)")
            return []
        }
        return differences.map { difference in
            "\(path): \(difference.command)\n--- expected\n\(difference.expected)--- actual\n\(difference.actual)"
        }
    }
}
