import Diagnostics
import Documents
import Text

/// Turns schemas of a library into one program.
///
/// Each subschema becomes one block, made when something refers to it; a worklist instead of recursion, so that a
/// recursive schema is no special case.
struct Compiler {
    struct Options {
        /// Assert `format` in every dialect, not only where the meta-schema's vocabulary says so.
        var assertsFormat = false
        /// Assert draft-07's `contentEncoding` and `contentMediaType`.
        var assertsContent = false
        /// Annotation keywords whose values are reported where they apply.
        var annotations: Set<String> = []
    }

    var library: SchemaLibrary
    var program = Program()
    let options: Options
    private var blockOf: [SchemaNode: Int32] = [:]
    private var pending: [(place: SchemaNode, block: Int32)] = []
    /// Dynamic references by table, with the anchor's name.
    private var dynamicNames: [(table: Int32, name: String)] = []
    var patternIndex: [String: Int32] = [:]

    init(library: SchemaLibrary, options: Options) {
        self.library = library
        self.options = options
    }

    /// Compiles the schema at `place` and all it refers to; the block to enter by.
    mutating func compile(_ place: SchemaNode) -> Int32 {
        let block = block(for: place)
        drain()
        return block
    }

    /// Hands out the finished program.
    consuming func finish() -> (program: Program, library: SchemaLibrary) {
        program.documents = library.documents.map(\.document)
        program.keys = library.keys
        return (program, library)
    }

    /// The block of a schema, promised if it is not there yet.
    mutating func block(for place: SchemaNode) -> Int32 {
        if let known = blockOf[place] { return known }
        library.frame(place)
        let block = Int32(program.blocks.count)
        program.blocks.append(Block())
        blockOf[place] = block
        pending.append((place, block))
        return block
    }

    /// Where a block's schema stands.
    func place(of block: Int32) -> SchemaNode? {
        blockOf.first { $0.value == block }?.key
    }

    mutating func addDynamic(name: String, initial: Int32) -> Int32 {
        program.dynamics.append(DynamicTable(initial: initial))
        program.hasDynamicScope = true
        dynamicNames.append((Int32(program.dynamics.count - 1), name))
        return Int32(program.dynamics.count - 1)
    }

    private mutating func drain() {
        while !pending.isEmpty {
            while let (place, block) = pending.popLast() { fill(block, from: place) }
            // Every resource that has the anchor may be the outermost one some day.
            for (table, name) in dynamicNames {
                for (index, resource) in library.resources.enumerated() {
                    guard let anchor = resource.dynamicAnchors[name] else { continue }
                    program.dynamics[Int(table)].overrides[Int32(index)] = block(for: anchor)
                }
            }
        }
    }

    private mutating func fill(_ block: Int32, from place: SchemaNode) {
        let document = library.documents[Int(place.document)].document
        let resource = library.resource(around: place)
        var steps: [Instruction] = []
        switch document[Int(place.node)].kind {
        case .true: break
        case .false: steps = [.fail]
        case .mapping:
            var keywords = KeywordCompiler(place: place, document: document, resource: resource)
            steps = keywords.compile(with: &self)
        default:
            library.report(.schemaInvalid, at: place, "a schema is an object, true or false")
        }
        program.blocks[Int(block)] = Block(
            first: Int32(program.instructions.count), count: Int32(steps.count), resource: resource,
            tracks: steps.contains { step in
                switch step {
                case .unevaluatedItems, .unevaluatedProperties: true
                default: false
                }
            })
        program.instructions += steps
    }
}
