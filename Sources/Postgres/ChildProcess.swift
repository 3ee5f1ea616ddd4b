import Glibc

/// Runs programs of the system to their end.
enum ChildProcess {
    private static let outputLimit = 1 << 16

    /// How a program ended, and what it wrote to its output and its error output, up to 64 KiB.
    struct Outcome {
        let status: Int32
        let output: String
    }

    /// Runs a program, given by its path and arguments, in the root folder with a bare environment.
    ///
    /// Nil when the system has no room for it. A status of 127 is a program that is not there, 128 and more the signal
    /// that ended it.
    static func run(_ arguments: [String]) -> Outcome? {
        var ends: [Int32] = [0, 0]
        guard unsafe pipe(&ends) == 0 else { return nil }
        let (reading, writing) = (ends[0], ends[1])
        defer { close(reading) }
        let process = spawn(arguments, outputTo: writing)
        close(writing)
        guard let process else { return nil }
        let output = readAll(from: reading)
        return Outcome(status: wait(for: process), output: output)
    }

    private static func spawn(_ arguments: [String], outputTo output: Int32) -> pid_t? {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        unsafe posix_spawn_file_actions_adddup2(&actions, output, 1)
        unsafe posix_spawn_file_actions_adddup2(&actions, output, 2)
        // A server lives on: it must not hold our files and pipes open. Some room is for other threads, which may
        // open more right now.
        for descriptor in 3..<highestDescriptor() + 64 {
            unsafe posix_spawn_file_actions_addclose(&actions, descriptor)
        }
        let environment = ["LC_ALL=C", "PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"]
        var process = pid_t()
        // Who runs it may not be able to enter our current folder, which PostgreSQL's programs insist on.
        let words = ["/bin/sh", "-c", "cd / && exec \"$@\"", "sh"] + arguments
        let status = unsafe withCStrings(words) { words in
            unsafe withCStrings(environment) { variables in
                unsafe posix_spawn(&process, "/bin/sh", &actions, nil, words, variables)
            }
        }
        return status == 0 ? process : nil
    }

    private static func highestDescriptor() -> Int32 {
        Folders.names(in: "/proc/self/fd").compactMap { Int32($0) }.max() ?? 1_024
    }

    private static func readAll(from descriptor: Int32) -> String {
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 4_096)
        while true {
            let count = unsafe read(descriptor, &block, block.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            bytes += block.prefix(min(count, outputLimit - bytes.count))
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func wait(for process: pid_t) -> Int32 {
        var word: Int32 = 0
        while unsafe waitpid(process, &word, 0) < 0, errno == EINTR {}
        let signal = word & 0x7F
        return signal == 0 ? (word >> 8) & 0xFF : 128 + signal
    }
}
