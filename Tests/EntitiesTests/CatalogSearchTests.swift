import Entities
import TestKit
import Testing

struct CatalogSearchTests {
    private let catalog = Catalog(
        ["acme/rocket-1", "acme/rocket-10", "acme/big-rocket-1", "acme/rokcet-1x"].map { id in
            var model = EntityTemplates.model
            model.id = Model.ID(id)
            (model.name, model.aliases, model.huggingFace) = (id, [], nil)
            return .model(model)
        } + [.provider(EntityTemplates.provider)])

    @Test func `Exact names come before beginnings, parts and slips of the pen`() {
        let hits = catalog.search("Rocket-1", limit: 10)
        #expect(hits.map(\.id) == ["acme/rocket-1", "acme/rocket-10", "acme/big-rocket-1", "acme/rokcet-1x"])
        #expect(hits.map(\.fit) == [.exact, .prefix, .substring, .typo])
        #expect(catalog.search("Rocket-1", limit: 2).count == 2)
    }

    @Test(arguments: ["", "zzz", "qqqqqqqq"])
    func `Nothing fits nothing`(text: String) {
        #expect(catalog.search(text, limit: 10).isEmpty)
    }

    @Test func `Aliases count, of every kind of entity`() {
        #expect(catalog.search("provider ai", limit: 10).map(\.kind) == [.provider])
    }
}
