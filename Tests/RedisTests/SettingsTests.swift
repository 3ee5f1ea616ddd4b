import Redis
import TestKit
import Testing

@Suite struct SettingsTests {
    @Test(arguments: [
        "redis://h", "redis://h:1", "redis://h/3", "redis://:p@h", "redis://u:p@h:6379/0",
        "redis://[::1]:1/0",
        "redis://u:p%40%2F%25@h", "unix:///a/b.socket", "unix:///a?db=2", "unix://u:p@/a", "REDIS://h",
        "redis://a:b@c@h",
    ])
    func `a URL is read`(url: String) throws {
        _ = try RedisSettings(url: url)
    }

    @Test(arguments: [
        "", "hunter2", "http://hunter2", "redis://", "redis://hunter2@h", "redis://u:hunter2/x@h",
        "redis://h:0",
        "redis://h:hunter2", "redis://h:70000", "redis://h/hunter2", "redis://h/-1", "redis://u:hunter2%4@h",
        "redis://u:hunter2%zz@h", "redis://u:%ffhunter2@h", "redis://[hunter2:1", "unix://hunter2/a",
        "unix://",
        "unix:///a?hunter2", "unix:///hunter2%00", "rediss://u:hunter2@h", "redis://::1/hunter2",
        "redis://u:hunter2@a b",
    ])
    func `what is no URL is refused without a word of it`(url: String) {
        let error = redisFailure { _ = try RedisSettings(url: url) }
        #expect(error?.code == .settings)
        #expect(!"\(String(describing: error))".contains("hunter2"))
    }

    @Test func `neither the text nor the reflection of settings shows the URL`() throws {
        let settings = try RedisSettings(url: "redis://hunter2:hunter2@hunter2:1/0")
        var dumped = ""
        dump(settings, to: &dumped)
        for text in ["\(settings)", String(reflecting: settings), dumped] {
            #expect(!text.contains("hunter2"))
        }
    }
}

/// The error of the server that `body` throws; nil, and a failed expectation, when it throws none.
func redisFailure(
    sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> Void
) -> RedisError? {
    do {
        try body()
        Issue.record("nothing was thrown", sourceLocation: sourceLocation)
    } catch let error as RedisError {
        return error
    } catch {
        Issue.record(error, sourceLocation: sourceLocation)
    }
    return nil
}
