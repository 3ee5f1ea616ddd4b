/// What the name of a repository says of its model.
enum ModelNaming {
    /// Vendors by the organisation that publishes their weights, in lower case.
    private static let vendors = [
        "meta-llama": "meta", "qwen": "alibaba", "deepseek-ai": "deepseek", "google": "google",
        "mistralai": "mistral", "moonshotai": "moonshotai", "zai-org": "zai", "thudm": "zai",
        "openai": "openai",
        "microsoft": "microsoft", "nvidia": "nvidia", "minimaxai": "minimax", "xiaomimimo": "xiaomi",
        "stepfun-ai": "stepfun", "allenai": "allenai", "ibm-granite": "ibm", "tiiuae": "tii",
        "cohereforai": "cohere", "coherelabs": "cohere", "databricks": "databricks",
        "bigscience": "bigscience",
        "bigcode": "bigcode", "openbmb": "openbmb", "lgai-exaone": "lg", "huggingfacetb": "huggingface",
    ]

    /// The registry's id of a repository's model; nil when no id can be made of the name.
    static func id(of repo: String) -> String? {
        let parts = repo.split(separator: "/")
        guard parts.count == 2 else { return nil }
        let organisation = parts[0].lowercased()
        let vendor = vendors[organisation] ?? organisation
        var name = parts[1].lowercased()
        // These two sometimes begin the name of a model with their own; for others it is the family's name.
        for (prefix, own) in [("nvidia-nemotron", "nvidia-"), ("meta-llama", "meta-")]
        where name.hasPrefix(prefix) {
            name.removeFirst(own.utf8.count)
        }
        if name.hasSuffix("-bf16") { name.removeLast("-bf16".utf8.count) }
        guard let vendor = word(vendor), let name = word(name) else { return nil }
        return vendor + "/" + name
    }

    /// Letters and digits in words joined by one sign.
    private static func word(_ text: String) -> String? {
        var word = ""
        for character in text {
            if character.isASCII, character.isLetter || character.isNumber {
                word.append(character)
            } else if let last = word.last, last.isLetter || last.isNumber {
                // Between digits an underscore stands for the point that some systems do not take.
                let isPoint = character == "." || (character == "_" && last.isNumber)
                word.append(isPoint ? "." : "-")
            }
        }
        while let last = word.last, !last.isLetter, !last.isNumber { word.removeLast() }
        return word.isEmpty || word.utf8.count > 80 ? nil : word
    }

    /// The name of the model that a repository holds a quantized copy of; nil when the name says nothing of that.
    static func baseName(of repo: String) -> String? {
        guard var name = repo.split(separator: "/").last.map(String.init) else { return nil }
        var isCopy = false
        var goesOn = true
        while goesOn {
            goesOn = false
            for suffix in suffixes where name.lowercased().hasSuffix(suffix) {
                name.removeLast(suffix.utf8.count)
                isCopy = true
                goesOn = true
            }
        }
        return isCopy ? name : nil
    }

    private static let suffixes = [
        "-fp8", "-nvfp4", "-fp8-static-pertensor", "-mlx-4bit", "-mlx-8bit", "-awq", "-gptq-int4",
        "-gptq-int8",
        "-gptq", "-int4", "-int8", "-w4a16", "-w8a8", "-fp8-dynamic", "-mxfp4", "-bf16",
    ]

    /// What a repository's model was made for; nil when neither its name nor its family's custom tells.
    static func variant(of repo: String) -> String? {
        guard let name = repo.split(separator: "/").last?.lowercased() else { return nil }
        let words = name.split { "-_".contains($0) }
        if words.contains("embedding") { return "embedding" }
        if words.contains("thinking") || name.hasPrefix("deepseek-r1") { return "reasoning" }
        if words.contains("coder") || words.contains("code") || words.contains("coding") { return "code" }
        if words.contains("instruct") || words.contains("it") || words.contains("chat") { return "instruct" }
        if words.contains("base") { return "base" }
        // Longest prefix first: what a bare name means is each family's custom.
        return customs.first { name.hasPrefix($0.prefix) }?.variant
    }

