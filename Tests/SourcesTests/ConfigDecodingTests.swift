import Documents
import Sources
import TestKit
import Testing

struct ConfigDecodingTests {
    @Test func `Every configuration is decoded or refused by name`() throws {
        for name in SharedConfigs.configs {
            let quantization = try SharedConfigs.json(String(name.dropLast(5)) + ".hf_quant_config.json")
            let config = try #require(try SharedConfigs.json(name))
            do throws(ConfigFault) {
                let decoded = try HuggingFaceConfig(config, quantization: quantization)
                print(name, decoded.parameters?.total ?? -1, decoded.parameters?.active ?? -1, decoded.parameters?.multiTokenPrediction ?? 0, decoded.parameters?.vision ?? 0, decoded.architecture["native_precision"]?.json ?? "-", decoded.precisionFault?.message ?? "")
            } catch {
                print("REFUSED", name, error.message)
            }
        }
    }
}
