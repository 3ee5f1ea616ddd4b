import Documents
package import Entities

/// Configurations, tensor headers and model answers of Hugging Face as proposed models.
package enum HuggingFaceImport {
    /// What the snapshots say of models that the registry knows, and whole files for those that it does not.
    ///
    /// Pure: the same snapshots and catalog give the same harvest. Throws when a snapshot is no JSON or of no form
    /// that is known here.
    package static func harvest(
        from snapshots: [Snapshot], knowing catalog: Catalog
    ) throws(SourceError) -> Harvest {
        var gathering = Gathering(catalog)
        let set = try RepositorySet(snapshots)
        gathering.harvest.refusals = set.refusals
        let repositories = set.repositories.values.sorted {
            $0.repo.utf8.lexicographicallyPrecedes($1.repo.utf8)
        }
        var copies: [(RepositoryFacts, HuggingFaceConfig)] = []
        for facts in repositories {
            guard let config = gathering.decoded(facts) else { continue }
            // Copies in other precisions wait until all originals are known.
            if gathering.known(facts.repo) == nil, ModelNaming.isCopy(facts.repo) {
                copies.append((facts, config))
            } else {
                gathering.take(facts, config)
            }
        }
        for (facts, config) in copies { gathering.takeCopy(facts, config) }
        return gathering.finished()
    }
}

/// A harvest in the making.
private struct Gathering {
    var harvest = Harvest()
    private let catalog: Catalog
    private let modelsByRepo: [String: Model]
    /// Models of the registry and of this harvest by the plain name of their repository.
    private var places: [String: (id: String, architecture: Architecture)] = [:]
    /// Models of the registry whose network is not known, by the plain name of their repository.
    private var bareModels: [String: Model] = [:]
    private var drafts: [String: ModelDraft] = [:]
    private var before: [StatedCount.Provenance] = []
    private var after: [StatedCount.Provenance] = []

    init(_ catalog: Catalog) {
        self.catalog = catalog
        var byRepo: [String: Model] = [:]
        for model in catalog.models {
            guard let repo = model.huggingFace?.repo else { continue }
            byRepo[repo.lowercased()] = model
            if let architecture = model.architecture {
                places[ModelNaming.plainName(of: repo)] = (model.id.text, architecture)
            } else {
                bareModels[ModelNaming.plainName(of: repo)] = model
            }
        }
        // An alias names a model exactly; the beginning of a name would catch its copies too.
        for model in catalog.models {
            for alias in model.aliases where alias.match == .exact && byRepo[alias.value.lowercased()] == nil
            {
                byRepo[alias.value.lowercased()] = model
            }
        }
        modelsByRepo = byRepo
    }

    func known(_ repo: String) -> Model? { modelsByRepo[repo.lowercased()] }

    /// The repository's configuration; nil, with the reason among the refusals, when it is not understood.
    mutating func decoded(_ facts: RepositoryFacts) -> HuggingFaceConfig? {
        guard let value = facts.config else {
            if let info = facts.info, let model = known(facts.repo) {
                take(info, of: model)
            } else {
                refuse(.unreadable, facts.repo, "no configuration")
            }
            return nil
        }
        do throws(ConfigFault) {
            let config = try HuggingFaceConfig(value, quantization: facts.quantization)
            if let fault = config.precisionFault { refuse(.unreadable, facts.repo, fault.message) }
            return config
        } catch {
            refuse(.unreadable, facts.repo, error.message)
            return nil
        }
    }

    private mutating func refuse(_ reason: Refusal.Reason, _ subject: String, _ detail: String) {
        harvest.refusals.append(Refusal(reason, subject, detail))
    }

    /// Gate and revision of a known model whose configuration is not among the snapshots.
    private mutating func take(_ info: ModelInfo, of model: Model) {
        var draft = ModelDraft(id: model.id.text)
        draft.huggingFace = ModelDraft.huggingFace(
            model.huggingFace?.repo ?? info.repo, info, known: model.huggingFace)
        drafts[model.id.text] = draft
    }

    /// A repository with a model's original weights.
    mutating func take(_ facts: RepositoryFacts, _ config: HuggingFaceConfig) {
        if let model = known(facts.repo) {
            take(facts, config, id: model.id.text, known: model)
            return
        }
        guard let id = ModelNaming.id(of: facts.repo) else {
            refuse(.unreadable, facts.repo, "no id of the registry can be made of the name")
            return
        }
        guard drafts[id] == nil, catalog.model(Model.ID(id)) == nil else {
            refuse(.repeated, facts.repo, "\"\(id)\" is the id of another repository's model")
            return
        }
        take(facts, config, id: id, known: nil)
    }

