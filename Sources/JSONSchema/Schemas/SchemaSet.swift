package import Diagnostics
package import Documents
package import Text

/// Schemas compiled together into one program: immutable, to be shared by any number of workers.
package struct SchemaSet: Sendable {
    let program: Program
    /// The block to enter by, for each text in the order given; -1 for one that could not be read.
    let entries: [Int32]
    /// The parsed schemas in the order given; empty documents for those that could not be read.
    package let documents: [Document]
    /// Where each schema begins in the library, for outlines.
    let roots: [SchemaNode?]
    let library: SchemaLibrary

    /// What every reader of an instance must begin its keys with.
    package var keys: Interner { program.keys }

    /// Compiles the given texts, each checked against its meta-schema first.
    ///
    /// What is wrong with them is appended to `findings`; the set can be used for the texts that had no errors.
    package init(
        _ texts: [SchemaText], options: SchemaOptions = SchemaOptions(), findings: inout [Diagnostic]
    ) {
        let limits = options.limits.limits
        var library = SchemaLibrary(
            defaultDraft: options.defaultDraft, limits: limits, loader: options.loader)
        var roots: [SchemaNode?] = []
        var documents: [Document] = []
        for text in texts {
            var document = Document()
            if text.read(into: &document, keys: &library.keys, limits: limits, findings: &findings) {
                // A schema without an $id gets a name that nothing else can have.
                roots.append(
                    library.add(document, uri: "file:///\(text.path)", path: text.path, origin: .given))
            } else {
                roots.append(nil)
                document = Document()
            }
            documents.append(document)
        }
        let sound = roots.map { root in
            root.flatMap { library.isSound($0, findings: &findings) ? $0 : nil }
        }
        var compiler = Compiler(
            library: library,
            options: Compiler.Options(
                assertsFormat: options.assertsFormat, assertsContent: options.assertsContent,
                annotations: options.annotations))
        entries = sound.map { $0.map { compiler.compile($0) } ?? -1 }
        compiler.reportEndlessReferences()
        compiler.library.checkLoaded(&findings)
        compiler.program.costLimit = options.limits.steps
        let finished = compiler.finish()
        program = finished.program
        findings += finished.library.findings
        self.library = finished.library
        self.roots = roots
        self.documents = documents
    }

    /// The annotation keywords asked for, as they stand in the schemas.
    package var annotations: [Annotation] { program.annotations }

    /// Where the value of an annotation keyword stands: the stretch of its file, and its JSON Pointer.
    ///
    /// Linear in the schema.
    package func place(of annotation: Annotation) -> (location: Location, pointer: String) {
        let loaded = library.documents[Int(annotation.place.document)]
        let node = Int(annotation.place.node)
        return (
            Location(path: loaded.path, span: loaded.document.span(of: node)),
            loaded.document.pointer(to: node)
        )
    }

    /// True when the schema at this position of the texts can be evaluated.
    package func isUsable(_ schema: Int) -> Bool { entries[schema] >= 0 }
}

extension SchemaLibrary {
    /// Checks the documents that references brought in.
    fileprivate func checkLoaded(_ findings: inout [Diagnostic]) {
        for (index, loaded) in documents.enumerated() where loaded.origin == .loaded {
            _ = isSound(SchemaNode(document: Int32(index), node: 0), findings: &findings)
        }
    }

    /// Checks a schema document against the meta-schema of its draft.
    fileprivate func isSound(_ root: SchemaNode, findings: inout [Diagnostic]) -> Bool {
        let loaded = documents[Int(root.document)]
        let draft = resources[Int(loaded.resources[0])].dialect.draft
        if PlainSchema(loaded.document, draft: draft).isSound() { return true }
        let program = MetaSchemas.program(for: draft)
        let document = loaded.document.rekeyed(from: program.keys)
        var evaluator = Evaluator(program: program)
        if evaluator.isValid(document, entry: 0) { return true }
        var explainer = Explainer(
            program: program, document: document, limit: limits.findingsPerFile)
        findings += explainer.faults(entry: 0).map { fault in
            var finding = fault.diagnostic(in: loaded.document, path: loaded.path)
            finding.rule = .schemaInvalid
            // The parser of patterns knows better than the meta-schema what is wrong with one.
            if fault.hint == Format.regex.hint {
                finding.rule = .schemaRegex
                finding.message = patternProblem(loaded.document.string(at: fault.node)) ?? finding.message
                finding.hint = nil
            }
            return finding
        }
        return false
    }
}

/// Why a text cannot be used as a pattern; nil when it can.
private func patternProblem(_ source: String) -> String? {
    do throws(PatternError) {
        _ = try Pattern(Array(source.utf8).span, mayBeAutomaton: false)
        return nil
    } catch {
        return error.message(about: source)
    }
}

/// Checks documents against a schema set. One validator belongs to one worker.
package struct SchemaValidator {
    let set: SchemaSet
    private var evaluator: Evaluator

    package init(_ set: SchemaSet) {
        self.set = set
        evaluator = Evaluator(program: set.program)
    }

    /// True when the document is valid against the schema at this position of the set's texts.
    ///
    /// The document must have been read with keys that begin with the set's. Allocates nothing as a rule.
    package mutating func isValid(_ document: borrowing Document, schema: Int) -> Bool {
        evaluator.isValid(document, entry: set.entries[schema])
    }

    /// The annotations that applied in the last document that `isValid` or `explain` looked at.
    package var applied: [AppliedAnnotation] { evaluator.applied }

    /// Every fault of a document, in document order, up to the limit; empty when it is valid.
    ///
    /// Annotations of the parts that are in order are found even then, so that other checks can go on.
    package mutating func explain(
        _ document: Document, schema: Int, path: String, limits: Limits = .standard
    ) -> [Diagnostic] {
        var explainer = Explainer(
            program: set.program, document: document, limit: limits.findingsPerFile)
        let faults = explainer.faults(entry: set.entries[schema])
        evaluator.applied = explainer.applied
        return faults.map { $0.diagnostic(in: document, path: path) }
    }
}
