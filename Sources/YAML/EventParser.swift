import CYAML

/// Owns libyaml's event parser: the one place where its memory is made and freed.
///
/// The C structure points into itself once it has input, so it lives on the heap and never moves.
@safe
struct EventParser: ~Copyable {
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    /// The event that `advance` found; valid until the next call.
    let event: UnsafeMutablePointer<yaml_event_t>
    /// The text that is being parsed.
    private(set) var text = unsafe UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    private var isOpen = false

    init() {
        unsafe parser = .allocate(capacity: 1)
        unsafe event = .allocate(capacity: 1)
        unsafe event.initialize(to: yaml_event_t())
    }

    deinit {
        unsafe yaml_event_delete(event)
        if isOpen { unsafe yaml_parser_delete(parser) }
        unsafe parser.deallocate()
        unsafe event.deallocate()
    }

    /// Begins a new text, which must stay where it is until the last event was taken.
    mutating func open(_ text: UnsafeBufferPointer<UInt8>) {
        if isOpen { unsafe yaml_parser_delete(parser) }
        isOpen = unsafe yaml_parser_initialize(parser) == 1
        precondition(isOpen, "no memory for the YAML parser")
        unsafe self.text = unsafe text
        unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        unsafe yaml_parser_set_input_string(parser, text.baseAddress, text.count)
    }

    /// Moves on to the next event; false when the text is not YAML, and then `problem` says why.
    mutating func advance() -> Bool {
        unsafe yaml_event_delete(event)
        return unsafe yaml_parser_parse(parser, event) == 1
    }

    /// Hands the tokens of a text to `body` one by one, as long as there are more.
    ///
    /// libyaml gives events or tokens of one text, never both: this begins the text anew.
    mutating func scan(_ text: UnsafeBufferPointer<UInt8>, _ body: (Token) -> Void) {
        unsafe open(text)
        var token = unsafe yaml_token_t()
        while unsafe yaml_parser_scan(parser, &token) == 1, unsafe token.type != YAML_NO_TOKEN {
            unsafe body(Token(token))
            unsafe yaml_token_delete(&token)
        }
    }

    /// What stopped the parser.
    var problem: ParserProblem {
        unsafe ParserProblem(
            kind: parser.pointee.error,
            problem: text(parser.pointee.problem),
            context: text(parser.pointee.context),
            place: Mark(parser.pointee.problem_mark),
            contextPlace: Mark(parser.pointee.context_mark))
    }

    private func text(_ text: UnsafePointer<CChar>?) -> String {
        unsafe text.map { unsafe String(cString: $0) } ?? ""
    }
}

/// A place as libyaml counts: characters, all from zero.
struct Mark {
    /// Characters from the start of the text that was handed over.
    var index: Int
    var line: Int
    var column: Int

    init(_ mark: yaml_mark_t) {
        index = Int(mark.index)
        line = Int(mark.line)
        column = Int(mark.column)
    }

    /// A place by line and column only.
    init(line: Int, column: Int) {
        index = 0
        self.line = line
        self.column = column
    }
}

/// Why libyaml stopped, in its own words.
struct ParserProblem {
    let kind: yaml_error_type_t
    let problem: String
    /// What it was reading, and where that began; empty when it says nothing.
    let context: String
    let place: Mark
    let contextPlace: Mark
}

/// One token of a text, as far as its layout goes.
struct Token {
    let type: yaml_token_type_t
    let start: Mark
    let end: Mark
    /// True of text behind `|` or `>`.
    let isBlockScalar: Bool

    init(_ token: borrowing yaml_token_t) {
        unsafe type = token.type
        unsafe start = Mark(token.start_mark)
        unsafe end = Mark(token.end_mark)
        let style = unsafe token.data.scalar.style
        isBlockScalar =
            type == YAML_SCALAR_TOKEN
            && (style == YAML_LITERAL_SCALAR_STYLE || style == YAML_FOLDED_SCALAR_STYLE)
    }
}
