import CPostgres

/// Takes what is nobody's business out of other programs' messages.
enum ErrorText {
    /// Everything from the first to the last double quote of a line becomes `"…"`.
    ///
    /// libpq and the server put what they were given between double quotes, and nothing else that is secret.
    static func masked(_ text: some StringProtocol) -> String {
        guard let first = text.firstIndex(of: "\""), let last = text.lastIndex(of: "\"") else {
            return String(text)
        }
        return text[..<first] + "\"…\"" + text[last...].dropFirst()
    }

    /// The first line of libpq's own words, masked.
    static func firstLine(_ text: String) -> String {
        masked(text.prefix { !$0.isNewline })
    }

    /// The lines of a failure to connect, one for each address, masked; the indented advice is left out.
    static func connecting(_ text: String) -> String {
        text.split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("\t") }.map { masked($0) }
            .joined(separator: "; ")
    }

    /// The SQLSTATE at the end of a message that libpq made with the verbosity `SQLSTATE`: `…FATAL:  53300`.
    static func sqlState(endOf text: String) -> String? {
        let end = text.split(whereSeparator: \.isWhitespace).last ?? ""
        guard end.utf8.count == 5, text.contains(":  \(end)"),
            end.utf8.allSatisfy({ (48...57).contains($0) || (65...90).contains($0) })
        else { return nil }
        return String(end)
    }

    /// What it means when the server does not let a client in, in our words: its own may name what the URL holds.
    static func refusal(_ sqlState: String) -> String {
        switch sqlState {
        case "28P01": "the server does not accept the password"
        case "28000": "the server does not let this role in from here"
        case "3D000": "the server has no such database"
        case "53300": "the server has no more connections to give"
        case "57P03": "the server is starting, stopping or recovering"
        default: "the server refused the connection"
        }
    }

    /// What to do about it, where that can be told.
    static func refusalHint(_ sqlState: String, _ scope: ConnectionSettings.Scope) -> String? {
        guard sqlState == "08P01", scope == .session else { return nil }
        return "a pooler that takes no options for a session, pgbouncer for one, is told of by --pooled"
    }
}

extension Rows {
    /// The error that this result is; nil for the others.
    ///
    /// Texts about data (classes 22, 23 and 44) quote rows and arguments: their detail is dropped, and what a
    /// message of class 22 has in quotes is masked.
    func failure(isConnected: Bool) -> PostgresError? {
        guard isFailure else { return nil }
        guard let sqlState = errorField(.sqlState) else {
            let text = ErrorText.firstLine(errorMessage)
            return PostgresError(
                isConnected ? .misuse : .connection, Operation.receive.rawValue,
                text.isEmpty ? "the server closed the connection" : text,
                sqlState: isConnected ? nil : "08006")
        }
        let message = errorField(.message) ?? "no message"
        let isAboutData = ["22", "23", "44"].contains(sqlState.prefix(2))
        var error = PostgresError(
            .server, "server", sqlState.hasPrefix("22") ? ErrorText.masked(message) : message,
            sqlState: sqlState, hint: errorField(.hint))
        error.severity = errorField(.severity)
        error.detail = isAboutData ? nil : errorField(.detail)
        error.table = errorField(.table)
        error.column = errorField(.column)
        error.constraint = errorField(.constraint)
        return error
    }
}

/// The parts of an error or a notice that are read (`postgres_ext.h`).
enum ErrorField: Unicode.Scalar {
    case severity = "V"
    case sqlState = "C"
    case message = "M"
    case detail = "D"
    case hint = "H"
    case table = "t"
    case column = "c"
    case constraint = "n"

    /// This part of a result; nil when it has none.
    @unsafe
    func text(of result: OpaquePointer) -> String? {
        guard let text = unsafe PQresultErrorField(result, Int32(rawValue.value)) else { return nil }
        return unsafe String(cString: text)
    }
}

extension Notice {
    /// Reads a notice while libpq hands it out.
    @unsafe
    init(_ result: OpaquePointer) {
        severity = unsafe ErrorField.severity.text(of: result) ?? "NOTICE"
        sqlState = unsafe ErrorField.sqlState.text(of: result)
        message = unsafe ErrorField.message.text(of: result) ?? ""
        hint = unsafe ErrorField.hint.text(of: result)
    }
}
