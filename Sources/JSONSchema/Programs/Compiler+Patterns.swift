import Diagnostics
import Text

extension Compiler {
    /// The index of a pattern, compiled once; nil with a finding when it is none.
    mutating func pattern(_ source: String, at place: SchemaNode) -> Int32? {
        let bytes = Array(source.utf8)
        if let known = patternTexts.find(bytes.span) { return known }
        do throws(PatternError) {
            guard patternSize < Compiler.maximumPatternSize else {
                throw PatternError(message: "the patterns of this schema are too large together", offset: 0)
            }
            let isAutomatic = tableSize < Compiler.maximumTableSize
            let pattern = try Pattern(bytes.span, mayBeAutomaton: isAutomatic)
            patternSize += pattern.size
            tableSize += pattern.tableSize
            program.patterns.append(pattern)
            program.patternSources.append(source)
            // Only what compiled has a handle, so that it is the pattern's index too.
            return patternTexts.intern(bytes.span)
        } catch {
            library.report(.schemaRegex, at: place, error.message(about: source))
            return nil
        }
    }
}
