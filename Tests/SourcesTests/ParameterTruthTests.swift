import Documents
import Entities
import Sources
import TestKit
import Testing
import Text

/// Counted parameters against published ones, and against the bytes of real checkpoints.
@Suite struct ParameterTruthTests {
    @Test func `published counts are reproduced exactly but for listed extras`() throws {
        guard let shared = SharedData.folder, let day = SharedConfigs.day else { return }
        let bytes = try #require(Files.bytes(at: shared + "/data/sizing-truth.json"))
        let snapshot = Snapshot(name: "truth", bytes: bytes, origin: Origin(url: nil, seenOn: day))
        let rows = try #require(try HuggingFaceFile.json(of: snapshot)["rows"]?.list)
        let listed = SharedConfigs.list("published-differences.txt")
        var table: [String] = []
        var exactCount = 0
        for row in rows {
            guard let kind = row["kind"]?.text, kind.hasPrefix("params."), let id = row["id"]?.text,
                let repo = row["model"]?.text, let published = row["value"]?.integer,
                case .success(let config)? = SharedConfigs.decoded[repo], let parameters = config.parameters
            else { continue }
            // The others are database values and rounded words: shown, not held.
            let isHeld = row["confidence"] == "high"
            let counted = kind == "params.active" ? parameters.active : parameters.total
            guard let counted else {
                table.append("\(id) \(repo): a tower of unknown size, published \(published)")
                continue
            }
            let parts = StoredDifference.parts(
                stored: published, architecture: config.entity, parameters: parameters)
            let names = parts?.map { "\($0.name) \($0.count)" }.joined(separator: ", ")
            let difference = published - counted
            table.append(
                "\(id) \(repo): \(counted) counted, \(published) published, \(difference) \(names ?? "?")")
            if counted == published {
                exactCount += 1
                #expect(listed[id] == nil, "\(id) passes now; take it off the list")
            } else if isHeld {
                #expect(
                    parts != nil && names.map { listed[id]?.hasPrefix($0) == true } == true,
                    "\(id): \(names ?? "unexplained")")
            }
        }
        print(table.joined(separator: "\n"))
        print("published counts: \(exactCount) of \(table.count) equal")
        #expect(exactCount >= 19)
    }

    @Test func `index totals of real checkpoints are met to the byte, or explained`() throws {
        guard !SharedConfigs.configs.isEmpty else { return }
        let file = try #require(SharedConfigs.snapshots.first { $0.name == "safetensors-index.json" })
        guard case .safetensorsIndexes(let indexes) = try HuggingFaceFile(file) else {
            Issue.record("not read as indexes")
            return
        }
        let listed = SharedConfigs.list("index-differences.txt")
        var exactCount = 0
        var comparedCount = 0
        for (repo, index) in indexes {
            guard case .success(let config)? = SharedConfigs.decoded[repo],
                let total = config.parameters?.total
            else { continue }
            comparedCount += 1
            // Quantized files mix types, so only the bytes of the plain ones are two for each parameter.
            let stored = index.totalBytes / 2
            if 2 * total == index.totalBytes {
                exactCount += 1
                #expect(listed[repo] == nil, "\(repo) passes now; take it off the list")
                continue
            }
            let parts = config.parameters.flatMap {
                StoredDifference.parts(stored: stored, architecture: config.entity, parameters: $0)
            }
            print("\(repo): \(index.totalBytes) bytes, \(total) parameters, \(parts.map { "\($0)" } ?? "?")")
            #expect(listed[repo] != nil, "\(repo): \(stored - total) values more")
        }
        print("index totals: \(exactCount) of \(comparedCount) to the byte")
        #expect(exactCount >= 11)
    }

    @Test func `a stated total that counts a tied matrix twice is found out`() throws {
        let index = try #require(
            SafetensorsIndex([
                "metadata": ["total_parameters": 28_842_036_848, "total_size": 54_864_813_280]
            ]))
        #expect(index.parameterCount(bytesEach: 2) == 27_432_406_640)
        #expect(index.fault(bytesEach: 2)?.contains("counted twice") == true)
    }
}
