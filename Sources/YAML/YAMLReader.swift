import CYAML
package import Diagnostics
package import Documents
package import Text

/// Reads YAML 1.2 into a `Document`, with the place of every value: the core schema, and none of the
/// constructs that a registry must not hold.
///
/// Made to be kept and used for many files by one task: it owns libyaml's parser and the buffers that all files
/// share. About a microsecond of start, then linear in the bytes; nothing is allocated for a value.
package struct YAMLReader: ~Copyable {
    private var parser = EventParser()
    private var composer: Composer

    package init(limits: Limits = .standard) {
        composer = Composer(limits: limits)
    }

    /// Reads the one document in `bytes` into `document`, replacing what it held; keys are interned in `keys`.
    ///
    /// Returns whether the document is worth further checks. What is wrong with the file is appended to
    /// `findings` in either case: equal keys, for one, leave a document whose other faults can be told too.
    package mutating func read(
        _ bytes: [UInt8], path: String, into document: inout Document, keys: inout Interner,
        findings: inout [Diagnostic]
    ) -> Bool {
        swap(&composer.keys, &keys)
        swap(&composer.document, &document)
        defer {
            swap(&composer.keys, &keys)
            swap(&composer.document, &document)
        }
        return run(bytes, path: path, findings: &findings) { parser, composer throws(Refusal) in
            try readSingleDocument(&parser, &composer)
        }
    }

    /// Reads a stream of any number of documents and hands each to `body` as soon as it is complete.
    ///
    /// Returns false when the stream has faults that left documents out; documents before the fault were
    /// delivered. An empty stream delivers nothing, an empty document is null.
    package mutating func readStream(
        _ bytes: [UInt8], path: String, keys: inout Interner, findings: inout [Diagnostic],
        body: (borrowing Document) -> Void
    ) -> Bool {
        swap(&composer.keys, &keys)
        defer { swap(&composer.keys, &keys) }
        return run(bytes, path: path, findings: &findings) { parser, composer throws(Refusal) in
            try readDocuments(&parser, &composer, body)
        }
    }

    /// Does what both modes share: the checks of bytes and characters before, and of layout after.
    private mutating func run(
        _ bytes: [UInt8], path: String, findings: inout [Diagnostic],
        _ parse: (inout EventParser, inout Composer) throws(Refusal) -> Void
    ) -> Bool {
        composer.log = FindingLog(path: path, limit: composer.limits.findingsPerFile)
        composer.reset()
        let scan = ByteScan(bytes.span)
        composer.hasEscapes = scan.hasBackslash
        composer.needsLayoutCheck = scan.hasTightHash || scan.hasTab
        if FileCheck(bytes, scan, composer.limits).run(&composer.log) {
            let start = UTF8.byteOrderMarkLength(of: bytes.span)
            unsafe bytes.withUnsafeBufferPointer { bytes in
                let text = unsafe UnsafeBufferPointer(rebasing: bytes[start...])
                unsafe parseText(text, parse)
            }
        }
        findings.append(contentsOf: composer.log.findings)
        return composer.log.isUsable
    }

    private mutating func parseText(
        _ text: UnsafeBufferPointer<UInt8>,
        _ parse: (inout EventParser, inout Composer) throws(Refusal) -> Void
    ) {
        do throws(Refusal) {
            unsafe parser.open(text)
            try parse(&parser, &composer)
            composer.log.resolvePointers(in: composer.document)
            if composer.needsLayoutCheck {
                var check = unsafe LayoutCheck(Array(text))
                unsafe parser.scan(text) { token in check.take(token) }
                check.finish(&composer.log)
            }
        } catch {
            composer.log.refuse(error.rule, at: error.span, error.message, hint: error.hint)
        }
    }
}

