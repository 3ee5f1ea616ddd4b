/// The forms in which a report can be put out.
package enum OutputFormat: String, Sendable, CaseIterable {
    /// For people: place, message, the source line with an underline, hint.
    case text
    /// One object with everything, for programs.
    case json
    /// Workflow commands that GitHub shows as annotations; at most ten of each kind.
    case github
    /// Static Analysis Results Interchange Format 2.1.0.
    case sarif
    /// The XML of test reports.
    case junit
    /// One comment on a pull request.
    case markdown

    /// The format of that name, as given on the command line; nil when there is none.
    package init?(name: String) {
        self.init(rawValue: name)
    }

    package var name: String { rawValue }
}

/// Whether text may carry terminal colours.
package enum TextStyle: Sendable {
    case plain, colored
}

extension Report {
    /// The report in one of the formats, ending with a line end. A function of its arguments alone.
    ///
    /// `source` gives the bytes of a file of the registry, nil when it cannot be read; only text asks for
    /// them, once a file. `style` concerns text only too.
    package func rendered(
        as format: OutputFormat, style: TextStyle = .plain, source: (_ path: String) -> [UInt8]?
    ) -> String {
        switch format {
        case .text: TextRenderer(report: self, style: style).render(source: source)
        case .json: JSONRenderer(report: self).render()
        case .github: GitHubRenderer(report: self).render()
        case .sarif: SARIFRenderer(report: self).render()
        case .junit: JUnitRenderer(report: self).render()
        case .markdown: MarkdownRenderer(report: self).render()
        }
    }
}
