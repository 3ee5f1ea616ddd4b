import Glibc

/// A private PostgreSQL server made from the installed programs, for whoever has no other.
///
/// It listens on a Unix socket only, in a folder that its user alone may enter, and therefore asks for no password.
/// Its data stands in one folder: `.registry/postgres` as a rule. When root starts it, it runs as `postgres` or
/// `nobody`; where that user cannot reach the folder, the data stands below `/var/tmp` instead.
package struct LocalServer: Sendable {
    /// What there is of the server.
    package enum Status: Sendable, Equatable {
        /// Never started: no data.
        case absent
        case stopped
        case running(process: Int)
    }

    /// How the server ends its connections.
    package enum StopMode: String, Sendable {
        /// Open transactions are rolled back.
        case fast
        /// As in a crash; the next start recovers.
        case immediate
    }

    /// Where the data is, from the root.
    package let dataFolder: String
    /// Where the socket is: the data folder, or a short folder where that is too long for a socket's path.
    let socketFolder: String
    /// The wanted folder is out of the reach of the server's user.
    private let isSwapped: Bool
    private let account: ServerAccount?
    private let searchPath: String
    private let distribution: String
    private let settings: [String]
    private let isScratch: Bool
    private let report: @Sendable (String) -> Void

    private static let role = "postgres"
    /// Room for a socket's path in the system's structure, less the name of PostgreSQL's and the final zero.
    private static let socketFolderLimit = 107 - "/.s.PGSQL.5432".utf8.count

    /// Describes the server of a data folder, touching nothing.
    ///
    /// - Parameters:
    ///   - settings: more of the server's settings, each `name=value`.
    ///   - isScratch: leave out all waiting for the disk; a crash of the machine loses the data.
    ///   - searchPath: folders in which to look for the programs first, as in `PATH`.
    ///   - distribution: the folder in which the distribution keeps one folder for each version.
    ///   - report: is told what is done, a sentence each.
    package init(
        dataFolder: String, settings: [String] = [], isScratch: Bool = false, searchPath: String = "",
        distribution: String = "/usr/lib/postgresql", report: @escaping @Sendable (String) -> Void
    ) throws(PostgresError) {
        account = try ServerAccount.needed()
        let wanted = Folders.absolute(dataFolder)
        let name = "model-atlas-" + String(StableHash.of(wanted), radix: 16)
        let isReachable = account.map { Folders.isReachable(wanted, by: $0.user) } ?? true
        isSwapped = !isReachable
        self.dataFolder = isReachable ? wanted : "/var/tmp/\(name)/postgres"
        // In the server's list of folders and in a shell's words only these need no quotes.
        let isPlain = self.dataFolder.utf8.allSatisfy { byte in
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                || "/._-".utf8.contains(byte)
        }
        let fits = isPlain && self.dataFolder.utf8.count <= LocalServer.socketFolderLimit
        socketFolder = fits ? self.dataFolder : "/tmp/\(name)"
        self.searchPath = searchPath
        self.distribution = distribution
        self.settings = settings
        self.isScratch = isScratch
        self.report = report
    }

    /// The URL of its database, for this library and for psql.
    package var url: String {
        "postgresql:///postgres?host=\(socketFolder)&user=\(LocalServer.role)"
    }

    /// Whether it runs.
    package var status: Status {
        guard version != nil else { return .absent }
        return runningProcess.map { .running(process: $0) } ?? .stopped
    }

    /// Starts it, making it first where there is none, and returns when it answers. Does nothing when it runs.
    ///
    /// Two that start it at once wait for each other. A pid file that a crash left behind is removed.
    package func start() throws(PostgresError) {
        try underLock { () throws(PostgresError) in
            let programs = try fittingPrograms()
            if version == nil { try create(programs) }
            if let process = runningProcess {
                report("the local PostgreSQL runs already, as process \(process)")
                return
            }
            try removeStaleFiles()
            if socketFolder != dataFolder { try claim(socketFolder, for: account?.user, mode: 0o700) }
            try start(programs)
            report("started the local PostgreSQL in \(dataFolder)")
        }
    }

    /// Stops it and returns when it has ended. Does nothing when it does not run.
    package func stop(_ mode: StopMode = .fast) throws(PostgresError) {
        guard version != nil else { return }
        try underLock { () throws(PostgresError) in
            guard runningProcess != nil else { return }
            let programs = try fittingPrograms()
            try run(
                [
                    programs.folder + "/pg_ctl", "stop", "--pgdata", dataFolder, "--wait", "--timeout=60",
                    "--silent", "--mode", mode.rawValue,
                ], "stop the local PostgreSQL")
            if socketFolder != dataFolder { unsafe rmdir(socketFolder) }
            report("stopped the local PostgreSQL in \(dataFolder)")
        }
    }

    private func start(_ programs: ServerPrograms) throws(PostgresError) {
        let options =
            ["listen_addresses=", "unix_socket_directories=\(socketFolder)"]
            + (isScratch ? ["fsync=off"] : []) + settings
        let words = options.map { "-c " + LocalServer.shellQuoted($0) }.joined(separator: " ")
        try run(
            [
                programs.folder + "/pg_ctl", "start", "--pgdata", dataFolder, "--wait", "--timeout=60",
                "--silent", "--log", dataFolder + "/server.log", "--options", words,
            ], "start the local PostgreSQL", hint: "its log is \(dataFolder)/server.log")
    }

    private func fittingPrograms() throws(PostgresError) -> ServerPrograms {
        try ServerPrograms.fitting(version: version, searchPath: searchPath, distribution: distribution)
    }

    // MARK: - Making it

    /// The major version that made the data; nil when there is no data. The folder gets its name when it is whole.
    private var version: String? { Folders.firstLine(of: dataFolder + "/PG_VERSION") }

    private func create(_ programs: ServerPrograms) throws(PostgresError) {
        report("making a private PostgreSQL in \(dataFolder)")
        let unfinished = dataFolder + ".new"
        try run(["/bin/rm", "-rf", "--", unfinished], "remove an unfinished data folder", asAccount: false)
        try claim(unfinished, for: account?.user, mode: 0o700)
        try run(
            [
                programs.folder + "/initdb", "--pgdata", unfinished, "--encoding=UTF8", "--locale=C",
                "--auth=trust", "--username=\(LocalServer.role)",
            ] + (isScratch ? ["--no-sync"] : []), "make a private PostgreSQL")
        guard unsafe rename(unfinished, dataFolder) == 0 else {
            throw fault("make a private PostgreSQL", "something that is no database stands in \(dataFolder)")
        }
    }

    /// Makes a folder for a user where none is, and makes sure that it is that user's, and that nobody else writes
    /// there: some of our paths anybody may have taken before us.
    private func claim(_ path: String, for user: uid_t?, mode: mode_t) throws(PostgresError) {
        let owner = user ?? geteuid()
        if unsafe mkdir(path, mode) == 0, owner != geteuid() {
            unsafe lchown(path, owner, account?.group ?? getegid())
        }
        guard let status = Folders.status(of: path), status.st_mode & S_IFMT == S_IFDIR,
            status.st_uid == owner, status.st_mode & 0o022 == 0
        else {
            throw fault(
                "make a folder", "\(path) cannot be made, or belongs to somebody else", hint: "remove it")
        }
    }

    // MARK: - What runs

    /// The process of the pid file, when it is a PostgreSQL of this folder.
    private var runningProcess: Int? {
        guard let process = recordedProcess, let words = LocalServer.commandLine(of: process),
            LocalServer.isPostgres(words), words.contains(dataFolder)
        else { return nil }
        return process
    }

    private var recordedProcess: Int? {
        Folders.firstLine(of: dataFolder + "/postmaster.pid").flatMap { Int($0) }
    }

    /// Removes what a crash left: PostgreSQL itself takes any process with the recorded number for a server.
    private func removeStaleFiles() throws(PostgresError) {
        guard let process = recordedProcess else { return }
        if let words = LocalServer.commandLine(of: process), LocalServer.isPostgres(words) {
            throw fault(
                "start the local PostgreSQL",
                "process \(process) is a PostgreSQL that was not started here, maybe on the same data",
                hint: "stop it; if it is another's, remove \(dataFolder)/postmaster.pid")
        }
        report("removing the pid file of a PostgreSQL that ended without a word")
        for path in [
            dataFolder + "/postmaster.pid", socketFolder + "/.s.PGSQL.5432.lock",
            socketFolder + "/.s.PGSQL.5432",
        ] {
            unsafe unlink(path)
        }
    }

    /// The words that started a process; nil when there is none.
    private static func commandLine(of process: Int) -> [String]? {
        guard let bytes = Folders.start(of: "/proc/\(process)/cmdline"), !bytes.isEmpty else { return nil }
        return bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    }

    private static func isPostgres(_ words: [String]) -> Bool {
        guard let name = words.first?.split(separator: "/").last else { return false }
        return name == "postgres" || name == "postmaster"
    }

    // MARK: - Running programs

    private func underLock(_ body: () throws(PostgresError) -> Void) throws(PostgresError) {
        // PostgreSQL's own programs put paths between double quotes for a shell, and quote nothing.
        guard !dataFolder.contains(where: { "\"$`\\".contains($0) || $0.isNewline }) else {
            throw fault(
                "lock the data folder", "its path has a character that PostgreSQL's programs cannot take",
                hint: "avoid double quotes, dollar signs, backquotes and backslashes")
        }
        let path = dataFolder + ".lock"
        let folder = String(path.prefix(upTo: path.lastIndex(of: "/") ?? path.startIndex))
        if isSwapped { try claim(folder, for: nil, mode: 0o755) }
        guard Folders.make(folder), try FileLock.hold(path, body) else {
            throw fault("lock the data folder", "\(path) cannot be made")
        }
    }

    private func run(
        _ arguments: [String], _ operation: String, asAccount: Bool = true, hint: String? = nil
    ) throws(PostgresError) {
        let prefix = asAccount ? try account?.prefix() ?? [] : []
        guard let outcome = ChildProcess.run(prefix + arguments) else {
            throw fault(operation, "\((prefix + arguments)[0]) cannot be started")
        }
        guard outcome.status == 0 else {
            let lines = outcome.output.split(separator: "\n").suffix(5).joined(separator: "; ")
            throw fault(
                operation, lines.isEmpty ? "it ended with status \(outcome.status)" : lines, hint: hint)
        }
    }

    private func fault(_ operation: String, _ message: String, hint: String? = nil) -> PostgresError {
        PostgresError(.localServer, operation, message, hint: hint)
    }

    /// A word in single quotes, as a shell takes it whole.
    private static func shellQuoted(_ word: String) -> String {
        "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}
