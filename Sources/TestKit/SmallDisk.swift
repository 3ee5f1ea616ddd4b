import Glibc

/// A disk of a few megabytes for tests that fill it: a file system in memory, which only root can make.
package struct SmallDisk {
    /// A folder on it that is the servers' user's.
    package let folder: String
    private let filler: String

    /// Whether one can be made here; a test that needs one is left out where it cannot.
    package static let isPossible: Bool = {
        guard geteuid() == 0 else { return false }
        return Files.withTemporaryFolder { folder in
            guard mounts(folder, megabytes: 1) else { return false }
            unmount(folder)
            return true
        }
    }()

    /// Why a test was left out.
    package static let reason = "a small disk is a mounted tmpfs, for which the tests have to run as root"

    /// Makes one, hands it to `body` and takes it away, whatever is still open on it.
    package static func with<R>(megabytes: Int, _ body: (SmallDisk) throws -> R) throws -> R {
        try Files.withTemporaryFolder { parent in
            // The servers' user has to come by.
            chmod(parent, 0o755)
            let mount = parent + "/disk"
            mkdir(mount, 0o755)
            guard mounts(mount, megabytes: megabytes) else {
                throw ChildProcess.Failure(description: "no file system can be mounted")
            }
            defer { unmount(mount) }
            let disk = SmallDisk(folder: mount + "/data", filler: mount + "/filler")
            ServerUser.makeFolder(disk.folder)
            return try body(disk)
        }
    }

    /// Leaves no room on it.
    package func fill() {
        guard let file = fopen(filler, "ab") else { return }
        setvbuf(file, nil, Int32(_IONBF), 0)
        let block = [UInt8](repeating: 1, count: 4_096)
        while fwrite(block, 1, block.count, file) == block.count {}
        fclose(file)
    }

    /// Makes room again.
    package func makeRoom() {
        unlink(filler)
    }

    private static func mounts(_ path: String, megabytes: Int) -> Bool {
        mount("tmpfs", path, "tmpfs", 0, "size=\(megabytes)m,mode=0755") == 0
    }

    private static func unmount(_ path: String) {
        umount2(path, Int32(MNT_DETACH))
    }
}
