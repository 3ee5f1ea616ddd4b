import Postgres
import TestKit
import Testing

@Suite struct PipelineTests {
    private func withTable(_ body: (ConnectionSettings, inout Connection) throws -> Void) throws {
        try ScratchDatabase.withSchema { settings in
            var connection = try Connection.open(settings)
            try connection.execute("CREATE TABLE t (a bigint PRIMARY KEY, b text)")
            try body(settings, &connection)
        }
    }

    @Test func `statements run in order, and each has its count`() throws {
        try withTable { _, connection in
            var seen: [Int] = []
            let counts = try connection.pipeline(
                onRows: { index, rows throws(PostgresError) in
                    if rows.columnCount > 0 { seen.append(try rows.integer(0, 0) * 100 + index) }
                },
                { (pipeline) throws(PostgresError) in
                    for key in 1...3 {
                        try pipeline.execute("INSERT INTO t VALUES ($1, $2)", [.integer(key), .text("x")])
                    }
                    let index = try pipeline.execute("UPDATE t SET b = $1", [.text("y")])
                    #expect(index == 3)
                    try pipeline.execute("SELECT count(*) FROM t WHERE b = 'y'")
                    try pipeline.execute("DELETE FROM t WHERE a > 5")
                })
            #expect(counts == [1, 1, 1, 3, 1, 0])
            #expect(seen == [304])
            let status = connection.transactionStatus
            #expect(status == .idle)
        }
    }

    @Test func `an empty pipeline is nothing`() throws {
        try withTable { _, connection in
            let counts = try connection.pipeline { (_) throws(PostgresError) in }
            #expect(counts == [])
        }
    }

    @Test(arguments: [0, 1, 255, 256, 511, 512, 513, 999])
    func `the first failure is named, and nothing happened`(failing: Int) throws {
        try withTable { _, connection in
            try connection.execute("INSERT INTO t VALUES (-1, 'there')")
            let error = failure {
                try connection.pipeline { (pipeline) throws(PostgresError) in
                    for index in 0..<1_000 {
                        // A second failure, later, is not the first.
                        let key = index == failing || index == 999 ? -1 : index
                        try pipeline.execute("INSERT INTO t VALUES ($1, $2)", [.integer(key), .null])
                    }
                }
            }
            #expect(error?.sqlState == "23505")
            #expect(error?.statementIndex == failing)
            let stored = try number(&connection, "SELECT count(*) FROM t")
            #expect(stored == 1)
        }
    }

    /// The server's last word is an error; what follows it is neither an answer nor, at once, an end.
    @Test(arguments: [0, 1, 2, 300])
    func `a session that is ended under a pipeline fails it, and nobody waits for more`(sent: Int) throws {
        try withTable { settings, connection in
            var other = try Connection.open(settings)
            let process = connection.serverProcess
            let error = failure {
                try connection.pipeline { (pipeline) throws(PostgresError) in
                    for _ in 0..<sent { try pipeline.execute("SELECT 1") }
                    try other.query("SELECT pg_terminate_backend($1::integer, 10000)", [.integer(process)])
                    for _ in 0..<5 { try pipeline.execute("SELECT 2") }
                }
            }
            #expect(error?.isTransient == true, "\(String(describing: error))")
            let status = connection.transactionStatus
            #expect(status == .unknown)
        }
    }

    @Test func `a failure within a transaction fails the transaction`() throws {
        try withTable { _, connection in
            let error = failure {
                try connection.withTransaction { (connection) throws(PostgresError) in
                    try connection.execute("INSERT INTO t VALUES (1, 'before')")
                    try connection.pipeline { (pipeline) throws(PostgresError) in
                        try pipeline.execute("INSERT INTO t VALUES (2, 'in it')")
                        try pipeline.execute("SELECT 1 / 0")
                    }
                }
            }
            #expect(error?.statementIndex == 1)
            let stored = try number(&connection, "SELECT count(*) FROM t")
            #expect(stored == 0)
        }
    }

    @Test(arguments: [1, 600])
    func `a body that throws leaves nothing of what it sent`(count: Int) throws {
        try withTable { _, connection in
            let error = failure {
                try connection.pipeline { (pipeline) throws(PostgresError) in
                    for key in 0..<count {
                        try pipeline.execute("INSERT INTO t VALUES ($1, NULL)", [.integer(key)])
                    }
                    try throwExample()
                }
            }
            #expect(error?.code == .settings)
            let stored = try number(&connection, "SELECT count(*) FROM t")
            #expect(stored == 0)
        }
    }

    @Test func `a transaction may begin and end within a pipeline`() throws {
        try withTable { settings, connection in
            try connection.pipeline { (pipeline) throws(PostgresError) in
                try pipeline.execute("BEGIN")
                try pipeline.execute("INSERT INTO t VALUES (1, NULL)")
                try pipeline.commit()
            }
            let error = failure {
                try connection.pipeline { (pipeline) throws(PostgresError) in
                    try pipeline.execute("BEGIN")
                    try pipeline.execute("INSERT INTO t VALUES (2, NULL)")
                    try pipeline.execute("INSERT INTO t VALUES (1, NULL)")
                    try pipeline.commit()
                }
            }
            #expect(error?.sqlState == "23505")
            #expect(error?.code == .server)
            let status = connection.transactionStatus
            let stored = try number(&connection, "SELECT count(*) FROM t")
            #expect(status == .idle)
            #expect(stored == 1)

            let plan = FaultPlan()
            var broken = settings
            broken.faults = plan
            try commitOne(broken, key: 3)
            // Everything is sent then, and no answer taken.
            let sync = try #require(plan.calls.lastIndex(of: .sync)) + 1
            broken.faults = FaultPlan(.reset, atCall: sync + 1)
            #expect(failure { try commitOne(broken, key: 4) }?.code == .unknownOutcome)
        }
    }

    private func commitOne(_ settings: ConnectionSettings, key: Int) throws {
        var connection = try Connection.open(settings)
        try connection.pipeline { (pipeline) throws(PostgresError) in
            try pipeline.execute("BEGIN")
            try pipeline.execute("INSERT INTO t VALUES ($1, NULL)", [.integer(key)])
            try pipeline.commit()
        }
    }

    /// Long arguments and long answers, so that both sides' buffers would fill.
    @Test(arguments: [(10_000, 1, 1), (2_000, 20_000, 1), (2_000, 1, 20_000), (2_000, 20_000, 20_000)])
    func `many statements never wait for each other`(count: Int, argument: Int, answer: Int) throws {
        var connection = try Connection.open(ScratchDatabase.serverSettings())
        let text = String(repeating: "x", count: argument)
        var received = 0
        let counts = try connection.pipeline(
            onRows: { _, rows throws(PostgresError) in
                if rows.columnCount > 0 { received += try rows.text(0, 0).utf8.count }
            },
            { (pipeline) throws(PostgresError) in
                for _ in 0..<count {
                    try pipeline.execute("SELECT repeat('y', \(answer)), $1", [.text(text)])
                }
            })
        #expect(counts.count == count)
        #expect(received == count * answer)
    }

    @Test func `COPY has no place in a pipeline`() throws {
        var connection = try Connection.open(ScratchDatabase.serverSettings())
        let error = failure {
            try connection.pipeline { (pipeline) throws(PostgresError) in
                try pipeline.execute("COPY (SELECT 1) TO STDOUT")
            }
        }
        #expect(error?.statementIndex == 0)
    }
}
