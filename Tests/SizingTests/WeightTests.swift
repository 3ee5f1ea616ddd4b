import Entities
import Sizing
import Testing

struct WeightTests {
    @Test func `The roles of a model's weights add up to its parameters`() throws {
        let catalog = try #require(SizingFixtures.catalog)
        var checked = 0
        for model in catalog.models {
            guard let architecture = model.architecture, let count = architecture.parameterCount,
                let groups = architecture.tensorGroups
            else { continue }
            #expect(groups.reduce(0) { $0 + $1.parameterCount } == count.total, "\(model.id)")
            checked += 1
        }
        #expect(checked > 100)
    }

    @Test(arguments: [
        ("meta/llama-3.3-70b-instruct", "Q4_K_M", 39.59), ("alibaba/qwen2.5-7b-instruct", "Q4_K_M", 4.36),
        ("meta/llama-3.1-70b-instruct", "Q4_0", 37.22),
    ])
    func `Files of llama.cpp have their published size`(id: String, format: String, gib: Double) throws {
        let bytes = try SizingFixtures.model(id, format).weights
        #expect(abs(bytes.total / 1_073_741_824 / gib - 1) < 0.001)
    }

    @Test func `Fewer bits are never more bytes`() throws {
        let architecture = try SizingFixtures.architecture("alibaba/qwen3-30b-a3b")
        let sizes = ["fp32", "bf16", "fp8", "Q8_0", "Q6_K", "Q5_K_M", "Q4_K_M", "Q3_K_M", "Q2_K"].map {
            name in
            WeightFormat(name).flatMap { WeightBytes(of: architecture, as: $0)?.total } ?? 0
        }
        #expect(sizes.dropFirst(3) == sizes.dropFirst(3).sorted(by: >)[...])
        #expect(sizes[0] > sizes[1] && sizes[1] > sizes[2])
    }
}
