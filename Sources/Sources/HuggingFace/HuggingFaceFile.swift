package import Documents

/// A snapshot of something of Hugging Face, told apart by its form.
package enum HuggingFaceFile: Sendable {
    /// A `config.json`.
    case config(Value)
    /// A `hf_quant_config.json`.
    case quantization(Value)
    case safetensorsIndex(SafetensorsIndex)
    case safetensorsHeader(SafetensorsHeader)
    /// The answer of the interface about one model.
    case modelInfo(ModelInfo)
    /// Where each of many files was found.
    case repositoryIndex(RepositoryIndex)
    /// Index metadata of many repositories, each by its name.
    case safetensorsIndexes([(repo: String, index: SafetensorsIndex)])

    /// The file's JSON, in which Python's words for what is no number count as null.
    package static func json(of snapshot: Snapshot) throws(SourceError) -> Value {
        let bytes = PythonNumbers.replaced(in: snapshot.bytes)
        return try Snapshot(name: snapshot.name, bytes: bytes, origin: snapshot.origin).json()
    }

    /// Throws where the form is none of those known.
    package init(_ snapshot: Snapshot) throws(SourceError) {
        let value = try HuggingFaceFile.json(of: snapshot)
        if let models = value["models"]?.list {
            self = .repositoryIndex(RepositoryIndex(models))
        } else if let entries = value["entries"]?.record {
            self = .safetensorsIndexes(
                entries.members.compactMap { member in
                    SafetensorsIndex(member.value).map { (member.name, $0) }
                })
        } else if value["model_type"] != nil {
            self = .config(value)
        } else if value["quantization"]?["quant_algo"] != nil {
            self = .quantization(value)
        } else if let index = SafetensorsIndex(value) {
            self = .safetensorsIndex(index)
        } else if let info = ModelInfo(value) {
            self = .modelInfo(info)
        } else if let header = SafetensorsHeader(value) {
            self = .safetensorsHeader(header)
        } else {
            throw SourceError("\"\(snapshot.name)\" is no file of Hugging Face that is known here")
        }
    }
}
