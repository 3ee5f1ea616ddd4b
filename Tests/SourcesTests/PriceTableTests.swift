import Documents
import Entities
import Sources
import Testing
import Text

struct PriceTableTests {
    private let accelerator: (EntityKind, String) = (
        .accelerator,
        """
        {"id": "h100-sxm", "name": "H100", "vendor": "nvidia", "kind": "gpu", "aliases": [{"value": "H100_80GB"}],
         "memory": {"bytes": 85899345920}, "bandwidth_bytes_per_s": 3350000000000, "status": {"stage": "active"},
         "source": {"kind": "manual", "checked_on": "2026-01-01"}}
        """
    )

    private func harvest(_ source: SourceName, _ text: String, name: String = "prices.csv") throws -> Harvest
    {
        try source.harvest(
            from: [SourceFixtures.snapshot(text, name: name)],
            knowing: SourceFixtures.catalog([
                SourceFixtures.model("v/painter"), SourceFixtures.provider("acme"),
                SourceFixtures.provider("deepgram"), SourceFixtures.provider("fal", aliases: ["fal_ai"]),
                accelerator,
            ]))
    }

    private let head =
        "workload_type,provider,billing_type,sku_key,sku_name,model_key,unit_price_usd,unit_name,region,source_url,source_date,confidence\n"

    @Test(arguments: [
        ("per_image", "0.02", "image", "0.02/1"), ("1000_images", "20", "image", "20/1000"),
        ("megapixel", "0.04", "megapixel", "0.04/1"), ("second", "0.1", "second", "0.1/1"),
        ("video_minute", "0.1", "minute", "0.1/1"), ("audio_hour", "0.22", "hour", "0.22/1"),
        ("1k_chars", "0.03", "character", "0.03/1000"), ("1M_chars", "65", "character", "65/1000000"),
    ])
    func `Units have meters`(unit: String, price: String, meter: String, rate: String) throws {
        let harvest = try harvest(
            .priceCSV,
            head
                + "image_generation,fal_ai,x,k,Painter,painter,\(price),\(unit),global,https://x.test,2026-02-18,official\n"
        )
        #expect(harvest.rates("mappings/fal/v/painter.yaml") == [meter: rate])
    }

    @Test func `A quote that is never closed is named with its line`() {
        let rows =
            "image_generation,fal_ai,x,k,\"Painter,painter,1,image\nimage_generation,fal_ai,x,k,B,b,1,image\n"
        let error = #expect(throws: SourceError.self) { try harvest(.priceCSV, head + rows) }
        #expect(error.map { "\($0)" }?.contains("record of line 2 is never closed") == true)
    }

    @Test(arguments: [
        ("generic,fal_ai,x,k,Painter,painter,1,image", Refusal.Reason.unreadable),
        ("image_generation,fal_ai,x,k,Painter,painter,0,image", .unreadable),
        ("image_generation,fal_ai,x,k,Painter,painter,-1,image", .unreadable),
        ("image_generation,fal_ai,x,k,Painter,painter,abc,image", .unreadable),
        ("image_generation,nobody,x,k,Painter,painter,1,image", .unknownProvider),
        ("image_generation,fal_ai,x,k,Sculptor,sculptor,1,image", .unknownModel),
        ("image_generation,fal_ai,x,k,Painter,painter,1,furlong", .notComparable),
        ("image_generation,fal_ai,x,k,Painter next 4M images,painter,1,image", .notComparable),
        ("image_generation,fal_ai,x,k,GPU instance T4,painter,1,minute", .notComparable),
        ("text_to_speech,fal_ai,x,k,Painter Creator,painter,1,1k_chars", .notComparable),
        ("llm,fal_ai,x,k,Painter,painter,1,1m_tokens", .notComparable),
    ])
    func `A row that is no price of a model is refused with its reason`(
        row: String, reason: Refusal.Reason
    ) throws {
        let harvest = try harvest(.priceCSV, head + row + ",global,https://x.test,2026-02-18,official\n")
        #expect(harvest.proposals.isEmpty)
        #expect(harvest.refusals.map(\.reason) == [reason])
        #expect(harvest.refusals.first?.subject == "prices.csv:2")
    }

    @Test func `A maker's own model is written down where it is missing`() throws {
        let harvest = try harvest(
            .priceCSV,
            head
                + "speech_to_text,deepgram,x,k,Nova-3 STT,nova-3,0.0077,audio_min,global,https://x.test,2026-02-18,official\n"
        )
        let model = try #require(harvest.record("models/deepgram/nova-3.yaml"))
        #expect(model["modalities"]?.json == #"{"input":["audio"],"output":["text"]}"#)
        #expect(harvest.rates("mappings/deepgram/deepgram/nova-3.yaml") == ["minute": "0.0077/1"])
    }

