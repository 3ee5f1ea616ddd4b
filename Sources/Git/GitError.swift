import CGit2
import Text

/// Why git could not answer: a failure of the machine, the repository or the call, never of the registry's data.
package struct GitError: Error, Hashable, CustomStringConvertible {
    /// What kind of failure this is; more kinds may be added.
    package let code: Code
    /// What was being done.
    package let operation: Operation
    /// What it was being done to: a path, a revision or an object id.
    package let subject: String
    /// What went wrong, one phrase.
    package let message: String
    /// What to do about it, where that is known.
    package let hint: String?

    /// What was being done, in the words that follow "cannot".
    package enum Operation: String, Sendable {
        case start = "start libgit2 for"
        case open = "open the git repository at"
        case resolve = "resolve the revision"
        case readCommit = "read commit"
        case readTree = "read tree"
        case readBlob = "read blob"
        case readIndex = "read the index of"
        case compare = "compare the content of"
        case hash = "hash"
    }

    /// A kind of failure.
    package struct Code: Sendable, Hashable {
        private enum Kind {
            case notARepository, notOwned, unknownRevision, ambiguousRevision, notACommit, missingObject
            case wrongKind, tooLarge, corrupt, failed
        }

        private let kind: Kind

        /// No repository at the path or in a folder above it.
        package static let notARepository = Code(kind: .notARepository)
        /// The repository belongs to another user, and nobody declared it safe.
        package static let notOwned = Code(kind: .notOwned)
        /// No commit, branch or tag has the name.
        package static let unknownRevision = Code(kind: .unknownRevision)
        /// Several objects begin with the abbreviation.
        package static let ambiguousRevision = Code(kind: .ambiguousRevision)
        /// The revision names a tree or a blob.
        package static let notACommit = Code(kind: .notACommit)
        /// The object is named by another one and is not there.
        package static let missingObject = Code(kind: .missingObject)
        /// The object is of another kind than the one that names it says.
        package static let wrongKind = Code(kind: .wrongKind)
        /// More than a limit allows.
        package static let tooLarge = Code(kind: .tooLarge)
        /// The content of an object is not what its id says.
        package static let corrupt = Code(kind: .corrupt)
        /// Anything else that libgit2 reports; the message is its own.
        package static let failed = Code(kind: .failed)
    }

    init(_ code: Code, _ operation: Operation, _ subject: String, _ message: String, hint: String? = nil) {
        self.code = code
        self.operation = operation
        self.subject = subject
        self.message = message
        self.hint = hint
    }

    /// One line, fit to be shown: what could not be done, why, and what to do about it.
    package var description: String {
        TerminalText.visible(
            "cannot \(operation.rawValue) \(subject): \(message)" + (hint.map { "; \($0)" } ?? ""))
    }
}

extension GitError {
    /// An error that libgit2 reported, with the words it left for this thread.
    init(libgit2 status: Int32, _ operation: Operation, _ subject: String, said words: String) {
        let (code, message, hint) = GitError.meaning(of: status, operation, subject)
        self.init(code, operation, subject, message ?? words, hint: hint)
    }

    /// What a status means during an operation; no message where libgit2's own words are the best there are.
    private static func meaning(
        of status: Int32, _ operation: Operation, _ subject: String
    ) -> (code: Code, message: String?, hint: String?) {
        switch (operation, status) {
        case (_, GIT_EOWNER.rawValue):
            (
                .notOwned, "it belongs to another user",
                "if you trust it: git config --global --add safe.directory FOLDER, the one that holds .git"
            )
        case (.open, GIT_ENOTFOUND.rawValue):
            (.notARepository, "there is none, and none in a folder above", nil)
        case (.resolve, GIT_ENOTFOUND.rawValue), (.resolve, GIT_EINVALIDSPEC.rawValue):
            (
                .unknownRevision, "no commit, branch or tag has this name",
                "a clone of the last commit only has no other: git fetch --unshallow, or git fetch origin NAME"
            )
        case (.resolve, GIT_EAMBIGUOUS.rawValue):
            (.ambiguousRevision, "several objects begin like this", "write more of the id")
        case (.resolve, GIT_EPEEL.rawValue):
            (.notACommit, "this names an object that is not a commit", nil)
        case (_, GIT_ENOTFOUND.rawValue):
            (
                .missingObject, "shallow, partial or damaged clone: object \(subject) is missing",
                "git fetch --unshallow brings older commits, a clone without --filter brings every file"
            )
        case (_, GIT_EMISMATCH.rawValue):
            (.corrupt, "the content is not what its id says", "git fsck tells what else is damaged")
        default: (.failed, nil, nil)
        }
    }
}
