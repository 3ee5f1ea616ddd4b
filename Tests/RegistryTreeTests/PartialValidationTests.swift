import Diagnostics
import Entities
import RegistryTree
import TestKit
import Testing

/// A run that looks at some files only, as sizing does.
struct PartialValidationTests {
    private func catalog(_ change: (inout Validation.Options) -> Void) throws -> Catalog {
        var options = Validation.Options()
        change(&options)
        return try Validation(root: Repository.root, options: options).catalog
    }

    @Test func `Only the collections that are asked for are read`() throws {
        let part = try catalog { $0.folders = ["accelerators"] }
        let whole = try catalog { _ in }
        #expect(part.accelerators == whole.accelerators)
        #expect(part.models.isEmpty && part.mappings.isEmpty && part.providers.isEmpty)
    }

    @Test func `Only the files that are asked for are read`() throws {
        let id = "meta/llama-3.1-8b-instruct"
        let part = try catalog { options in
            options.folders = ["models"]
            options.wanted = { $0 == "models/\(id).yaml" }
        }
        #expect(part.models.map(\.id.text) == [id])
    }

    @Test func `A part with nothing in it is no fault`() throws {
        var options = Validation.Options()
        options.wanted = { _ in false }
        let validation = try Validation(root: Repository.root, options: options)
        #expect(validation.findings.allSatisfy { $0.severity != .error } && validation.checkedFileCount == 0)
    }
}
