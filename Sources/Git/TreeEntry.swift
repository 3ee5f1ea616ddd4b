import CGit2
import Text

/// What stands at one path of a commit.
package struct TreeEntry: Sendable, Hashable {
    /// The path from where the listing began, with `/` between names. Where `fault` says that the name is no sound
    /// text, this is a spelling to show: no other character of it moves a cursor, and nothing is found by it.
    package let path: String
    package let kind: Kind
    /// The blob, tree or, for a submodule, the commit of the other repository.
    package let id: ObjectID
    /// What is wrong with the name; such a folder is never entered.
    package let fault: NameFault?

    /// What an entry may be.
    package enum Kind: Sendable, Hashable {
        case file, executable, folder, symbolicLink, submodule

        init(_ mode: git_filemode_t) {
            self =
                switch mode {
                case GIT_FILEMODE_TREE: .folder
                case GIT_FILEMODE_BLOB_EXECUTABLE: .executable
                case GIT_FILEMODE_LINK: .symbolicLink
                case GIT_FILEMODE_COMMIT: .submodule
                default: .file
                }
        }

        /// True of both kinds of regular file.
        package var isFile: Bool { self == .file || self == .executable }
    }

    /// The last name of the path.
    package var name: Substring {
        let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
        return path[(slash.map { path.utf8.index(after: $0) } ?? path.startIndex)...]
    }

    /// The same entry with a fault that only its neighbours show.
    func with(_ fault: NameFault) -> TreeEntry {
        TreeEntry(path: path, kind: kind, id: id, fault: fault)
    }
}

/// Why a name in a tree could be misread or written to the wrong place. git stores any bytes but NUL.
package enum NameFault: Sendable, Hashable {
    /// Not UTF-8.
    case notText
    /// Characters that move a cursor, hide or turn other text.
    case hiddenCharacter
    /// A slash within one name.
    case separator
    /// `.`, `..` or any case of `.git`.
    case reserved
    /// More bytes than a file system takes: 255.
    case tooLong
    /// The folder has the name twice.
    case duplicate
}

/// A name of a tree as text, with what is wrong with it.
struct EntryName {
    let text: String
    let fault: NameFault?

    /// Reads a name that ends in NUL.
    init(_ name: UnsafePointer<CChar>) {
        var count = 0
        while unsafe name[count] != 0 { count += 1 }
        unsafe self.init(UnsafeRawBufferPointer(start: name, count: count))
    }

    private init(_ bytes: UnsafeRawBufferPointer) {
        if bytes.count > 255 {
            text = unsafe EntryName.spelling(Array(bytes.prefix(64))) + "…"
            fault = .tooLong
        } else if unsafe bytes.contains(UInt8(ascii: "/")) {
            text = unsafe EntryName.spelling(Array(bytes))
            fault = .separator
        } else if let name = unsafe String(validating: bytes, as: UTF8.self) {
            let visible = TerminalText.visible(name)
            text = visible
            // By count, since two texts with equal characters may differ in bytes.
            if visible.utf8.count != name.utf8.count {
                fault = .hiddenCharacter
            } else {
                fault = EntryName.isReserved(name) ? .reserved : nil
            }
        } else {
            text = unsafe EntryName.spelling(Array(bytes))
            fault = .notText
        }
    }

    private static func isReserved(_ name: String) -> Bool {
        guard name.utf8.first == UInt8(ascii: ".") else { return false }
        return name == "." || name == ".." || name.utf8.count == 4 && name.lowercased() == ".git"
    }

    /// Bytes to be shown: what is neither printable ASCII nor part of a name is written as its number.
    private static func spelling(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var text: [UInt8] = []
        for byte in bytes {
            if (0x20..<0x7F).contains(byte), byte != UInt8(ascii: "/") {
                text.append(byte)
            } else {
                text += [
                    UInt8(ascii: "<"), digits[Int(byte >> 4)], digits[Int(byte & 15)], UInt8(ascii: ">"),
                ]
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
