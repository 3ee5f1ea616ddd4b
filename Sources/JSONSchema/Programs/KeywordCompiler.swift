import Diagnostics
import Documents
import Text

/// The values of one schema object's keywords. Schemas are small: looking through them beats hashing them.
private struct KeywordValues {
    let document: Document
    let node: Int

    subscript(keyword: String) -> Int? { document.member(keyword, of: node) }
}

/// Compiles the keywords of one schema object into the steps of its block.
struct KeywordCompiler {
    let place: SchemaNode
    let document: Document
    let resource: Int32
    private let values: KeywordValues

    init(place: SchemaNode, document: Document, resource: Int32) {
        self.place = place
        self.document = document
        self.resource = resource
        values = KeywordValues(document: document, node: Int(place.node))
    }

    /// The steps, in the order they run.
    mutating func compile(with compiler: inout Compiler) -> [Instruction] {
        let dialect = compiler.library.resources[Int(resource)].dialect
        if dialect.draft == .draft7, values["$ref"] != nil {
            // Draft-07: everything beside a $ref is ignored.
            return reference(&compiler)
        }
        var steps: [Instruction] = []
        if dialect.vocabularies.contains(.validation) { steps += assertions(&compiler) }
        if compiler.options.assertsFormat || dialect.vocabularies.contains(.formatAssertion) {
            steps += format()
        }
        if compiler.options.assertsContent, dialect.draft == .draft7 { steps += content() }
        steps += object(&compiler, dialect)
        steps += array(&compiler, dialect)
        steps += annotations(&compiler)
        steps += reference(&compiler) + dynamicReference(&compiler, dialect.draft)
        if dialect.vocabularies.contains(.applicator) { steps += logic(&compiler, dialect.draft) }
        if dialect.draft != .draft7, dialect.vocabularies.contains(.unevaluated) {
            steps += unevaluated(&compiler)
        }
        return steps
    }

    // MARK: Values and types

    private func assertions(_ compiler: inout Compiler) -> [Instruction] {
        var steps: [Instruction] = []
        if let types = typeSet() { steps.append(.type(types)) }
        if let value = values["const"] {
            compiler.program.consts.append(node(value))
            steps.append(.const(value: Int32(compiler.program.consts.count - 1)))
        }
        if let value = values["enum"], document[value].kind == .sequence {
            steps.append(enumeration(value, &compiler))
        }
        let bounds = NumberTable(
            minimum: number("minimum"), maximum: number("maximum"),
            exclusiveMinimum: number("exclusiveMinimum"),
            exclusiveMaximum: number("exclusiveMaximum"), multipleOf: number("multipleOf"))
        if bounds.minimum != nil || bounds.maximum != nil || bounds.exclusiveMinimum != nil
            || bounds.exclusiveMaximum != nil || bounds.multipleOf != nil
        {
            compiler.program.numbers.append(bounds)
            steps.append(.number(table: Int32(compiler.program.numbers.count - 1)))
        }
        if let length = count("minLength") { steps.append(.minLength(length)) }
        if let length = count("maxLength") { steps.append(.maxLength(length)) }
        if let value = values["pattern"], document[value].kind == .string,
            let pattern = compiler.pattern(document.string(at: value), at: node(value))
        {
            steps.append(.pattern(pattern))
        }
        if let count = count("minProperties") { steps.append(.minProperties(count)) }
        if let count = count("maxProperties") { steps.append(.maxProperties(count)) }
        if let count = count("minItems") { steps.append(.minItems(count)) }
        if let count = count("maxItems") { steps.append(.maxItems(count)) }
        if let value = values["uniqueItems"], document[value].kind == .true { steps.append(.uniqueItems) }
        return steps
    }

    private func typeSet() -> TypeSet? {
        guard let value = values["type"] else { return nil }
        let names =
            document[value].kind == .sequence
            ? document.children(of: value).map { document.string(at: $0.value) }
            : [document.string(at: value)]
        var types: TypeSet = []
        for (type, name) in TypeSet.names where names.contains(name) { types.insert(type) }
        return types
    }

    private func enumeration(_ value: Int, _ compiler: inout Compiler) -> Instruction {
        var table = EnumTable()
        var words: Set<Int> = []
        for child in document.children(of: value) {
            let place = node(child.value)
            table.all.append(place)
            if document[child.value].kind == .string {
                let text = document.text.span.extracting(document.textRange(of: child.value))
                words.insert(Int(compiler.program.words.intern(text)))
            } else {
                table.others.append(place)
            }
        }
        table.firstWord = Int32(compiler.program.enumWords.count)
        table.wordCount = Int32(words.count)
        compiler.program.enumWords += words.sorted().map { Int32($0) }
        compiler.program.enums.append(table)
        return .enum(table: Int32(compiler.program.enums.count - 1))
    }

