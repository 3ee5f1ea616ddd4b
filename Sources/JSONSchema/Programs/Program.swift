import Documents
import Text

/// One step of a compiled schema: an operation and where its operands stand.
///
/// Payloads are plain integers: indices of blocks, keys and side tables. The order of cases is the order in which a
/// block runs them, cheap and decisive ones first, those that need to know what others evaluated last.
enum Instruction: Sendable {
    /// Nothing is valid (the schema `false`).
    case fail
    case type(TypeSet)
    case const(value: Int32)
    case `enum`(table: Int32)
    case number(table: Int32)
    case minLength(Int32)
    case maxLength(Int32)
    case pattern(Int32)
    case format(Format)
    case content(encoding: Bool, json: Bool)
    case minProperties(Int32)
    case maxProperties(Int32)
    case minItems(Int32)
    case maxItems(Int32)
    case object(table: Int32)
    case propertyNames(block: Int32)
    case dependentRequired(key: Int32, names: Int32)
    case dependentSchema(key: Int32, block: Int32)
    case array(table: Int32)
    case uniqueItems
    case contains(table: Int32)
    /// Notes that an annotation keyword applies to the value.
    case annotate(Int32)
    case reference(block: Int32)
    /// To the block that the outermost resource in the dynamic scope has for the anchor, or else to the first.
    case dynamicReference(block: Int32, anchor: Int32)
    case allOf(list: Int32)
    case anyOf(list: Int32)
    case oneOf(list: Int32)
    case not(block: Int32)
    /// Blocks are -1 where there is no such keyword.
    case conditional(if: Int32, then: Int32, else: Int32)
    case unevaluatedItems(block: Int32)
    case unevaluatedProperties(block: Int32)
}

/// The JSON types a schema allows.
struct TypeSet: OptionSet, Sendable, Hashable {
    let rawValue: UInt8
    static let null = TypeSet(rawValue: 1)
    static let boolean = TypeSet(rawValue: 2)
    static let integer = TypeSet(rawValue: 4)
    static let number = TypeSet(rawValue: 8)
    static let string = TypeSet(rawValue: 16)
    static let array = TypeSet(rawValue: 32)
    static let object = TypeSet(rawValue: 64)

    static let names: [(TypeSet, String)] = [
        (.null, "null"), (.boolean, "boolean"), (.integer, "integer"), (.number, "number"),
        (.string, "string"),
        (.array, "array"), (.object, "object"),
    ]
}

/// A compiled subschema: its stretch of the instruction array.
struct Block: Sendable {
    var first: Int32 = 0
    var count: Int32 = 0
    /// The schema resource it belongs to, for dynamic references.
    var resource: Int32 = 0
    /// True when it has an `unevaluated…` step and so must know what the steps before it evaluated.
    var tracks = false
}

/// What a schema says of the members of an object: `properties`, `patternProperties`, `additionalProperties` and
/// `required`, checked together in one walk over the members.
struct ObjectTable: Sendable {
    /// The stretch of `Program.propertySlots`: an open-addressed table by key handle, a power of two long.
    var firstSlot: Int32 = 0
    var slotMask: Int32 = 0
    var requiredCount: Int32 = 0
    /// The stretch of `Program.patternProperties`.
    var firstPattern: Int32 = 0
    var patternCount: Int32 = 0
    /// For every member no name and no pattern covers; -1 when nothing is said.
    var additional: Int32 = -1
}

/// The names of an object's table in the schema's order: for messages only.
struct ObjectNames: Sendable {
    var properties: [Int32] = []
    var required: [Int32] = []
}

/// A pattern of `patternProperties` with the block of its schema.
struct PatternProperty: Sendable {
    var pattern: Int32
    var block: Int32
}

/// One named property.
struct PropertySlot: Sendable {
    /// -1 marks a free slot.
    var key: Int32 = -1
    /// -1 when the name is required but has no schema.
    var block: Int32 = -1
    var isRequired = false

    /// Where to begin to look for a key: neighbouring handles, the rule in a schema, are spread.
    @inline(__always)
    static func position(of handle: Int32) -> Int32 {
        Int32(bitPattern: UInt32(bitPattern: handle) &* 0x9E37_79B1) >> 12
    }
}

/// What a schema says of the items of an array.
struct ArrayTable: Sendable {
    var prefix: [Int32] = []
    /// For the items behind the prefix; -1 when nothing is said.
    var rest: Int32 = -1
}

struct ContainsTable: Sendable {
    var block: Int32
    var minimum: Int
    var maximum: Int
    /// 2020-12 counts the items that match as evaluated, 2019-09 does not.
    var evaluates: Bool
}

/// Bounds on a number; nil where there is none.
struct NumberTable: Sendable {
    var minimum: Number?
    var maximum: Number?
    var exclusiveMinimum: Number?
    var exclusiveMaximum: Number?
    var multipleOf: Number?
}

/// The allowed values of an `enum`.
struct EnumTable: Sendable {
    /// The stretch of `Program.enumWords` with the strings among them, as sorted handles of `Program.words`.
    var firstWord: Int32 = 0
    var wordCount: Int32 = 0
    /// The other values, as nodes of the schema.
    var others: [SchemaNode] = []
    /// All values in the schema's order, for messages.
    var all: [SchemaNode] = []
}

/// Schemas compiled to one flat array of instructions with side tables: immutable, shared by all workers.
struct Program: Sendable {
    var instructions: [Instruction] = []
    var blocks: [Block] = []
    /// Where the schema of each block stands, for messages.
    var places: [SchemaNode] = []
    var objects: [ObjectTable] = []
    /// One for each of `objects`.
    var objectNames: [ObjectNames] = []
    var patternProperties: [PatternProperty] = []
    var propertySlots: [PropertySlot] = []
    var arrays: [ArrayTable] = []
    var contains: [ContainsTable] = []
    var numbers: [NumberTable] = []
    var enums: [EnumTable] = []
    /// Every string that an `enum` lists, so that a value is hashed once and nothing is copied to look it up.
    var words = Interner()
    var enumWords: [Int32] = []
    var consts: [SchemaNode] = []
    var patterns: [Pattern] = []
    var patternSources: [String] = []
    var lists: [[Int32]] = []
    /// For each dynamic anchor's name the block of each resource that has it, by resource.
    var dynamicAnchors: [[Int32: Int32]] = []
    var annotations: [Annotation] = []
    /// What one document may cost, in steps.
    var costLimit = TextLimits().steps
    /// Documents that `consts` and `enums` point into.
    var documents: [Document] = []
    /// Names of keys by handle.
    var keys = Interner()
    /// True when there is a dynamic reference and so the scope must be kept.
    var hasDynamicScope = false
}

/// An annotation keyword in a schema whose value someone asked for.
package struct Annotation: Sendable, Hashable {
    /// The keyword: `x-references`.
    package let keyword: String
    /// The keyword's value; nil when it is no text.
    package let value: String?
    /// Where the value stands.
    let place: SchemaNode
}
