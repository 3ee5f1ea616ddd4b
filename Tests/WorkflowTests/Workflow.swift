import Diagnostics
import Documents
import TestKit
import Text
import YAML

/// A workflow or an action of the project, read as data.
struct Workflow {
    /// One step of a job, or of a composite action.
    struct Step {
        let name: String
        let uses: String?
        /// The text behind `uses:`, its comment included.
        let usesLine: String?
        let run: String?
        let with: [String: String]
    }

    let path: String
    let text: String
    let document: Document

    /// Reads a file of the project, and fails loudly where it cannot.
    init(_ path: String) {
        self.init(path: path, text: Repository.text(of: path))
    }

    init(path: String, text: String) {
        self.path = path
        self.text = text
        var reader = YAMLReader()
        var keys = Interner()
        var findings: [Diagnostic] = []
        var document = Document()
        let isRead = reader.read(
            Array(text.utf8), path: path, into: &document, keys: &keys, findings: &findings)
        precondition(isRead && !document.nodes.isEmpty, "\(path): \(findings.map(\.message))")
        self.document = document
    }

    /// Every workflow of the project.
    static let all = Repository.files(below: ".github/workflows").map { Workflow($0) }

    static func named(_ name: String) -> Workflow { Workflow(".github/workflows/\(name).yml") }

    /// The names of the events that start it.
    var triggers: [String] {
        guard let on = document.member("on", of: 0) else { return [] }
        switch document[on].kind {
        case .mapping: return keys(of: on)
        case .sequence: return document.children(of: on).map { document.string(at: $0.value) }
        default: return [document.string(at: on)]
        }
    }

    /// The text at a JSON Pointer; nil where nothing is, empty for a container.
    func string(_ pointer: String) -> String? {
        document.node(at: pointer).map { document.string(at: $0) }
    }

    /// The texts of a list at a JSON Pointer.
    func strings(_ pointer: String) -> [String] {
        document.node(at: pointer).map { list in
            document.children(of: list).map { document.string(at: $0.value) }
        } ?? []
    }

    /// The members of a mapping of texts.
    func members(_ node: Int) -> [String: String] {
        guard document[node].kind == .mapping else { return [:] }
        let pairs = document.children(of: node).compactMap { child in
            child.key.map { (document.string(at: $0), document.string(at: child.value)) }
        }
        return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }

    /// The nodes of its jobs by name.
    var jobs: [(name: String, node: Int)] {
        guard let jobs = document.member("jobs", of: 0) else { return [] }
        return document.children(of: jobs).compactMap { child in
            child.key.map { (document.string(at: $0), child.value) }
        }
    }

    /// All its steps, in order.
    var steps: [Step] {
        let lists = jobs.map(\.node) + [document.member("runs", of: 0)].compactMap { $0 }
        return lists.flatMap { owner -> [Step] in
            guard let list = document.member("steps", of: owner) else { return [] }
            return document.children(of: list).map { step($0.value) }
        }
    }

    /// The step of a name; the test fails where there is none.
    func step(named name: String) -> Step? { steps.first { $0.name == name } }

    private func step(_ node: Int) -> Step {
        func text(_ key: String) -> String? {
            document.member(key, of: node).map { document.string(at: $0) }
        }
        let lines = self.text.split(separator: "\n", omittingEmptySubsequences: false)
        return Step(
            name: text("name") ?? "", uses: text("uses"),
            usesLine: document.member("uses", of: node).map { String(lines[Int(document[$0].line) - 1]) },
            run: text("run"), with: document.member("with", of: node).map(members) ?? [:])
    }

    private func keys(of mapping: Int) -> [String] {
        document.children(of: mapping).compactMap { $0.key.map { document.string(at: $0) } }
    }
}
