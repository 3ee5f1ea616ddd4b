import TestKit
import Testing

/// The documents keep up with the code.
@Suite struct DocumentTests {
    @Test(arguments: [("registry", "validate"), ("atlas", "coverage")])
    func `every command is in the documents`(program: String, example: String) {
        let commands = SwiftSource.sources.filter { $0.target == program }.flatMap {
            Self.commands(in: $0.text, of: program)
        }
        #expect(commands.contains(example))
        let documented = Self.mentionedCommands(
            of: program, in: Repository.text(of: "README.md") + Repository.text(of: "docs/ARCHITECTURE.md"))
        #expect(commands.filter { !documented.contains($0) } == [])
    }

    @Test func `a command that the documents forgot is found`() {
        let commands = Self.commands(
            in:
                "CommandConfiguration(commandName: \"registry\")\nCommandConfiguration(commandName: \"fix\", a: 1)",
            of: "registry")
        #expect(commands == ["fix"])
        #expect(
            Self.mentionedCommands(
                of: "registry", in: "run `registry schema check FILE` or\n    registry json"
            ).isSuperset(
                of: [
                    "schema", "check", "json",
                ]))
        #expect(!Self.mentionedCommands(of: "registry", in: "the registry. Then fix it").contains("fix"))
    }

    @Test func `decisions are numbered without gaps and begin with a title`() {
        let decisions = Files.names(in: "\(Repository.root)/docs/decisions")
        #expect(decisions.count > 3)
        #expect(Self.misnumbered(decisions) == [])
        for name in decisions {
            #expect(Repository.text(of: "docs/decisions/\(name)").hasPrefix("# "), "\(name)")
        }
    }

    @Test(arguments: [
        ["001-a.md", "003-b.md"], ["001-a.md", "001-b.md"], ["000-a.md"], ["001-a.txt"], ["1-a.md"],
    ])
    func `a gap in the numbers is found`(names: [String]) {
        #expect(!Self.misnumbered(names).isEmpty)
    }

    @Test func `no file holds a path of one machine`() {
        let files = Repository.allFiles()
        #expect(files.count > 50)
        let faults = files.flatMap { path in
            Self.machinePaths(in: Repository.text(of: path), root: Repository.root).map { "\(path): \($0)" }
        }
        #expect(faults == [])
    }

    @Test(arguments: ["home", "Users", "root"])
    func `a path of one machine is found`(folder: String) {
        #expect(Self.machinePaths(in: "see /\(folder)/me/atlas", root: "/build/atlas").count == 1)
        #expect(Self.machinePaths(in: "in /build/atlas/Sources", root: "/build/atlas").count == 1)
        #expect(Self.machinePaths(in: "https://a.example/\(folder)/me", root: "/build/atlas") == [])
    }

    /// The names that a program's source gives its commands, its own left out.
    private static func commands(in text: String, of program: String) -> [String] {
        let mark = "commandName: \""
        return text.ranges(of: mark).map { String(text[$0.upperBound...].prefix { $0 != "\"" }) }
            .filter { $0 != program }
    }

    /// The two words after each name of the program that is followed by lower-case words.
    private static func mentionedCommands(of program: String, in text: String) -> Set<String> {
        let mark = "\(program) "
        let mentions = text.ranges(of: mark).flatMap { range in
            text[range.upperBound...].prefix { $0.isLowercase || $0 == " " || $0 == "-" }
                .split(separator: " ").prefix(2)
        }
        return Set(mentions.map(String.init))
    }

    /// Names of decisions that do not carry the number of their place.
    private static func misnumbered(_ names: [String]) -> [String] {
        names.enumerated().compactMap { index, name in
            let digits = String(index + 1)
            let number = String(repeating: "0", count: 3 - digits.count) + digits
            return name.hasPrefix("\(number)-") && name.hasSuffix(".md") ? nil : name
        }
    }

    /// Where the text names the folder of this clone or somebody's home.
    private static func machinePaths(in text: String, root: String) -> [String] {
        let beginnings = ["home", "Users", "root"].map { "/\($0)/" } + [root]
        return beginnings.flatMap { beginning in
            text.ranges(of: beginning).filter { range in
                guard range.lowerBound > text.startIndex else { return true }
                let before = text[text.index(before: range.lowerBound)]
                return !before.isLetter && !before.isNumber
            }.map { String(text[$0.lowerBound...].prefix(40)) }
        }
    }
}