    private func format() -> [Instruction] {
        guard let value = values["format"], let format = Format(name: document.string(at: value)) else {
            return []
        }
        return [.format(format)]
    }

    private func content() -> [Instruction] {
        let encoding = values["contentEncoding"].map { document.string(at: $0) } == "base64"
        let json = values["contentMediaType"].map { document.string(at: $0) } == "application/json"
        return encoding || json ? [.content(encoding: encoding, json: json)] : []
    }

    // MARK: Objects

    private func object(_ compiler: inout Compiler, _ dialect: Dialect) -> [Instruction] {
        var steps: [Instruction] = []
        let applies = dialect.vocabularies.contains(.applicator)
        let validates = dialect.vocabularies.contains(.validation)
        var members = ObjectMembers()
        if applies, let value = mapping("properties") {
            for child in document.children(of: value) {
                guard let key = child.key else { continue }
                let handle = compiler.library.keys.intern(document.string(at: key))
                members.slots.append(PropertySlot(key: handle, block: compiler.block(for: node(child.value))))
                members.names.properties.append(handle)
            }
        }
        if validates, let value = values["required"] { members.require(names(value, &compiler)) }
        if applies, let value = mapping("patternProperties") {
            for child in document.children(of: value) {
                guard let key = child.key,
                    let pattern = compiler.pattern(document.string(at: key), at: node(key))
                else { continue }
                members.patterns.append(
                    PatternProperty(pattern: pattern, block: compiler.block(for: node(child.value))))
            }
        }
        if applies, let value = values["additionalProperties"] {
            members.additional = compiler.block(for: node(value))
        }
        if !members.isEmpty { steps.append(.object(table: compiler.program.add(members))) }
        if applies, let value = values["propertyNames"] {
            steps.append(.propertyNames(block: compiler.block(for: node(value))))
        }
        if dialect.draft != .draft7, dialect.vocabularies.contains(.validation),
            let value = mapping("dependentRequired")
        {
            for child in document.children(of: value) { steps += dependency(child, &compiler) }
        }
        if dialect.draft != .draft7, applies, let value = mapping("dependentSchemas") {
            for child in document.children(of: value) { steps += dependency(child, &compiler) }
        }
        if applies, let value = mapping("dependencies") {
            for child in document.children(of: value) { steps += dependency(child, &compiler) }
        }
        return steps
    }

    private func dependency(_ child: DocumentChild, _ compiler: inout Compiler) -> [Instruction] {
        guard let key = child.key else { return [] }
        let handle = compiler.library.keys.intern(document.string(at: key))
        guard document[child.value].kind == .sequence else {
            return [.dependentSchema(key: handle, block: compiler.block(for: node(child.value)))]
        }
        compiler.program.lists.append(names(child.value, &compiler))
        return [.dependentRequired(key: handle, names: Int32(compiler.program.lists.count - 1))]
    }

    // MARK: Arrays

    private func array(_ compiler: inout Compiler, _ dialect: Dialect) -> [Instruction] {
        guard dialect.vocabularies.contains(.applicator) else { return [] }
        var table = ArrayTable()
        var rest = values["items"]
        if dialect.draft == .draft2020 {
            if let prefix = values["prefixItems"] { table.prefix = blocks(prefix, &compiler) }
        } else if let items = values["items"], document[items].kind == .sequence {
            table.prefix = blocks(items, &compiler)
            rest = values["additionalItems"]
        }
        if let rest { table.rest = compiler.block(for: node(rest)) }
        var steps: [Instruction] = []
        if !table.prefix.isEmpty || table.rest >= 0 {
            compiler.program.arrays.append(table)
            steps.append(.array(table: Int32(compiler.program.arrays.count - 1)))
        }
        if let value = values["contains"] {
            let bounded = dialect.draft != .draft7 && dialect.vocabularies.contains(.validation)
            compiler.program.contains.append(
                ContainsTable(
                    block: compiler.block(for: node(value)),
                    minimum: bounded ? count("minContains").map(Int.init) ?? 1 : 1,
                    maximum: bounded ? count("maxContains").map(Int.init) ?? .max : .max,
                    evaluates: dialect.draft == .draft2020))
            steps.append(.contains(table: Int32(compiler.program.contains.count - 1)))
        }
        return steps
    }

    // MARK: In place

