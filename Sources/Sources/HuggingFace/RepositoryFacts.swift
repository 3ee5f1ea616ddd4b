import Documents
import Text

/// All that some snapshots say of one repository.
struct RepositoryFacts {
    let repo: String
    var config: Value?
    var quantization: Value?
    var index: SafetensorsIndex?
    var headers: [SafetensorsHeader] = []
    var info: ModelInfo?
    var entry: RepositoryIndex.Entry?
    /// The first day that one of the files was seen on is not better than the last; the last stands.
    var seenOn: CalendarDate
    /// Where the configuration was read, when the snapshot says so.
    var url: String?

    init(_ repo: String, seenOn: CalendarDate) {
        self.repo = repo
        self.seenOn = seenOn
    }

    var pageURL: String { "https://huggingface.co/" + repo }

    /// The configuration's place.
    var configURL: String { entry?.url ?? url ?? pageURL }
}

/// The repositories that some snapshots speak of.
struct RepositorySet {
    private(set) var repositories: [String: RepositoryFacts] = [:]
    private(set) var refusals: [Refusal] = []

    /// Files are told apart by their form. A file that is no JSON at all is a fault of the whole.
    init(_ snapshots: [Snapshot]) throws(SourceError) {
        var files: [(snapshot: Snapshot, file: HuggingFaceFile)] = []
        var entries: [String: RepositoryIndex.Entry] = [:]
        for snapshot in snapshots {
            let file = try HuggingFaceFile(snapshot)
            files.append((snapshot, file))
            guard case .repositoryIndex(let index) = file else { continue }
            for entry in index.entries { entries[entry.file] = entry }
        }
        for (snapshot, file) in files { add(file, of: snapshot, entries) }
        for entry in entries.values where repositories[entry.repo] != nil {
            repositories[entry.repo]?.entry = entry
        }
    }

    private mutating func add(
        _ file: HuggingFaceFile, of snapshot: Snapshot, _ entries: [String: RepositoryIndex.Entry]
    ) {
        switch file {
        case .repositoryIndex: return
        case .safetensorsIndexes(let indexes):
            // A name that holds more than a repository describes a copy stored in another form.
            for (repo, index) in indexes where !repo.contains(" ") {
                update(repo, snapshot) { $0.index = index }
            }
        case .modelInfo(let info): update(info.repo, snapshot) { $0.info = info }
        case .config, .quantization, .safetensorsIndex, .safetensorsHeader:
            guard let repo = entries[snapshot.name]?.repo ?? RepositorySet.repo(ofFile: snapshot.name) else {
                let reason = "neither an index nor the file's name says which repository it is of"
                refusals.append(Refusal(.unreadable, snapshot.name, reason))
                return
            }
            update(repo, snapshot) { facts in
                switch file {
                case .config(let value):
                    facts.config = value
                    facts.url = snapshot.origin.url
                case .quantization(let value): facts.quantization = value
                case .safetensorsIndex(let index): facts.index = index
                case .safetensorsHeader(let header): facts.headers.append(header)
                case .modelInfo, .repositoryIndex, .safetensorsIndexes: break
                }
            }
        }
    }

    private mutating func update(
        _ repo: String, _ snapshot: Snapshot, _ change: (inout RepositoryFacts) -> Void
    ) {
        var facts = repositories[repo] ?? RepositoryFacts(repo, seenOn: snapshot.origin.seenOn)
        if facts.seenOn < snapshot.origin.seenOn { facts.seenOn = snapshot.origin.seenOn }
        change(&facts)
        repositories[repo] = facts
    }

    /// The repository that a file is named after: organisation and name around two underscores.
    static func repo(ofFile name: String) -> String? {
        let endings = [
            ".hf_quant_config.json", ".model.safetensors.index.json", ".safetensors.index.json",
            ".safetensors.json", ".config.json", ".json",
        ]
        guard let ending = endings.first(where: name.hasSuffix) else { return nil }
        let stem = name.dropLast(ending.utf8.count)
        guard let place = stem.firstRange(of: "__") else { return nil }
        let (organisation, model) = (stem[..<place.lowerBound], stem[place.upperBound...])
        guard !organisation.isEmpty, !model.isEmpty, !model.contains("/") else { return nil }
        // One of several shards.
        let shard = model.firstRange(of: ".model-0").map { model[..<$0.lowerBound] }
        return "\(organisation)/\(shard ?? model)"
    }
}