    @Test func `Missing columns are named`() {
        let error = #expect(throws: SourceError.self) { try harvest(.priceCSV, "provider,amount\nx,1\n") }
        #expect(error?.message.contains("workload_type, sku_key") == true)
    }

    @Test func `Quotes, line breaks and a byte order mark are CSV`() throws {
        let harvest = try harvest(
            .priceCSV,
            "\u{FEFF}" + head.dropLast() + "\r\n"
                + "image_generation,fal_ai,x,k,\"Pain\"\"ter,\n1\",painter,0.5,image,global,https://x.test,2026-02-18,official"
        )
        #expect(harvest.rates("mappings/fal/v/painter.yaml") == ["image": "0.5/1"])
    }

    private let rentalHead =
        "provider,gpu_type,billing_mode,price_per_gpu_hour_usd,region,workload_type,min_gpus,confidence,last_verified_at\n"

    @Test func `Rentals go to their providers, each price once`() throws {
        let rows = """
            acme,H100_80GB,dedicated_hourly,2.5,global,llm,1,official,2026-02-26
            acme,H100_80GB,dedicated_hourly,2.5,global,embeddings,1,official,2026-02-26
            acme,H100_80GB,autoscale_hourly,3.5,global,llm,1,official,2026-02-26
            acme,B200,dedicated_hourly,5,global,llm,1,official,2026-02-26
            acme,H100_80GB,dedicated_hourly,15,global,llm,1,estimated,2026-02-26
            """
        let harvest = try harvest(.priceCSV, rentalHead + rows)
        let offers = harvest.record("providers/acme.yaml")?["accelerator_offers"]?.list ?? []
        #expect(offers.map { $0["price_per_accelerator_hour"]?.json } == ["2.5", "3.5"])
        #expect(offers.map { $0["commitment"]?.text } == ["on_demand", "autoscale"])
        #expect(harvest.count(of: .unknownAccelerator) == 1)
        // A vendor that rents no machines is in such lists with a guess.
        #expect(harvest.count(of: .implausiblePrice) == 1)
    }

    @Test func `Rentals of one accelerator under two names are two, and spot is no list price`() throws {
        let head =
            "provider,gpu_type,sku,billing_mode,price_per_gpu_hour_usd,region,workload_type,min_gpus,confidence,last_verified_at\n"
        let rows = """
            acme,h100-sxm,secure,dedicated_hourly,2.5,global,llm,8,high,2026-10-09
            acme,h100-sxm,community,dedicated_hourly,2.5,global,llm,8,high,2026-10-09
            acme,h100-sxm,,spot_hourly,1.5,global,llm,8,high,2026-10-09
            """
        let harvest = try harvest(.priceCSV, head + rows)
        let offers = harvest.record("providers/acme.yaml")?["accelerator_offers"]?.list ?? []
        #expect(offers.map { $0["sku"]?.text } == ["secure", "community", nil])
        #expect(offers.map { $0["commitment"]?.text } == ["on_demand", "on_demand", "spot"])
        #expect(offers.map { $0["effective_from"]?.text } == ["2026-10-09", "2026-10-09", "2026-10-09"])
    }

    @Test func `An accelerator has exact bytes and dense rates`() throws {
        let harvest = try harvest(
            .accelerators,
            """
            {"accelerators": [{"id": "card-1", "name": "Card", "vendor": "aws", "kind": "accelerator", "arch": "cdna3",
              "memory_gb": 24, "usable_gib": 23.5, "bandwidth_gb_s": 936.2, "dense_tflops": {"bf16": 71.2, "fp8": null},
              "interconnect": {"type": "NVLink4", "gb_s_per_direction": 450}, "tdp_w": 350, "source": "a table"}]}
            """, name: "a.json")
        let record = try #require(harvest.record("accelerators/card-1.yaml"))
        #expect(
            record["memory"]?.json == #"{"bytes":25769803776,"marketing_gb":24,"usable_bytes":25232932864}"#)
        #expect(record["bandwidth_bytes_per_s"]?.json == "936200000000")
        #expect(record["flops"]?.json == #"{"bf16":{"dense":71200000000000}}"#)
        #expect(record["interconnect"]?["kind"]?.text == "nvlink")
        #expect(record["vendor"]?.text == "amazon")
    }
}
