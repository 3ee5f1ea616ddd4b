import Diagnostics
import Documents
import Text

/// Reads a JSON text for a test: the document, and the findings.
func readJSON(_ text: String, limits: Limits = .standard) -> (document: Document, findings: [Diagnostic]) {
    readJSON(Array(text.utf8), limits: limits)
}

func readJSON(_ bytes: [UInt8], limits: Limits = .standard) -> (document: Document, findings: [Diagnostic]) {
    var reader = JSONReader(limits: limits)
    var document = Document()
    var keys = Interner()
    var findings: [Diagnostic] = []
    let isJSON = reader.read(bytes, path: "a.json", into: &document, keys: &keys, findings: &findings)
    precondition(isJSON == findings.isEmpty, "the answer and the findings must agree")
    return (document, findings)
}

/// The document on one line.
func writtenJSON(_ document: Document, from root: Int = 0) -> String {
    var writer = JSONWriter()
    writer.write(document, from: root)
    return String(decoding: writer.bytes, as: UTF8.self)
}
