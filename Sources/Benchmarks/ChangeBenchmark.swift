import TestKit

/// `registry validate --base` on a synthetic registry of which one commit changed one file.
struct ChangeBenchmark {
    let registry: String
    let rounds: Int
    let floor: String
    /// Where the synthetic registries are written.
    let folder: String

    /// Compares it with judging the whole, with an index of ties kept from an earlier run and without.
    func run(fileCount: Int) throws(BenchmarkError) -> ValidateBenchmark.Result {
        let tree = try SyntheticTree(
            SyntheticRegistry(fileCount: fileCount), at: "\(folder)/\(fileCount)-changed")
        try commitChange(in: tree)
        let kept = "\(tree.root)/.git/model-atlas"
        let change = validate(tree, "--base", "HEAD~1", "--rev", "HEAD")
        let contest = try Contest(
            [
                Contestant(name: "floor: read, libyaml's events", commands: [[floor, tree.root]]),
                Contestant(name: "registry validate", commands: [validate(tree)]),
                Contestant(name: "registry validate --rev", commands: [validate(tree, "--rev", "HEAD")]),
                Contestant(
                    name: "registry validate --base --rev, cold", commands: [change],
                    preparation: ["rm", "-rf", kept]),
                Contestant(name: Name.warm, commands: [change]),
                Contestant(
                    name: "registry validate --base on the disk, warm",
                    commands: [validate(tree, "--base", "HEAD~1")]),
            ], rounds: rounds)
        var bars: [Bar] = []
        if let warm = contest[Name.warm] {
            bars.append(
                Bar(
                    promise: "\(grouped(fileCount)) files, one changed, --base --rev, wall", unit: "ms",
                    limit: 40, measured: warm.wallSeconds * 1_000))
        }
        return ValidateBenchmark.Result(
            title: "One of \(grouped(fileCount)) files changed", contest: contest, bars: bars)
    }

    private enum Name {
        static let warm = "registry validate --base --rev, warm"
    }

    private func validate(_ tree: SyntheticTree, _ more: String...) -> [String] {
        [registry, "validate", "--root", tree.root, "--jobs", "2"] + more
    }

    /// Two commits, the second with another comment in one file.
    private func commitChange(in tree: SyntheticTree) throws(BenchmarkError) {
        let repository = ScratchRepository(at: tree.root, homeIn: folder)
        let vendor = "\(tree.root)/models/" + (Files.names(in: tree.root + "/models").first ?? "")
        let path = vendor + "/" + (Files.names(in: vendor).first ?? "")
        guard let text = Files.text(at: path) else {
            throw BenchmarkError("the synthetic registry has no models")
        }
        do {
            try repository.git("init", "--quiet", "--initial-branch=main")
            try repository.commitAll()
            Files.write("# another comment\n" + text, to: path)
            try repository.commitAll(at: 1_700_000_060)
            try repository.git("repack", "-a", "-d", "-q")
        } catch {
            throw BenchmarkError("the synthetic registry cannot be committed: \(error)")
        }
    }
}