    private func annotations(_ compiler: inout Compiler) -> [Instruction] {
        compiler.options.annotations.sorted().compactMap { keyword in
            guard let value = values[keyword] else { return nil }
            compiler.program.annotations.append(
                Annotation(
                    keyword: keyword,
                    value: document[value].kind == .string ? document.string(at: value) : nil,
                    place: node(value)))
            return .annotate(Int32(compiler.program.annotations.count - 1))
        }
    }

    private func reference(_ compiler: inout Compiler) -> [Instruction] {
        guard let value = values["$ref"], let target = target(value, &compiler) else { return [] }
        return [.reference(block: compiler.block(for: target))]
    }

    private func dynamicReference(_ compiler: inout Compiler, _ draft: Draft) -> [Instruction] {
        let keyword: String
        switch draft {
        case .draft7: return []
        case .draft2019: keyword = "$recursiveRef"
        case .draft2020: keyword = "$dynamicRef"
        }
        guard let value = values[keyword], let target = target(value, &compiler) else { return [] }
        let block = compiler.block(for: target)
        // Dynamic only when the first target is itself a dynamic anchor (2020-12 core section 8.2.3.2).
        let name = draft == .draft2019 ? "" : URIReference(document.string(at: value)).decodedFragment
        let home = compiler.library.resource(around: target)
        guard compiler.library.resources[Int(home)].dynamicAnchors[name] == target else {
            return [.reference(block: block)]
        }
        return [.dynamicReference(block: block, anchor: compiler.dynamicAnchor(name))]
    }

    private func target(_ value: Int, _ compiler: inout Compiler) -> SchemaNode? {
        guard document[value].kind == .string else { return nil }
        let text = document.string(at: value)
        // Most references stay within their resource, and need no URI made.
        if text.utf8.first == UInt8(ascii: "#"),
            let target = compiler.library.place(of: URIReference(text).decodedFragment, in: resource)
        {
            return target
        }
        let base = compiler.library.resources[Int(resource)].uri
        let reference = URIReference(text).resolved(against: base)
        if let target = compiler.library.resolve(reference) { return target }
        compiler.library.report(
            .schemaReference, at: node(value), "the reference \(Wording.quoted(text)) leads nowhere",
            hint: compiler.library.hint(forUnresolved: reference))
        return nil
    }

    private func logic(_ compiler: inout Compiler, _ draft: Draft) -> [Instruction] {
        var steps: [Instruction] = []
        for (keyword, make) in [
            ("allOf", Instruction.allOf), ("anyOf", Instruction.anyOf), ("oneOf", Instruction.oneOf),
        ] {
            guard let value = values[keyword], document[value].kind == .sequence else { continue }
            compiler.program.lists.append(blocks(value, &compiler))
            steps.append(make(Int32(compiler.program.lists.count - 1)))
        }
        if let value = values["not"] { steps.append(.not(block: compiler.block(for: node(value)))) }
        if let condition = values["if"] {
            let then = values["then"].map { compiler.block(for: node($0)) } ?? -1
            let otherwise = values["else"].map { compiler.block(for: node($0)) } ?? -1
            steps.append(
                .conditional(if: compiler.block(for: node(condition)), then: then, else: otherwise))
        }
        return steps
    }

    private func unevaluated(_ compiler: inout Compiler) -> [Instruction] {
        var steps: [Instruction] = []
        if let value = values["unevaluatedItems"] {
            steps.append(.unevaluatedItems(block: compiler.block(for: node(value))))
        }
        if let value = values["unevaluatedProperties"] {
            steps.append(.unevaluatedProperties(block: compiler.block(for: node(value))))
        }
        return steps
    }

    // MARK: Reading values

    private func node(_ index: Int) -> SchemaNode {
        SchemaNode(document: place.document, node: Int32(index))
    }

    private func mapping(_ keyword: String) -> Int? {
        values[keyword].flatMap { document[$0].kind == .mapping ? $0 : nil }
    }

    private func number(_ keyword: String) -> Number? {
        values[keyword].flatMap { document.number(at: $0) }
    }

    private func count(_ keyword: String) -> Int32? {
        guard let number = number(keyword), number.isInteger, !number.isNegative else { return nil }
        return Int32(clamping: number.integer ?? .max)
    }

    private func blocks(_ value: Int, _ compiler: inout Compiler) -> [Int32] {
        document.children(of: value).map { compiler.block(for: node($0.value)) }
    }

    private func names(_ value: Int, _ compiler: inout Compiler) -> [Int32] {
        document.children(of: value).map { compiler.library.keys.intern(document.string(at: $0.value)) }
    }
}
