import Diagnostics
import Documents
import Text

extension Review {
    /// The rules for every text of a file, whatever field it stands in: days that exist, and no secrets.
    mutating func checkTexts(_ document: Document) {
        for (index, node) in document.nodes.enumerated() where node.kind == .string && node.length >= 10 {
            let range = document.textRange(of: index)
            if node.length == 10, isImpossibleDay(document.text[range]) {
                report(
                    .dateImpossible, at: document.pointer(to: index),
                    "\"\(document.string(at: index))\" is not a day of the calendar")
            }
            switch Secret.leak(in: document.text[range]) {
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
    }

    private func isImpossibleDay(_ text: ArraySlice<UInt8>) -> Bool {
        let isShaped = text.enumerated().allSatisfy { position, byte in
            position == 4 || position == 7 ? byte == UInt8(ascii: "-") : (48...57).contains(byte)
        }
        return isShaped && CalendarDate(String(decoding: text, as: UTF8.self)) == nil
    }
}
