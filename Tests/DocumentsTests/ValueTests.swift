import Diagnostics
import Documents
import Testing
import Text

struct ValueTests {
    private func value(_ json: String) -> Value {
        var document = Document()
        var keys = Interner()
        var reader = JSONReader()
        var findings: [Diagnostic] = []
        _ = reader.read(Array(json.utf8), path: "x", into: &document, keys: &keys, findings: &findings)
        return Value(document)
    }

    @Test(arguments: [
        #"{"a":[1,2.5,"x\"y",null,true],"b":{}}"#, "[]", "0.000000000001", #""\u0001é""#,
    ])
    func `What was read is written as it was`(json: String) {
        #expect(value(json).json == value(value(json).json).json)
        #expect(value(json) == value(value(json).json))
    }

    @Test func `Records are equal whatever the order of their members`() {
        #expect(value(#"{"a":1,"b":2}"#) == value(#"{"b":2,"a":1}"#))
        #expect(value(#"{"a":1,"b":2}"#).hashValue == value(#"{"b":2,"a":1}"#).hashValue)
        #expect(value(#"{"a":1,"b":2}"#) != value(#"{"a":1,"b":3}"#))
        #expect(value(#"{"a":1}"#) != value(#"{"a":1,"b":3}"#))
    }

    @Test func `A record takes, changes and loses members`() {
        var record = Record([("a", 1)])
        record["b"] = "two"
        record["a"] = 3
        #expect(Value.record(record).json == #"{"a":3,"b":"two"}"#)
        record["a"] = nil
        #expect(Value.record(record).json == #"{"b":"two"}"#)
    }
}