    private static let customs: [(prefix: String, variant: String)] = [
        ("qwen3", "instruct"), ("qwen", "base"), ("meta-llama", "base"), ("llama-4", "instruct"),
        ("llama", "base"), ("gemma", "base"), ("medgemma", "instruct"), ("mistral", "base"),
        ("mixtral", "base"),
        ("devstral", "code"), ("starcoder", "code"), ("smollm", "base"), ("olmo", "base"), ("bloom", "base"),
        ("kimi", "instruct"), ("glm-4-9b", "base"), ("chatglm", "instruct"), ("glm", "instruct"),
        ("minimax", "instruct"), ("deepseek", "instruct"), ("phi", "instruct"), ("gpt-oss", "reasoning"),
        ("minicpm", "instruct"), ("nvidia-nemotron-3", "instruct"), ("nemotron-3", "instruct"),
        ("llama-3_3-nemotron", "instruct"), ("aya", "instruct"), ("step-3", "instruct"),
        ("cogito", "instruct"), ("wizardlm", "instruct"), ("dolphin", "instruct"),
        ("2prymmal", "instruct"), ("granite", "base"), ("exaone", "instruct"), ("falcon", "base"),
    ].sorted { $0.prefix.utf8.count > $1.prefix.utf8.count }
}

extension ModelNaming {
    /// True when the name says that the repository holds a model's weights in another precision.
    static func isCopy(_ repo: String) -> Bool {
        // What is named after the full precision is the original.
        baseName(of: repo) != nil && !repo.lowercased().hasSuffix("-bf16")
    }

    /// The name of the model that a repository speaks of, in lower case: without organisation, vendor and precision.
    static func plainName(of repo: String) -> String {
        let lower = name(of: repo).lowercased()
        if lower.hasPrefix("meta-llama-") { return String(lower.dropFirst("meta-".utf8.count)) }
        if lower.hasPrefix("nvidia-") { return String(lower.dropFirst("nvidia-".utf8.count)) }
        return lower
    }

    /// The name of a repository's model as the vendor writes it, without the precision of a copy.
    static func name(of repo: String) -> String {
        baseName(of: repo) ?? repo.split(separator: "/").last.map(String.init) ?? repo
    }

    /// True when the organisation made the model whose copy it publishes.
    static func isOwnModel(_ repo: String) -> Bool {
        return ["nvidia/nvidia-", "qwen/qwen", "zai-org/glm", "meta-llama/"].contains {
            repo.lowercased().hasPrefix($0)
        }
    }

    /// The id of a model of a repository's vendor under another name.
    static func id(of repo: String, name: String) -> String? {
        repo.split(separator: "/").first.flatMap { id(of: "\($0)/\(name)") }
    }

    /// The registry's id of a licence that a model card tags; nil for one that is not known here.
    static func license(_ tag: String) -> String? { licenses[tag.lowercased()] }

    private static let licenses = [
        "apache-2.0": "Apache-2.0", "mit": "MIT", "cc-by-nc-4.0": "CC-BY-NC-4.0", "cc-by-4.0": "CC-BY-4.0",
        "llama2": "LicenseRef-llama-2-community", "llama3": "LicenseRef-llama-3-community",
        "llama3.1": "LicenseRef-llama-3.1-community", "llama3.2": "LicenseRef-llama-3.2-community",
        "llama3.3": "LicenseRef-llama-3.3-community", "llama4": "LicenseRef-llama-4-community",
        "gemma": "LicenseRef-gemma", "bigscience-bloom-rail-1.0": "LicenseRef-bigscience-bloom-rail-1.0",
        "bigcode-openrail-m": "LicenseRef-bigcode-openrail-m",
    ]
}
