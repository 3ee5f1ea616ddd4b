package import Documents

/// The `model.safetensors.index.json` of a repository: what its metadata says and which files it names.
package struct SafetensorsIndex: Sendable, Hashable {
    /// Bytes of all tensors.
    package let totalBytes: Int
    /// Parameters, where the file says so.
    ///
    /// Some writers count a tied output matrix a second time, so this number is checked against the bytes.
    package let totalParameters: Int?
    /// Files that the tensors are spread over; nil when the map was left out.
    package let shardCount: Int?
    package let tensorCount: Int?
    /// Where a collection of such indexes found this one.
    package let url: String?

    /// Nil when the value is no such index.
    package init?(_ value: Value) {
        guard let bytes = value["metadata"]?["total_size"]?.integer, bytes > 0 else { return nil }
        totalBytes = bytes
        totalParameters = value["metadata"]?["total_parameters"]?.integer
        let files = value["weight_map"]?.record?.members.compactMap(\.value.text)
        // A copy that was found elsewhere may be cut into other files than the original.
        shardCount = files.map { Set($0).count }
        tensorCount = files?.count ?? value["tensor_count"]?.integer
        url = GitHubPlace(value)?.url
    }

    /// The number of parameters when every tensor has values of so many bytes.
    ///
    /// Nil when the bytes are no multiple of it, so that the tensors are of several types.
    package func parameterCount(bytesEach bytes: Int) -> Int? {
        totalBytes.isMultiple(of: bytes) ? totalBytes / bytes : nil
    }

    /// What is wrong with the stated number of parameters: more than the bytes hold in the narrowest plain type.
    package func fault(bytesEach bytes: Int) -> String? {
        guard let stated = totalParameters, let stored = parameterCount(bytesEach: bytes), stated != stored
        else {
            return nil
        }
        return stated > stored
            ? "\(stated) parameters stated, but \(totalBytes) bytes hold \(stored): a tied matrix counted twice"
            : "\(stated) parameters stated, but \(totalBytes) bytes hold \(stored)"
    }
}
