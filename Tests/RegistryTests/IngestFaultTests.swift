import Commands
import Git
import Glibc
import Redis
import TestKit
import Testing

@testable import registry

/// F2: every call to libgit2 and to Redis that an ingest makes breaks in turn, until a run ends unharmed.
@Suite struct IngestFaultTests {
    /// What becomes of a call to libgit2.
    enum GitFault: Sendable {
        case error, delay, kill
        /// The object is not there, as in a partial clone. libgit2 says the same of what needs not be there.
        case missing
        /// The object is not what its id says.
        case corrupt

        /// The fault at one call, and nothing at the others.
        func faults(atCall call: Int) -> GitFaults {
            GitFaults { made in
                guard made == call else { return nil }
                switch self {
                case .error: return -1
                case .missing: return -3
                case .corrupt: return -33
                case .delay: usleep(200)
                case .kill: raise(SIGKILL)
                }
                return nil
            }
        }
    }

    /// Hands two commits with a database of their own to `body`.
    private static func withCommits(redisURL: String? = nil, _ body: (inout TwoCommits) throws -> Void) throws
    {
        try ScratchRepository.with { repository in
            let name = "faults_\(getpid())_\(UInt32.random(in: 0...UInt32.max))"
            try ScratchDatabase.withDatabase(name) { url in
                var commits = try TwoCommits(in: repository, url: url, redisURL: redisURL)
                try body(&commits)
            }
        }
    }

    /// One fault on the way forward and one on the way back.
    @Test(arguments: [[GitFault.error, .error], [.missing, .corrupt], [.delay, .delay]])
    func `a git call that breaks, whichever it is, leaves what was or what was wanted`(
        faults kinds: [GitFault]
    )
        throws
    {
        try Self.withCommits { commits in
            var (call, unharmedCount, refusedCount) = (0, 0, 0)
            // Forward and back are not the same calls: both have to end unharmed.
            while unharmedCount < 2 {
                call += 1
                unharmedCount = 0
                for fault in kinds {
                    let faults = fault.faults(atCall: call)
                    var outcome: GoldenScript.Outcome?
                    try commits.disturb("\(fault) at git call \(call)") { commits in
                        outcome = commits.ingest(commits.next, Console.Faults(git: faults))
                        return outcome?.exitCode ?? -1
                    }
                    let isUnharmed = faults.callCount < call
                    unharmedCount += isUnharmed ? 1 : 0
                    let code = outcome?.exitCode ?? -1
                    switch fault {
                    case _ where isUnharmed, .delay: #expect(code == 0, "call \(call)")
                    case .missing: #expect((0...2).contains(code), "call \(call)")
                    default: #expect(code == 2, "call \(call): \(String(describing: outcome))")
                    }
                    #expect(outcome?.errorOutput.hasPrefix("registry: ") == (code == 2), "call \(call)")
                    refusedCount += code == 2 ? 1 : 0
                }
            }
            #expect(
                call > 30 && (kinds.contains(.delay) ? refusedCount == 0 : refusedCount > 50),
                "\(refusedCount)")
        }
    }

    /// A cache is of no account: whatever breaks there, the commit is in and the program says that it went well.
    @Test(arguments: [RedisFaults.Fault.refuse, .reset, .delay(milliseconds: 1)])
    func `a call to the cache that breaks, whichever it is, does no harm`(fault: RedisFaults.Fault) throws {
        try Files.withTemporaryFolder { folder in
            let redis = try ScratchRedis(in: folder)
            try Self.withCommits(redisURL: redis.url) { commits in
                var (call, warnedCount) = (0, 0)
                while true {
                    call += 1
                    let faults = RedisFaults(fault, atCall: call)
                    let goal = commits.next
                    var outcome: GoldenScript.Outcome?
                    try commits.disturb("\(fault) at cache call \(call)") { commits in
                        outcome = commits.ingest(goal, Console.Faults(cache: faults))
                        return outcome?.exitCode ?? -1
                    }
                    #expect(outcome?.exitCode == 0, "call \(call): \(String(describing: outcome))")
                    #expect(outcome?.output.contains("is in the database") == true, "call \(call)")
                    let words = "registry: warning: the cache was not cleaned up: "
                    let isWarned = outcome?.errorOutput.contains(words) == true
                    switch fault {
                    case .refuse: #expect(isWarned == faults.hasStruck, "call \(call)")
                    // An answer that had come already is not lost: then there is nothing to warn of.
                    case .reset: #expect(faults.hasStruck || !isWarned, "call \(call)")
                    default: #expect(!isWarned, "call \(call)")
                    }
                    warnedCount += isWarned ? 1 : 0
                    guard faults.hasStruck else { break }
                }
                var isDelay = false
                if case .delay = fault { isDelay = true }
                #expect(call > 5 && (warnedCount > 2) == !isDelay, "\(warnedCount) of \(call)")
            }
        }
    }

    @Test(arguments: [false, true])
    func `a process killed at any call to git or the cache leaves what was or what was wanted`(isCache: Bool)
        async throws
    {
        let url = try ScratchDatabase.serverURL()
        await #expect(processExitsWith: .success) { [url = url as String, isCache = isCache as Bool] in
            try Files.withTemporaryFolder { folder in
                let redis = isCache ? try ScratchRedis(in: folder) : nil
                try ScratchRepository.with { repository in
                    let name = "killed_\(getpid())"
                    try ScratchDatabase.execute("CREATE DATABASE \(name)", at: url)
                    defer { try? ScratchDatabase.execute("DROP DATABASE \(name) WITH (FORCE)", at: url) }
                    var commits = try TwoCommits(
                        in: repository, url: url.replacing(":///postgres?", with: ":///\(name)?"),
                        redisURL: redis?.url)
                    let last = try Self.killAtEveryCall(&commits, isCache: isCache)
                    #expect(last > (isCache ? 5 : 30))
                }
            }
        }
    }

    /// Kills an ingest at every call, until one each way ends unharmed; the number of the last. Each is a process of its
    /// own, a copy of this one, which ends as by `kill -9`.
    private static func killAtEveryCall(_ commits: inout TwoCommits, isCache: Bool) throws -> Int {
        var (call, unharmedCount) = (0, 0)
        while unharmedCount < 2 {
            call += 1
            unharmedCount = 0
            for _ in 0..<2 {
                var status: Int32 = 0
                try commits.disturb("killed at call \(call)") { commits in
                    status = ForkedProcess.run {
                        var faults = Console.Faults()
                        if isCache {
                            faults.cache = RedisFaults(.kill, atCall: call)
                        } else {
                            faults.git = GitFault.kill.faults(atCall: call)
                        }
                        _exit(commits.ingest(commits.next, faults).exitCode)
                    }
                    return status
                }
                if isCache, status == ForkedProcess.killed {
                    // The commit is in; the cache learns of it from whoever comes next.
                    let again = commits.ingest(commits.current)
                    #expect(again.exitCode == 0 && again.errorOutput.isEmpty, "call \(call): \(again)")
                }
                if status != ForkedProcess.killed {
                    #expect(status == 0, "call \(call)")
                    unharmedCount += 1
                }
            }
        }
        return call
    }
}
