import ArgumentParser
import Documents
import RegistryTree
package import Sources
import Text

extension SourceName: ExpressibleByArgument {}

extension Snapshot {
    /// A file with where it comes from: what was given, else what its sidecar says, else what can be told without.
    ///
    /// Throws when it cannot be read, or is of no known day.
    package init(
        ofFile file: String, of source: SourceName, date: Day?, url: String?, on console: Console
    ) throws {
        let path = console.path(file)
        let bytes = try SourceFiles.bytes(at: path)
        let name = String(path.split(separator: "/").last ?? "")
        let sidecar = Sidecar(of: path)
        let known = sidecar.map { Origin.parts(ofSidecar: $0.value) }
        let day =
            date?.date ?? Origin.day(inName: name) ?? known?.seenOn
            ?? CalendarDate(secondsSinceEpoch: console.clock())
        guard let day else { throw Failure("\"\(file)\" does not say of which day it is; use --date") }
        self.init(
            name: name, bytes: bytes, origin: Origin(url: url ?? known?.url ?? source.url, seenOn: day))
    }
}

/// The file beside a snapshot that says where it comes from: `prices.meta.json` of `prices.json`, or one for the whole
/// folder or the one that it stands in, named as they are.
private struct Sidecar {
    let value: Value

    init?(of path: String) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let folder = parts.dropLast().joined(separator: "/")
        let name = parts.last ?? ""
        let stem = name.split(separator: ".").first ?? name
        let folderName = parts.dropLast().last ?? ""
        let prefix = folder.isEmpty && !path.hasPrefix("/") ? "" : folder + "/"
        // Snapshots of several days may share one: `models-2026-05-10.json` and `models.meta.json`.
        let undated =
            stem.count > 11 && Origin.day(inName: String(stem.suffix(10))) != nil ? stem.dropLast(11) : stem
        let parent = parts.dropLast(2).joined(separator: "/")
        let parentName = parts.dropLast(2).last ?? ""
        let own = [name.dropLast(5), stem, undated, folderName].filter { !$0.isEmpty }.map {
            "\(prefix)\($0)"
        }
        let outer = parentName.isEmpty ? [] : ["\(parent)/\(parentName)"]
        for candidate in own + outer {
            guard let bytes = try? SourceFiles.bytes(at: "\(candidate).meta.json"),
                let day = CalendarDate(year: 1970, month: 1, day: 1),
                let value = try? Snapshot(
                    name: "", bytes: bytes, origin: Origin(url: nil, seenOn: day)
                ).json()
            else { continue }
            self.value = value
            return
        }
        return nil
    }
}
