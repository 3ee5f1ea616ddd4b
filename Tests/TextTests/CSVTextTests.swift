import Testing
import Text

struct CSVTextTests {
    @Test(arguments: [
        ("plain", "plain"), ("a,b", "\"a,b\""), ("say \"x\"", "\"say \"\"x\"\"\""),
        ("@cf/meta/llama", "@cf/meta/llama"),
        ("=1+1", "'=1+1"), ("-2+3", "'-2+3"), ("+call()", "'+call()"), ("@sum(a)", "'@sum(a)"),
        ("-50.0", "-50.0"), ("-1e-05", "-1e-05"), ("-", "'-"),
    ])
    func `A field is quoted where it must be, and no spreadsheet takes it for a formula`(
        text: String, field: String
    ) {
        #expect(CSVText.record([text, "z"]) == field + ",z\n")
    }
}
