import Diagnostics
import Documents
import TestKit
import Testing
import Text

@testable import Entities

/// One closed vocabulary: where the schemas list its words, and the words that this room knows.
struct Vocabulary: CustomTestStringConvertible {
    let schema: String
    let pointer: String
    let words: [String]

    init<Word: CaseIterable & RawRepresentable<String>>(_ schema: String, _ pointer: String, _: Word.Type) {
        self.schema = schema
        self.pointer = pointer
        words = Word.allCases.map(\.rawValue)
    }

    var testDescription: String { schema + "#" + pointer }

    static let all = [
        Vocabulary("common", "/$defs/modality", Modality.self),
        Vocabulary("common", "/$defs/capability", Capability.self),
        Vocabulary("common", "/$defs/precision", Precision.self),
        Vocabulary("common", "/$defs/source/properties/kind", Source.Kind.self),
        Vocabulary("model", "/properties/variant", Model.Variant.self),
        Vocabulary("model", "/properties/aliases/items/properties/schemes/items", Alias.Scheme.self),
        Vocabulary("model", "/properties/aliases/items/properties/match", Alias.Match.self),
        Vocabulary("model", "/properties/reasoning/properties/mode", Reasoning.Mode.self),
        Vocabulary("model", "/properties/reasoning/properties/controls/items", Reasoning.Control.self),
        Vocabulary("model", "/properties/reasoning/properties/efforts/items", Reasoning.Effort.self),
        Vocabulary("model", "/properties/limits/properties/extended_by", RotaryPositions.Scaling.self),
        Vocabulary("model", "/properties/tokenizer/properties/kind", Tokenizer.Kind.self),
        Vocabulary("model", "/properties/weights/items/properties/format", WeightFiles.Format.self),
        Vocabulary("model", "/$defs/count/properties/param_source", StatedCount.Provenance.self),
        Vocabulary("model", "/$defs/rope/properties/scaling", RotaryPositions.Scaling.self),
        Vocabulary("model", "/$defs/architecture/properties/type", Architecture.Family.self),
        Vocabulary("model", "/$defs/architecture/properties/norm", Architecture.Norm.self),
        Vocabulary("model", "/$defs/full/properties/qk_norm", Attention.QueryKeyNorm.self),
        Vocabulary("model", "/$defs/full/properties/output_gate", Attention.Gate.self),
        Vocabulary("model", "/$defs/mla/properties/output_gate", LatentAttention.Gate.self),
        Vocabulary(
            "model", "/$defs/sparse_indexed/properties/indexer/properties/key_norm", Indexer.KeyNorm.self),
        Vocabulary("model", "/$defs/linear/properties/form", LinearAttention.Form.self),
        Vocabulary("model", "/$defs/activation", Activation.self),
        Vocabulary("model", "/$defs/moe/properties/expert_form", ExpertMixture.Form.self),
        Vocabulary("model", "/$defs/moe/properties/router", ExpertMixture.Router.self),
        Vocabulary("provider", "/properties/kind", Provider.Kind.self),
        Vocabulary("provider", "/properties/billing_modes/items", Provider.BillingMode.self),
        Vocabulary("provider", "/properties/api/properties/compatible/items", Interface.Format.self),
        Vocabulary("provider", "/properties/api/properties/auth", Interface.Authentication.self),
        Vocabulary("provider", "/properties/model_id_rules/items/properties/part", ModelNameRule.Part.self),
        Vocabulary(
            "provider", "/properties/accelerator_offers/items/properties/commitment",
            AcceleratorOffer.Commitment.self),
        Vocabulary("mapping", "/$defs/mode", Offer.Mode.self),
        Vocabulary("mapping", "/$defs/service_tier", Offer.ServiceTier.self),
        Vocabulary(
            "mapping", "/$defs/offer/properties/sampling_parameters/items", Offer.SamplingParameter.self),
        Vocabulary("mapping", "/$defs/meter", Meter.self),
        Vocabulary("mapping", "/$defs/rate/properties/free_reason", Rate.FreeReason.self),
        Vocabulary("mapping", "/$defs/tier/properties/measure", PriceTier.Measure.self),
        Vocabulary("mapping", "/$defs/tier/properties/boundary", PriceTier.Boundary.self),
        Vocabulary("mapping", "/$defs/tier/properties/applies", PriceTier.Scope.self),
        Vocabulary("mapping", "/$defs/schedule/properties/days/items", PriceSchedule.Day.self),
        Vocabulary("accelerator", "/properties/vendor", Accelerator.Vendor.self),
        Vocabulary("accelerator", "/properties/kind", Accelerator.Kind.self),
        Vocabulary("accelerator", "/properties/form_factor", Accelerator.FormFactor.self),
        Vocabulary("accelerator", "/properties/memory/properties/type", Memory.Technology.self),
        Vocabulary("accelerator", "/properties/interconnect/properties/kind", Interconnect.Kind.self),
        Vocabulary(
            "accelerator", "/properties/interconnect/properties/direction", Interconnect.Direction.self),
    ]
}

@Suite struct VocabularyTests {
    @Test(arguments: Vocabulary.all)
    func `the schema lists the words that are known here`(vocabulary: Vocabulary) throws {
        let document = try #require(VocabularyTests.schema(vocabulary.schema))
        #expect(
            Set(VocabularyTests.words(at: vocabulary.pointer + "/enum", of: document))
                == Set(vocabulary.words))
    }

    @Test func `the stages of all kinds together are those known here`() throws {
        var stages: Set<String> = []
        for (schema, pointer) in [
            ("model", "/properties"), ("provider", "/properties"), ("accelerator", "/properties"),
            ("mapping", "/$defs/offer/properties"),
        ] {
            let document = try #require(VocabularyTests.schema(schema))
            stages.formUnion(
                VocabularyTests.words(at: pointer + "/status/properties/stage/enum", of: document))
        }
        #expect(stages == Set(Status.Stage.allCases.map(\.rawValue)))
    }

    @Test(arguments: EntityKind.allCases)
    func `a kind is known by the id of its schema`(kind: EntityKind) throws {
        let document = try #require(VocabularyTests.schema(kind.rawValue))
        let id = try #require(document.node(at: "/$id"))
        #expect(EntityKind(schemaID: document.string(at: id)) == kind)
        #expect(EntityKind(schemaID: "https://elsewhere.example/\(kind.rawValue).schema.json") == nil)
    }

    private static func schema(_ name: String) -> Document? {
        let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
        let path = root.joined(separator: "/") + "/schemas/\(name).schema.json"
        guard let bytes = Files.bytes(at: path) else { return nil }
        var document = Document()
        var keys = Interner()
        var findings: [Diagnostic] = []
        var reader = JSONReader()
        let isRead = reader.read(bytes, path: path, into: &document, keys: &keys, findings: &findings)
        return isRead ? document : nil
    }

    private static func words(at pointer: String, of document: Document) -> [String] {
        guard let list = document.node(at: pointer) else { return [] }
        return document.children(of: list).map { document.string(at: $0.value) }
    }
}
