import Diagnostics
import Documents
import Entities
import JSONSchema
import Text

/// Checks one file after the other; each worker owns one, with all the buffers it reuses.
struct FileChecker: ~Copyable {
    private let schemas: RegistrySchemas
    private let keyHandles: [[Int32]]
    private let tree: TreeReader
    private var reader: FileReader
    private var validator: SchemaValidator
    private var stem = PathStem()
    private let misfits = Misfits()
    private let limits: Limits

    /// What other files must be asked about.
    private(set) var facts = FileFacts()
    private(set) var findings: [Diagnostic] = []
    /// Findings beyond the limit of a run.
    private(set) var omissions = Omissions()
    /// Files whose key could not be learned.
    private(set) var unread: [Int32] = []
    /// Entities of the kinds that this program knows, with the number of their file.
    private(set) var records: [(file: Int32, record: EntityRecord)] = []

    init(schemas: RegistrySchemas, tree: consuming TreeReader, limits: Limits) {
        self.schemas = schemas
        self.limits = limits
        let keys = schemas.set.keys
        self.tree = tree
        reader = FileReader(limits: limits, keys: keys)
        validator = SchemaValidator(schemas.set)
        keyHandles = schemas.collections.map { $0.key.map { keys.find(Array($0.utf8).span) ?? -1 } }
    }

    /// Reads and checks one file; `index` is its number in the listing, and rises from file to file: so what one
    /// checker leaves out is none of what a run shows. Throws when a commit's objects are missing.
    mutating func check(_ file: ListedFile, index: Int32) throws(TreeError) {
        defer { omissions.cut(&findings, to: limits.findings) }
        let findingsBefore = findings.count
        guard try reader.read(file.path, file.object, from: tree, findings: &findings) else {
            unread.append(index)
            return
        }
        let collection = schemas.collections[Int(file.collection)]
        var faults: [Diagnostic] = []
        // A key given twice may stand for one that is missing: only the explaining pass can tell.
        let isWhole = findings.count == findingsBefore
        if !validator.isValid(reader.document, schema: collection.schema) || !isWhole {
            faults = validator.explain(reader.document, schema: collection.schema, path: file.path)
        }
        noteKey(file, index)
        noteAnnotations(file, index)
        if let kind = collection.entityKind { checkFields(kind, file, index, besides: faults) }
        findings += faults
    }

    /// Runs the rules that know the fields. In a file that fails its schema they still speak, but not of places whose
    /// fault the schema has named: one mistake is one finding.
    private mutating func checkFields(
        _ kind: EntityKind, _ file: ListedFile, _ index: Int32, besides faults: [Diagnostic]
    ) {
        var remarks: [Diagnostic] = []
        misfits.removeAll()
        let record = EntityRecord(
            reader.document, kind: kind, path: file.path, misfits: misfits, findings: &remarks)
        if faults.isEmpty {
            if let record { records.append((index, record)) }
            remarks += misfits.diagnostics(in: reader.document, path: file.path)
        }
        findings += remarks.filter { remark in !faults.contains { FileChecker.covers($0, remark) } }
    }

    /// True when a fault of the schema says all there is to say about the place of a rule's remark.
    private static func covers(_ fault: Diagnostic, _ remark: Diagnostic) -> Bool {
        if fault.pointer == remark.pointer { return fault.rule != .schemaRequired }
        switch fault.rule {
        case .schemaType, .schemaBranch, .schemaNot, .schemaForbidden, .schemaUnknownKey:
            return remark.pointer.hasPrefix(fault.pointer + "/")
        default: return false
        }
    }

    /// Notes the key under which other files know this entity: the values of its key properties joined by `/`.
    private mutating func noteKey(_ file: ListedFile, _ index: Int32) {
        var key: [UInt8] = []
        var place = 0
        for handle in keyHandles[Int(file.collection)] {
            guard let value = member(handle), reader.document[value].kind == .string else {
                unread.append(index)
                return
            }
            if key.isEmpty { place = value } else { key.append(UInt8(ascii: "/")) }
            key += reader.document.text[reader.document.textRange(of: value)]
        }
        let mention = facts.mention(key[...], file: index, span: reader.document.span(of: place))
        facts.keys.append(FileFacts.Entry(group: file.collection, mention: mention))
    }

    /// The value of a member of the document's root.
    private func member(_ handle: Int32) -> Int? {
        guard reader.document[0].kind == .mapping, handle >= 0 else { return nil }
        var key = 1
        while key < reader.document.nodes.count {
            if reader.document[key].link == UInt32(handle) { return reader.document.resolve(key + 1) }
            key = reader.document.end(of: key + 1)
        }
        return nil
    }

    private mutating func noteAnnotations(_ file: ListedFile, _ index: Int32) {
        stem.set(file.path, in: schemas.collections[Int(file.collection)])
        for applied in validator.applied {
            let node = Int(applied.node)
            guard reader.document[node].kind == .string else { continue }
            switch schemas.roles[Int(applied.annotation)] {
            case .reference(let collection):
                facts.references.append(FileFacts.Entry(group: collection, mention: mention(node, index)))
            case .unique(let template):
                let scope = facts.scope(template.name(for: stem))
                facts.uniques.append(FileFacts.Entry(group: scope, mention: mention(node, index)))
            case .path(let range): checkPath(node, range, file)
            case .malformed: break
            }
        }
    }

    private mutating func mention(_ node: Int, _ file: Int32) -> FileFacts.Mention {
        facts.mention(
            reader.document.text[reader.document.textRange(of: node)], file: file,
            span: reader.document.span(of: node))
    }

    private mutating func checkPath(_ node: Int, _ range: ClosedRange<Int>, _ file: ListedFile) {
        guard let wanted = stem.segments(range),
            reader.document.text[reader.document.textRange(of: node)] != wanted
        else {
            return
        }
        let name = String(decoding: wanted, as: UTF8.self)
        findings.append(
            Diagnostic(
                .pathMismatch, at: Location(path: file.path, span: reader.document.span(of: node)),
                "\"\(reader.document.string(at: node))\" is not what the file's path says: \"\(name)\"",
                hint: "write \"\(name)\" here, or move the file", pointer: reader.document.pointer(to: node)))
    }
}
