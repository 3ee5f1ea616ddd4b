@preconcurrency import Glibc

/// Other people's validators, installed from PyPI in a virtual environment of their own.
struct Peers {
    /// The native program inside the wheel, so that no Python start is on its bill.
    private let sourcemeta: String
    private let checkJSONSchema: String

    /// Installs them when they are not there yet. Fails when they cannot be had.
    init(environment: String, requirements: String) throws(BenchmarkError) {
        let python = "\(environment)/bin/python"
        checkJSONSchema = "\(environment)/bin/check-jsonschema"
        if access(checkJSONSchema, X_OK) != 0 {
            _ = try measure(["python3", "-m", "venv", environment], quiet: false)
            _ = try measure(
                [python, "-m", "pip", "install", "--quiet", "--requirement", requirements], quiet: false)
        }
        let folder = try output(
            of: [python, "-c", "import os, sourcemeta_jsonschema as s; print(os.path.dirname(s.__file__))"])
        let machine = try output(of: ["uname", "-m"])
        sourcemeta = "\(folder)/jsonschema-linux-\(machine == "aarch64" ? "arm64" : machine)"
        guard access(sourcemeta, X_OK) == 0 else {
            throw BenchmarkError("the wheel of sourcemeta's jsonschema has no program for \(machine)")
        }
    }

    static let exhaustive = "sourcemeta jsonschema validate"

    /// Each peer over a synthetic registry: three invocations, one a schema, formats asserted as we do.
    ///
    /// check-jsonschema takes part up to 10,000 files: it is slow, and the names of more fill no command line.
    func contestants(on tree: SyntheticTree) -> [Contestant] {
        let collections = tree.collections()
        var contestants = [
            Contestant(
                name: Self.exhaustive,
                commands: collections.map {
                    [
                        sourcemeta, "validate", "--format-assertion", $0.schema, $0.folder, "--extension",
                        "yaml",
                    ]
                }),
            Contestant(
                name: "\(Self.exhaustive) --fast",
                commands: collections.map {
                    [
                        sourcemeta, "validate", "--fast", "--format-assertion", $0.schema, $0.folder,
                        "--extension", "yaml",
                    ]
                }),
        ]
        if tree.size.files <= 10_000 {
            contestants.append(
                Contestant(
                    name: "check-jsonschema",
                    commands: collections.map { [checkJSONSchema, "--schemafile", $0.schema] + $0.files },
                    rounds: tree.size.files <= 1_000 ? 3 : 1))
        }
        return contestants
    }
}
