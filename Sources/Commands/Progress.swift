/// How far a long reading has come, on a terminal only.
package struct Progress {
    private let byteCount: Int
    private let show: (@Sendable (String) -> Void)?
    private var done = 0
    private var percent = -1

    /// Of a file of so many bytes; a pipe's end is not known, so nothing is shown.
    package init(of byteCount: Int?, on console: Console, isQuiet: Bool) {
        self.byteCount = byteCount ?? 0
        show = console.showsProgress && !isQuiet && byteCount != nil ? console.errorOutput : nil
    }

    /// Counts bytes that were read.
    package mutating func advance(by bytes: Int) {
        done += bytes
        guard let show, byteCount > 0 else { return }
        let now = min(100, done * 100 / byteCount)
        guard now != percent else { return }
        percent = now
        let bar = String(repeating: "#", count: now / 4) + String(repeating: "·", count: 25 - now / 4)
        show("\r[\(bar)] \(now) %")
    }

    /// Takes the bar away.
    package func end() {
        if percent >= 0 { show?("\r\u{1B}[K") }
    }
}
