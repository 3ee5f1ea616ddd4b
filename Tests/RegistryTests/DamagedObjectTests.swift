import Glibc
import TestKit
import Testing

@testable import registry

/// F2 with a repository that is really damaged: an ingest changes nothing then, and the next one after the repair works.
@Suite struct DamagedObjectTests {
    /// What happens to the file of an object.
    enum Damage: CaseIterable {
        /// As in a partial clone.
        case missing
        /// As by a disk that forgets.
        case flipped
        /// As where the disk cannot read: a folder opens, and to read it fails.
        case unreadable

        func strike(_ path: String, _ bytes: [UInt8]) {
            unlink(path)
            switch self {
            case .missing: break
            case .flipped: Files.write(DamagedObjectTests.flipping(bytes, at: bytes.count / 2), to: path)
            case .unreadable: mkdir(path, 0o755)
            }
        }
    }

    /// The same bytes, but for one.
    private static func flipping(_ bytes: [UInt8], at place: Int) -> [UInt8] {
        var bytes = bytes
        bytes[place] ^= 0x55
        return bytes
    }

    /// Puts a file's content back, whatever stands in its place.
    private static func restore(_ path: String, _ bytes: [UInt8]) {
        Files.remove(path)
        Files.write(bytes, to: path)
    }

    private func withCommits(_ body: (ScratchRepository, inout TwoCommits) throws -> Void) throws {
        try ScratchRepository.with { repository in
            let name = "damaged_\(getpid())_\(UInt32.random(in: 0...UInt32.max))"
            try ScratchDatabase.withDatabase(name) { url in
                var commits = try TwoCommits(in: repository, url: url)
                try body(repository, &commits)
            }
        }
    }

    /// Ingests the other commit while a file is as `strike` leaves it. Whether it was refused; then it says what could not
    /// be read, an object in the end, and changed nothing.
    private func isRefused(
        _ label: String, _ object: Substring?, _ path: String, _ commits: inout TwoCommits,
        _ strike: ([UInt8]) -> Void
    ) throws -> Bool {
        let bytes = try #require(Files.bytes(at: path))
        var outcome: GoldenScript.Outcome?
        try commits.disturb(label) { commits in
            strike(bytes)
            defer { Self.restore(path, bytes) }
            outcome = commits.ingest(commits.next)
            return outcome?.exitCode ?? -1
        }
        guard outcome?.exitCode != 0 else { return false }
        #expect(outcome?.exitCode == 2, "\(label): \(String(describing: outcome))")
        let said = outcome?.errorOutput ?? ""
        #expect(
            said.contains("cannot ") || said.contains("which this repository does not have"),
            "\(label): \(said)")
        if let object, !said.contains("cannot resolve the revision") {
            #expect(said.contains(object.prefix(12)), "\(label): \(said)")
        }
        return true
    }

    @Test(arguments: Damage.allCases)
    func `whichever object is damaged, an ingest that needs it changes nothing`(damage: Damage) throws {
        try withCommits { repository, commits in
            let objects = try repository.git("rev-list", "--objects", "first", "second").split(
                separator: "\n")
            #expect(objects.count > 30)
            for object in objects {
                let id = object.prefix(40)
                let path = "\(repository.root)/.git/objects/\(id.prefix(2))/\(id.dropFirst(2))"
                // It may be of the commit alone that the database is at: then the way back needs it.
                var ways = 0
                while ways < 2,
                    try !isRefused("\(damage) \(object)", id, path, &commits, { damage.strike(path, $0) })
                { ways += 1 }
                #expect(ways < 2, "no ingest minds \(damage) \(object)")
            }
        }
    }

    /// Its index too: not every byte of that is read.
    @Test(arguments: [(".pack", 10), (".idx", 3)])
    func `wherever a pack has another byte, an ingest that reads it changes nothing`(
        kind: String, least: Int
    ) throws {
        try withCommits { repository, commits in
            try repository.git("repack", "-a", "-d", "--quiet")
            try repository.git("prune-packed", "--quiet")
            let folder = repository.root + "/.git/objects/pack"
            let name = try #require(Files.names(in: folder).first { $0.hasSuffix(kind) })
            let path = folder + "/" + name
            let count = try #require(Files.bytes(at: path)).count
            var refused = 0
            for place in stride(from: 0, to: count, by: max(1, count / 20)) {
                let isRefused = try isRefused("byte \(place) of \(count)", nil, path, &commits) { bytes in
                    Files.remove(path)
                    Files.write(Self.flipping(bytes, at: place), to: path)
                }
                refused += isRefused ? 1 : 0
            }
            #expect(refused > least)
        }
    }
}
