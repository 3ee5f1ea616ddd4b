/// A command-line test in one text file: files to lay out, commands to run, and what they must print.
///
/// The file is cut by lines that begin with `--- `:
/// - `--- registry` lays out the example registry and the project's schemas;
/// - `--- file PATH` begins a file's text;
/// - `--- remove PATH` takes a file away again;
/// - `--- commit BRANCH` commits everything to a branch, in a repository that the first commit makes;
/// - `--- git ARGUMENTS` has git do something in it;
/// - `--- run ARGUMENTS` begins the output expected of one command;
/// - `--- stderr` begins what it must print to the error output (nothing, if left out);
/// - `--- exit CODE` says how it must end (0, if left out).
/// Text before the first such line says what the case is about.
package struct GoldenScript {
    /// What a command printed and how it ended.
    package struct Outcome: Equatable {
        package var output: String
        package var errorOutput: String
        package var exitCode: Int32

        package init(output: String, errorOutput: String, exitCode: Int32) {
            self.output = output
            self.errorOutput = errorOutput
            self.exitCode = exitCode
        }
    }

    /// A difference between what a command did and what the file says.
    package struct Difference {
        package let command: String
        package let expected: String
        package let actual: String
    }

    private struct Section {
        var head: String
        var body: String
    }

    private let introduction: String
    private var sections: [Section]

    /// Reads a script.
    package init(_ text: String) {
        var introduction = ""
        var sections: [Section] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast(
            text.hasSuffix("\n") ? 1 : 0)
        {
            if line.hasPrefix("--- ") {
                sections.append(Section(head: String(line.dropFirst(4)), body: ""))
            } else if sections.isEmpty {
                introduction += line + "\n"
            } else {
                sections[sections.count - 1].body += line + "\n"
            }
        }
        self.introduction = introduction
        self.sections = sections
    }

    /// Lays out the files in `folder` and runs the commands there; returns where they differ, and the script as it
    /// would be if what they did were right.
    package func run(
        in folder: String, command: (_ arguments: [String], _ folder: String) -> Outcome
    ) -> (differences: [Difference], rewritten: String) {
        var rewritten = introduction
        var differences: [Difference] = []
        var index = 0
        while index < sections.count {
            let section = sections[index]
            index += 1
            let (verb, argument) = GoldenScript.split(section.head)
            guard verb == "run" else {
                layOut(verb, argument, section.body, in: folder)
                rewritten += "--- \(section.head)\n" + section.body
                continue
            }
            var expected = Outcome(output: section.body, errorOutput: "", exitCode: 0)
            while index < sections.count, GoldenScript.isRemark(sections[index].head) {
                let (verb, argument) = GoldenScript.split(sections[index].head)
                if verb == "stderr" { expected.errorOutput = sections[index].body }
                if verb == "exit" { expected.exitCode = Int32(argument) ?? -1 }
                index += 1
            }
            let arguments = argument.split(separator: " ").map(String.init)
            let actual = command(arguments, folder)
            rewritten += "--- run \(argument)\n" + GoldenScript.text(actual)
            if actual != expected {
                differences.append(
                    Difference(
                        command: argument, expected: GoldenScript.text(expected),
                        actual: GoldenScript.text(actual)))
            }
        }
        return (differences, rewritten)
    }

    private func layOut(_ verb: String, _ argument: String, _ body: String, in folder: String) {
        switch verb {
        case "registry": ExampleTree.copy(to: folder)
        case "file": Files.write(body, to: folder + "/" + argument)
        case "remove": Files.remove(folder + "/" + argument)
        case "commit", "git":
            do {
                try GoldenScript.runGit(verb, argument, in: folder)
            } catch {
                preconditionFailure("\(error)")
            }
        default: preconditionFailure("a script cannot \"\(verb)\"")
        }
    }

    private static func runGit(_ verb: String, _ argument: String, in folder: String) throws {
        let repository = ScratchRepository(at: folder, homeIn: folder + "/.git")
        guard verb == "commit" else {
            try repository.git(argument.split(separator: " ").map(String.init))
            return
        }
        if !Files.isFolder(folder + "/.git") {
            Files.makeFolder(folder + "/.git")
            try repository.git("init", "--quiet", "--initial-branch=" + argument)
        } else if try repository.git("branch", "--show-current") != argument {
            try repository.git("checkout", "--quiet", "-b", argument)
        }
        try repository.commitAll()
    }

    private static func text(_ outcome: Outcome) -> String {
        var text = ended(outcome.output)
        if !outcome.errorOutput.isEmpty { text += "--- stderr\n" + ended(outcome.errorOutput) }
        if outcome.exitCode != 0 { text += "--- exit \(outcome.exitCode)\n" }
        return text
    }

    private static func ended(_ text: String) -> String {
        text.isEmpty || text.hasSuffix("\n") ? text : text + "\n"
    }

    private static func isRemark(_ head: String) -> Bool {
        head == "stderr" || head.hasPrefix("exit ")
    }

    private static func split(_ head: String) -> (verb: String, argument: String) {
        guard let space = head.firstIndex(of: " ") else { return (head, "") }
        return (String(head[..<space]), String(head[head.index(after: space)...]))
    }
}

/// The example registry of the tests: small, valid, with the project's own schemas.
package enum ExampleTree {
    /// Copies it into a folder.
    package static func copy(to folder: String) {
        for path in Files.tree(below: Repository.root + "/schemas") {
            Files.copy(Repository.root + "/schemas/" + path, to: folder + "/schemas/" + path)
        }
        let example = Repository.root + "/Tests/Fixtures/example-registry"
        for path in Files.tree(below: example) { Files.copy(example + "/" + path, to: folder + "/" + path) }
    }
}
