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
    /// Names of dynamic anchors that references were made to, in the order of `Program.dynamicAnchors`.
    private var dynamicNames: [String] = []
    private var dynamicIndex: [String: Int32] = [:]
    /// Patterns compiled so far, by their bytes: as Strings canonically equal ones would be the same.
    var patternTexts = Interner()
    /// Instructions of all patterns so far.
    var patternSize = 0

    /// Entries of the tables of all patterns' automata so far.
    var tableSize = 0

    /// Where no more automata are made, which take a microsecond an entry; later patterns are simulated.
    static let maximumTableSize = 1 << 20
    /// Instructions of all patterns together: some 50 MB.
    static let maximumPatternSize = 1_000_000

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
        program.places.append(place)
        pending.append((place, block))
        return block
    }

    /// The index of a dynamic anchor's name.
    mutating func dynamicAnchor(_ name: String) -> Int32 {
        if let known = dynamicIndex[name] { return known }
        program.hasDynamicScope = true
        program.dynamicAnchors.append([:])
        dynamicNames.append(name)
        dynamicIndex[name] = Int32(dynamicNames.count - 1)
        return Int32(dynamicNames.count - 1)
    }

    private mutating func drain() {
        while !pending.isEmpty {
            while let (place, block) = pending.popLast() { fill(block, from: place) }
            // Every resource that has the anchor may be the outermost one some day.
            for resource in library.resources.indices {
                for (name, place) in library.resources[resource].dynamicAnchors {
                    guard let anchor = dynamicIndex[name] else { continue }
                    program.dynamicAnchors[Int(anchor)][Int32(resource)] = block(for: place)
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
