/// One statement of SQL as its words: lower case, without comments, quoted text as `'…'`.
struct SQLStatement {
    let words: [String]

    /// The statements of a text, which semicolons part.
    static func all(in sql: String) -> [SQLStatement] {
        words(of: sql).split(separator: ";").map { SQLStatement(words: Array($0)) }
    }

    var text: String { words.joined(separator: " ") }

    /// True when these words stand somewhere one after another.
    func has(_ phrase: String) -> Bool {
        let wanted = phrase.split(separator: " ").map(String.init)
        return !words.ranges(of: wanted).isEmpty
    }

    /// The table that the statement makes; nil for other statements.
    var madeTable: SQLTable? {
        guard words.starts(with: ["create", "table"]) else { return nil }
        return SQLTable(words)
    }

    /// The table that an UPDATE or a DELETE changes.
    var changedTable: String? {
        if words.first == "update", words.count > 1 { return words[1] }
        if words.starts(with: ["delete", "from"]), words.count > 2 { return words[2] }
        return nil
    }

    /// The columns that SET lists of an UPDATE or of an upsert assign to.
    var assignedColumns: [String] {
        guard let start = words.firstIndex(of: "set"), has("do update set") || words.first == "update" else {
            return []
        }
        var (columns, depth) = ([String](), 0)
        for index in (start + 1)..<words.count {
            let word = words[index]
            if depth == 0, ["where", "from", "returning"].contains(word) { break }
            if word == "(" { depth += 1 }
            if word == ")" { depth -= 1 }
            if depth == 0, word == "=", index > 0 { columns.append(words[index - 1]) }
        }
        return columns
    }

    /// What stands behind WHERE.
    var condition: ArraySlice<String> { words.lastIndex(of: "where").map { words[$0...] } ?? [] }

    private static func words(of sql: String) -> [String] {
        var words: [String] = []
        var rest = Array(sql)[...]
        while let first = rest.first {
            if first == "-", rest.dropFirst().first == "-" {
                rest = rest.drop { !$0.isNewline }
            } else if first == "'" {
                rest = rest.dropFirst().drop { $0 != "'" }.dropFirst()
                words.append("'…'")
            } else if first.isLetter || first.isNumber || "_$\"".contains(first) {
                let word = rest.prefix { $0.isLetter || $0.isNumber || "_$.\"[]".contains($0) }
                rest = rest.dropFirst(word.count)
                words.append(String(word).lowercased().replacing("\"", with: ""))
            } else {
                rest.removeFirst()
                if !first.isWhitespace { words.append(String(first)) }
            }
        }
        return words
    }
}

/// A table as its CREATE TABLE says.
struct SQLTable {
    let name: String
    private(set) var columns: [(name: String, type: String)] = []
    private(set) var primaryKey: [String] = []
    /// The columns of each UNIQUE within the table.
    private(set) var uniqueKeys: [[String]] = []
    private(set) var referencedTables: [String] = []

    init?(_ words: [String]) {
        guard let open = words.firstIndex(of: "("), open > 0 else { return nil }
        name = words[open - 1]
        for part in SQLTable.parts(of: words[(open + 1)...]) {
            for (index, word) in part.enumerated() where word == "references" && index + 1 < part.count {
                referencedTables.append(part[index + 1])
            }
            let keyColumns = part.drop { $0 != "(" }.dropFirst().prefix { $0 != ")" }.filter { $0 != "," }
            switch part.first {
            case "primary": primaryKey = Array(keyColumns)
            case "unique": uniqueKeys.append(Array(keyColumns))
            case "foreign", "check", "constraint", "exclude", nil: break
            case let column?:
                columns.append((column, part.count > 1 ? part[1] : ""))
                if !part.ranges(of: ["primary", "key"]).isEmpty { primaryKey = [column] }
                if part.contains("unique") { uniqueKeys.append([column]) }
            }
        }
    }

    /// What stands between the commas of the outermost list.
    private static func parts(of words: ArraySlice<String>) -> [[String]] {
        var (parts, depth) = ([[String]()], 0)
        for word in words {
            if word == ")" { depth -= 1 }
            if depth < 0 { break }
            if word == ",", depth == 0 { parts.append([]) } else { parts[parts.count - 1].append(word) }
            if word == "(" { depth += 1 }
        }
        return parts
    }
}
