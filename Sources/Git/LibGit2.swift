import CGit2

/// The one door to libgit2: every call that can fail goes through here.
struct LibGit2 {
    let faults: GitFaults?

    /// Starts the library before the first call of the process: its certificates and tables take 3 ms, which a
    /// program that never asks git anything does not pay.
    private static let startStatus: Int32 = {
        guard unsafe cgit2_open() == nil else { return GIT_ERROR.rawValue }
        let count = git_libgit2_init()
        guard count > 0 else { return count }
        return cgit2_accept_extensions()
    }()

    /// Makes a call and returns its result; what libgit2 says of a failure is read at once, since the next call on
    /// this thread may overwrite it.
    @discardableResult
    func call(
        _ operation: GitError.Operation, _ subject: @autoclosure () -> String, _ body: () -> Int32
    ) throws(GitError) -> Int32 {
        let start = LibGit2.startStatus
        if let refusal = unsafe cgit2_open() {
            throw unsafe GitError(.failed, .start, "use", String(cString: refusal))
        }
        guard start >= 0 else { throw LibGit2.failure(start, .start, "use") }
        if let status = faults?.statusOfNextCall() {
            throw GitError(libgit2: status, operation, subject(), said: "a failure was asked for")
        }
        let status = body()
        guard status >= 0 else { throw LibGit2.failure(status, operation, subject()) }
        return status
    }

    /// Makes a call that hands out something, which is given back with `free`.
    func make(
        _ operation: GitError.Operation, _ subject: @autoclosure () -> String,
        free: @escaping @convention(c) (OpaquePointer?) -> Void, _ body: (inout OpaquePointer?) -> Int32
    ) throws(GitError) -> Handle {
        var pointer: OpaquePointer?
        try call(operation, subject()) { unsafe body(&pointer) }
        guard let pointer = unsafe pointer else {
            throw GitError(.failed, operation, subject(), "libgit2 gave nothing and no reason")
        }
        return unsafe Handle(pointer: pointer, free: free)
    }

    private static func failure(_ status: Int32, _ operation: GitError.Operation, _ subject: String)
        -> GitError
    {
        guard let last = unsafe git_error_last()?.pointee else {
            return GitError(libgit2: status, operation, subject, said: "libgit2 ended with \(status)")
        }
        let words = unsafe String(cString: last.message)
        // Version 1.5 says "not found" of a repository of another user: it means the permission in the configuration.
        let isRefusal =
            unsafe operation == .open && last.klass == GIT_ERROR_CONFIG.rawValue
            && status == GIT_ENOTFOUND.rawValue
        return GitError(
            libgit2: isRefusal ? GIT_EOWNER.rawValue : status, operation, subject, said: words)
    }
}

/// Something of libgit2's that is given back when its owner lets go of it.
@safe
struct Handle: ~Copyable {
    let pointer: OpaquePointer
    private let free: @convention(c) (OpaquePointer?) -> Void

    init(pointer: OpaquePointer, free: @escaping @convention(c) (OpaquePointer?) -> Void) {
        unsafe self.pointer = unsafe pointer
        unsafe self.free = unsafe free
    }

    deinit { unsafe free(pointer) }
}