/// Takes the events of a file with one document.
private func readSingleDocument(_ parser: inout EventParser, _ composer: inout Composer) throws(Refusal) {
    try parser.expectEvent(composer)
    try parser.expectEvent(composer)
    guard unsafe parser.event.pointee.type == YAML_DOCUMENT_START_EVENT else { throw .emptyFile }
    try readDocument(&parser, &composer)
    let isEndMarked = unsafe parser.event.pointee.data.document_end.implicit == 0
    let isRead = parser.advance()
    if isRead, unsafe parser.event.pointee.type == YAML_STREAM_END_EVENT {
        if let root = composer.document.nodes.first, root.kind == .null, root.length == 0 { throw .emptyFile }
        return
    }
    if !isRead, !isEndMarked, parser.problem.problem.hasSuffix("<document start>") {
        throw parser.refusal(composer)
    }
    // Whatever comes now, broken or not, is a second document: only the first is read.
    let place = isRead ? unsafe Mark(parser.event.pointee.start_mark) : parser.problem.place
    composer.log.add(
        .yamlMultipleDocuments, at: TextSpan(place), "a second document begins here",
        hint: "a file holds one document: remove the \"---\" or \"...\" before it, or move it to its own file"
    )
    composer.needsLayoutCheck = false
}

/// Takes the events of a stream of documents.
private func readDocuments(
    _ parser: inout EventParser, _ composer: inout Composer, _ body: (borrowing Document) -> Void
) throws(Refusal) {
    try parser.expectEvent(composer)
    var end: (line: Int, isImplicit: Bool)?
    while true {
        try parser.expectEvent(composer)
        guard unsafe parser.event.pointee.type == YAML_DOCUMENT_START_EVENT else { return }
        if let end { try parser.checkBoundary(after: end.line, isImplicit: end.isImplicit) }
        composer.reset()
        try readDocument(&parser, &composer)
        let event = unsafe parser.event.pointee
        end = unsafe (Mark(event.start_mark).line, event.data.document_end.implicit != 0)
        composer.log.resolvePointers(in: composer.document)
        if composer.log.isUsable { body(composer.document) }
    }
}

/// Takes the events of one document up to its end.
private func readDocument(_ parser: inout EventParser, _ composer: inout Composer) throws(Refusal) {
    while true {
        try parser.expectEvent(composer)
        let event = unsafe parser.event
        switch unsafe event.pointee.type {
        case YAML_SCALAR_EVENT:
            try unsafe composer.scalar(event.pointee)
        case YAML_MAPPING_START_EVENT:
            let start = unsafe event.pointee.data.mapping_start
            try unsafe composer.openContainer(
                .mapping, isFlow: start.style == YAML_FLOW_MAPPING_STYLE, anchor: start.anchor,
                tag: start.tag, at: Mark(event.pointee.start_mark))
        case YAML_SEQUENCE_START_EVENT:
            let start = unsafe event.pointee.data.sequence_start
            try unsafe composer.openContainer(
                .sequence, isFlow: start.style == YAML_FLOW_SEQUENCE_STYLE, anchor: start.anchor,
                tag: start.tag, at: Mark(event.pointee.start_mark))
        case YAML_MAPPING_END_EVENT, YAML_SEQUENCE_END_EVENT:
            unsafe composer.closeContainer(at: Mark(event.pointee.end_mark))
        case YAML_ALIAS_EVENT:
            try unsafe composer.alias(
                String(cString: event.pointee.data.alias.anchor), from: Mark(event.pointee.start_mark),
                to: Mark(event.pointee.end_mark))
        default:
            return
        }
    }
}

extension EventParser {
    /// Checks what libyaml does not ask between two documents of a stream.
    fileprivate func checkBoundary(after endLine: Int, isImplicit: Bool) throws(Refusal) {
        let place = unsafe Mark(event.pointee.start_mark)
        let start = unsafe event.pointee.data.document_start
        if !isImplicit, place.line == endLine {
            throw Refusal(
                .yamlSyntax, TextSpan(place), "text behind the end of a document",
                hint: "move it to a line of its own")
        }
        let hasDirectives =
            unsafe start.version_directive != nil || start.tag_directives.start != start.tag_directives.end
        if isImplicit, hasDirectives {
            throw Refusal(
                .yamlSyntax, TextSpan(place), "a directive inside a document",
                hint: "end the document before it with \"...\"")
        }
    }

    /// Moves on to the next event.
    fileprivate mutating func expectEvent(_ composer: borrowing Composer) throws(Refusal) {
        guard advance() else { throw refusal(composer) }
    }

    /// The parser's problem in words for people.
    fileprivate func refusal(_ composer: borrowing Composer) -> Refusal {
        unsafe SyntaxFault(problem, text: text, in: composer).refusal
    }
}

extension Refusal {
    fileprivate static var emptyFile: Refusal {
        Refusal(.yamlEmpty, .start, "the file holds no data", hint: "fill it in or remove it")
    }
}
