/// How much a reader takes before it refuses: a pull request is hostile input.
package struct Limits: Sendable {
    /// Bytes of a file, asked of the file system before it is opened.
    package var fileBytes = 1 << 20
    /// Containers inside containers.
    package var depth = 64
    /// Nodes of one document, aliases counted as one each.
    package var nodes = 200_000
    /// Nodes that the aliases of one document stand for, all together.
    package var aliasedNodes = 10_000
    /// Characters of one number.
    package var numberLength = 1_000
    /// Files and folders of a registry: the few objects of a hostile commit can unfold to any number.
    package var entries = 500_000
    /// Bytes of all their paths together.
    package var pathBytes = 64 << 20
    /// Findings of one file; the first of what would be more is enough to go on with.
    package var findingsPerFile = 200
    /// Findings of one run, the first in the order of a report; the rest are only counted.
    package var findings = 25_000

    package init() {}

    /// The limits of registry files.
    package static let standard = Limits()
}
