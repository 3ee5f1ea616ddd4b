@preconcurrency import Glibc
import Postgres
import TestKit

/// The loader that most projects would write: a script that sends one upsert a row.
struct IngestPeer {
    private let python: String

    /// Installs psycopg in a virtual environment where it is not there yet. Fails when it cannot be had.
    init(environment: String) throws(BenchmarkError) {
        python = "\(environment)/bin/python"
        if access(python, X_OK) != 0 {
            _ = try measure(["python3", "-m", "venv", environment], quiet: false)
        }
        if (try? measure([python, "-c", "import psycopg"])) == nil {
            _ = try measure(
                [
                    python, "-m", "pip", "install", "--quiet", "--requirement",
                    "tools/bench/ingest-peers.txt",
                ], quiet: false)
        }
    }

    /// Milliseconds that the rows of a schema take it into empty copies of their tables, and once more.
    func run(_ settings: ConnectionSettings) throws -> (first: Double, again: Double) {
        var connection = try Connection.open(settings)
        let rows = try connection.query(
            "SELECT current_schema()::text, current_setting('unix_socket_directories')")
        let schema = try rows.text(0, 0)
        let folder = try rows.text(0, 1)
        let words = try output(of: [python, "tools/bench/ingest_rows.py", folder, schema])
            .split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
        guard words.count == 2 else { throw BenchmarkError("the script printed no two numbers") }
        return (words[0], words[1])
    }
}