    private mutating func take(
        _ facts: RepositoryFacts, _ config: HuggingFaceConfig, id: String, known: Model?
    ) {
        guard drafts[id] == nil else {
            refuse(.repeated, facts.repo, "another repository speaks of \"\(id)\" already")
            return
        }
        var draft = ModelDraft(id: id)
        let counts = RepositoryCounts(facts, config, subject: id)
        harvest.alarms += counts.alarms
        harvest.refusals += counts.refusals
        // A repository may be known under an alias; the one that the registry names stays.
        draft.huggingFace = ModelDraft.huggingFace(
            known?.huggingFace?.repo ?? facts.repo, facts.info, known: known?.huggingFace)
        if facts.index != nil, !ModelNaming.isCopy(facts.repo) { draft.addWeights(facts, config) }
        draft.setArchitecture(config, facts, vision: counts.vision, known: known?.architecture)
        settle(&draft, counts, known: known)
        if known == nil {
            do throws(ConfigFault) { try draft.introduce(facts, config) } catch {
                refuse(.unknownModel, facts.repo, error.message)
                return
            }
        }
        drafts[id] = draft
        places[ModelNaming.plainName(of: facts.repo)] = (id, config.entity)
    }

    private mutating func settle(_ draft: inout ModelDraft, _ counts: RepositoryCounts, known: Model?) {
        let stated = known?.parameters
        let fields: [(String, CountCandidate?, StatedCount?)] = [
            ("total", counts.total, stated?.total), ("active", counts.active, stated?.active),
            ("embedding", counts.embedding, stated?.embedding), ("vision", counts.vision, stated?.vision),
            ("mtp", counts.multiTokenPrediction, stated?.multiTokenPrediction),
        ]
        for (name, imported, stated) in fields {
            let old = stated.map { CountCandidate($0) }
            guard let settled = imported.map({ CountCandidate.settled(known: old, imported: $0) }) ?? old
            else {
                continue
            }
            draft.counts.append((name, settled))
            guard name == "total", let old, let imported else { continue }
            before.append(old.provenance)
            after.append(settled.provenance)
            watch(draft.id, old: old, imported: imported, settled: settled)
        }
    }

    private mutating func watch(
        _ id: String, old: CountCandidate, imported: CountCandidate, settled: CountCandidate
    ) {
        var alarms = [CountWatch.moved(id, from: old.value, to: settled.value)]
        let isExact = imported.provenance >= .configExact
        if old.provenance == .estimated, isExact {
            alarms.append(CountWatch.estimateOff(id, estimate: old.value, authority: imported.value))
        }
        if old.provenance == .stated, isExact {
            alarms.append(CountWatch.siblingSize(id, stated: old.value, authority: imported.value))
        }
        if old.provenance == .safetensors, imported.provenance == .configExact {
            alarms.append(
                CountWatch.packedWords(id, stored: old.value, known: imported.value, isFourBit: true))
        }
        harvest.alarms += alarms.compactMap(\.self)
    }

    /// A repository with weights in another precision: files of its model, where that is known and the same.
    mutating func takeCopy(_ facts: RepositoryFacts, _ config: HuggingFaceConfig) {
        let name = ModelNaming.plainName(of: facts.repo)
        if let place = places[name] {
            guard place.architecture.isSameNetwork(as: config.entity) else {
                refuse(.notComparable, facts.repo, "not the same network as \"\(place.id)\"")
                return
            }
            var draft = drafts[place.id] ?? ModelDraft(id: place.id)
            draft.addWeights(facts, config)
            drafts[place.id] = draft
            return
        }
        // A copy in another precision has the network of its model.
        let bare = bareModels[name]
        let own = ModelNaming.isOwnModel(facts.repo) ? ModelNaming.id(of: facts.repo, name: name) : nil
        guard let id = bare?.id.text ?? own else {
            refuse(.unknownModel, facts.repo, "a copy of \"\(name)\", which is not in the registry")
            return
        }
        take(facts, config, id: id, known: bare)
        guard var draft = drafts[id] else { return }
        // The repository holds a copy: the original weights stand elsewhere, or nowhere.
        if bare == nil { draft.huggingFace = nil }
        draft.leavePrecisionOpen()
        draft.addWeights(facts, config)
        drafts[id] = draft
    }

    mutating func finished() -> Harvest {
        if let alarm = CountWatch.provenanceFell(from: ProvenanceShares(before), to: ProvenanceShares(after))
        {
            harvest.alarms.append(alarm)
        }
        harvest.proposals = drafts.values.sorted { $0.id < $1.id }.compactMap(\.proposal)
        return harvest
    }
}
