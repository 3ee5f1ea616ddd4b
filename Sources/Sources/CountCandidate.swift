package import Documents
package import Entities
package import Text

/// A number of parameters as one source has it, with how it is known.
package struct CountCandidate: Sendable, Hashable {
    package var value: Int
    package var provenance: StatedCount.Provenance
    package var checkedOn: CalendarDate
    package var url: String?
    package var note: String?

    package init(
        _ value: Int, _ provenance: StatedCount.Provenance, checkedOn: CalendarDate, url: String? = nil,
        note: String? = nil
    ) {
        self.value = value
        self.provenance = provenance
        self.checkedOn = checkedOn
        self.url = url
        self.note = note
    }

    /// A count that the registry states.
    package init(_ count: StatedCount) {
        self.init(
            count.value, count.provenance, checkedOn: count.checkedOn, url: count.url, note: count.note)
    }

    /// The count as the registry's record.
    package var record: Record {
        Record(known: [
            "value": Value(value), "param_source": .text(provenance.rawValue),
            "checked_on": .text(checkedOn.description), "url": url.map(Value.text),
            "note": note.map(Value.text),
        ])
    }

    /// What an import makes of a count that is known and one that it brings.
    ///
    /// The better known one stands, of two equally known the one checked later. A number set by hand stands whatever
    /// comes, and an import cannot set one. The number that gives way stays visible in the note of the one that stands.
    package static func settled(known: CountCandidate?, imported: CountCandidate) -> CountCandidate {
        guard let known else { return imported }
        guard imported.provenance != .manualOverride, known.provenance != .manualOverride else {
            let other = imported.provenance == .manualOverride ? nil : imported
            return other.map { known.naming($0) } ?? known
        }
        let isBetter = known.provenance < imported.provenance
        let isNewer = known.provenance == imported.provenance && known.checkedOn < imported.checkedOn
        return isBetter || isNewer ? imported.naming(known) : known.naming(imported)
    }

    /// The best of several counts of one source, the others in its note; nil of none.
    package static func best(of candidates: [CountCandidate]) -> CountCandidate? {
        candidates.dropFirst().reduce(candidates.first) { best, next in settled(known: best, imported: next) }
    }

    /// The count with another one in its note, where that differs and is not there yet.
    private func naming(_ other: CountCandidate) -> CountCandidate {
        guard other.value != value else {
            var noted = self
            noted.note = note ?? other.note
            return noted
        }
        let words = "\(other.provenance.rawValue) gives \(other.value)"
        guard note?.contains(words) != true else { return self }
        var named = self
        let text = note.map { $0 + "; " + words } ?? words
        // The schema's bound on a note; what was first said is worth more than one number more.
        if text.utf8.count <= 500 { named.note = text }
        return named
    }
}
