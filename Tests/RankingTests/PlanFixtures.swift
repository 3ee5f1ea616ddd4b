import Entities
import Pricing
import Ranking
import RegistryTree
import TestKit
import Testing
import Text

/// Questions about the templates, and about the models of this repository's registry.
enum PlanFixtures {
    static let registry: Catalog? = try? RegistryState(
        of: .folder(Repository.root), options: Validation.Options()
    ).catalog

    static let day =
        CalendarDate(year: 2026, month: 9, day: 1) ?? EntityTemplates.mapping.offers[0].verifiedOn

    static func money(_ text: String) throws -> Money { try #require(Number(text).flatMap(Money.init)) }

    static func question(_ tokensPerDay: Int, hours: Int = 720) throws -> PlanQuestion {
        PlanQuestion(try #require(TokenLoad(tokensPerDay: tokensPerDay, hoursPerMonth: hours)), on: day)
    }

    /// One model, its offer, a provider that rents one kind of card, and the card.
    static func entities(_ change: (inout Provider) -> Void = { _ in }) -> [Entity] {
        var provider = EntityTemplates.provider
        change(&provider)
        return [
            .model(EntityTemplates.model), .provider(provider), .mapping(EntityTemplates.mapping),
            .accelerator(EntityTemplates.accelerator),
        ]
    }

    static func ranking(_ question: PlanQuestion, _ entities: [Entity] = entities()) -> DeploymentRanking {
        DeploymentRanking(of: EntityTemplates.model, in: Catalog(entities), for: question)
    }

    /// A ranking in this repository's registry.
    static func ranking(of model: String, _ question: PlanQuestion) throws -> DeploymentRanking {
        let catalog = try #require(registry)
        return DeploymentRanking(
            of: try #require(catalog.model(Model.ID(model))), in: catalog, for: question)
    }
}
