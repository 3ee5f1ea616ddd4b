import CGit2

/// The kinds of object that are read, with the most bytes that one may have.
enum ObjectKind {
    case commit, tree

    /// A commit is a few lines and a tree of 100,000 files takes 5 MB; what is far larger was made to do harm.
    var maximumByteCount: Int { self == .commit ? 1 << 20 : 32 << 20 }

    var type: git_object_t { self == .commit ? GIT_OBJECT_COMMIT : GIT_OBJECT_TREE }
    var operation: GitError.Operation { self == .commit ? .readCommit : .readTree }
}

extension Repository {
    /// The bytes of a blob, counted without loading it.
    package func byteCount(ofBlob id: ObjectID) throws(GitError) -> Int {
        try byteCount(of: id, GIT_OBJECT_BLOB, .readBlob)
    }

    /// Replaces `bytes` by the content of a blob, as it was stored: no filter or line ending is applied.
    ///
    /// False, and nothing is loaded, when it has more than `limit` bytes. The buffer's memory is kept, so that one
    /// serves many blobs.
    package func readBlob(_ id: ObjectID, limit: Int, into bytes: inout [UInt8]) throws(GitError) -> Bool {
        bytes.removeAll(keepingCapacity: true)
        guard try byteCount(ofBlob: id) <= limit else { return false }
        var oid = id.oid
        let blob = unsafe try git.make(.readBlob, id.description, free: git_odb_object_free) {
            unsafe git_odb_read(&$0, objects.pointer, &oid)
        }
        let content = unsafe UnsafeRawBufferPointer(
            start: git_odb_object_data(blob.pointer), count: git_odb_object_size(blob.pointer))
        unsafe bytes.append(contentsOf: content)
        return true
    }

    /// Loads a commit or tree, its kind and size checked before.
    func load(_ id: ObjectID, _ kind: ObjectKind) throws(GitError) -> Handle {
        let count = try byteCount(of: id, kind.type, kind.operation)
        guard count <= kind.maximumByteCount else {
            throw GitError(
                .tooLarge, kind.operation, id.description,
                "it has \(count) bytes, more than \(kind.maximumByteCount)")
        }
        var oid = id.oid
        return unsafe try git.make(kind.operation, id.description, free: git_object_free) {
            unsafe git_object_lookup(&$0, handle.pointer, &oid, kind.type)
        }
    }

    /// The size that an object's header states.
    private func byteCount(
        of id: ObjectID, _ type: git_object_t, _ operation: GitError.Operation
    ) throws(GitError) -> Int {
        var oid = id.oid
        var count = 0
        var found = GIT_OBJECT_INVALID
        try git.call(operation, id.description) {
            unsafe git_odb_read_header(&count, &found, objects.pointer, &oid)
        }
        guard found == type else {
            let name =
                unsafe git_object_type2string(found).map { unsafe String(cString: $0) } ?? "something else"
            throw GitError(.wrongKind, operation, id.description, "this is a \(name)")
        }
        return count
    }
}
