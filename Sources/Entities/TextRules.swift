import Diagnostics
import Documents
import Text

extension Review {
    /// The rules for every text of a file, whatever field it stands in: days and currencies that exist, no secrets.
    ///
    /// They look at the document, so they speak even where an entity cannot be made of it.
    mutating func checkTexts(_ document: Document) {
        for (index, node) in document.nodes.enumerated() where node.kind == .string {
            if node.length == 3, index > 0, document.text(at: index - 1, equals: "currency") {
                checkCurrency(document.string(at: index), at: document.pointer(to: index))
            }
            if node.length >= 10 { checkText(index, of: document) }
        }
    }

    private mutating func checkText(_ index: Int, of document: Document) {
        let text = document.text[document.textRange(of: index)]
        if text.count == 10, isImpossibleDay(text) {
            report(
                .dateImpossible, at: document.pointer(to: index),
                "\"\(document.string(at: index))\" is not a day of the calendar")
        }
        switch Secret.leak(in: text) {
        case .secret(let kind):
            report(
                .textSecret, at: document.pointer(to: index), "this looks like \(kind)",
                hint: "remove it and revoke it: what was pushed once is known")
        case .userName:
            report(
                .textUserinfo, at: document.pointer(to: index), "an address with a user's name in it",
                hint: "remove what stands before the \"@\"")
        case nil: break
        }
    }

    private mutating func checkCurrency(_ code: String, at pointer: String) {
        guard Currency(code) == nil else { return }
        report(
            .priceCurrency, at: pointer, "\"\(code)\" is not a currency",
            hint: Spelling.nearest(to: code, in: Currency.codes).map { "did you mean \"\($0)\"?" })
    }

    private func isImpossibleDay(_ text: ArraySlice<UInt8>) -> Bool {
        let isShaped = text.enumerated().allSatisfy { position, byte in
            position == 4 || position == 7 ? byte == UInt8(ascii: "-") : (48...57).contains(byte)
        }
        return isShaped && CalendarDate(String(decoding: text, as: UTF8.self)) == nil
    }
}
