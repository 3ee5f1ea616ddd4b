// swift-tools-version: 6.2
import PackageDescription

/// Every target is held to the same settings: Swift 6 mode, no implicit existentials, imports private
/// unless said otherwise, and a warning stops the build.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

/// Rooms that hold C pointers or raw bytes mark every unsafe expression.
let strictMemory = strict + [.strictMemorySafety()]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "model-atlas",
    products: [
        .executable(name: "registry", targets: ["registry"]),
        .executable(name: "atlas", targets: ["atlas"]),
        .library(name: "JSONSchema", targets: ["JSONSchema"]),
        .executable(name: "benchmarks", targets: ["Benchmarks"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0")
    ],
    targets: [
        // Cellar: system libraries; those that not every command needs are loaded when one is called.
        .systemLibrary(
            name: "CYAML", path: "Sources/CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .target(name: "CLoader"),
        .target(name: "CGit2", dependencies: ["CLoader"]),
        .target(name: "CPostgres", dependencies: ["CLoader"]),
        .target(name: "CHiredis", dependencies: ["CLoader"]),
        .target(name: "CCrypto", dependencies: ["CLoader"]),

        // Floor 1.
        .target(name: "Text", swiftSettings: strictMemory),
        .target(name: "Diagnostics", dependencies: ["Text"], swiftSettings: strict),

        // Floor 2.
        .target(name: "Documents", dependencies: ["Text", "Diagnostics"], swiftSettings: strictMemory),
        .target(
            name: "YAML", dependencies: ["CYAML", "Text", "Diagnostics", "Documents"],
            swiftSettings: strictMemory),
        .target(name: "Git", dependencies: ["CGit2", "Text"], swiftSettings: strictMemory),
        .target(name: "Postgres", dependencies: ["CPostgres", "Text"], swiftSettings: strictMemory),
        .target(name: "Redis", dependencies: ["CHiredis"], swiftSettings: strictMemory),
        .target(name: "Digests", dependencies: ["CCrypto"], swiftSettings: strictMemory),

        // Floor 3.
        .target(
            name: "JSONSchema", dependencies: ["Text", "Diagnostics", "Documents", "YAML"],
            swiftSettings: strict),
        .target(name: "Entities", dependencies: ["Text", "Diagnostics", "Documents"], swiftSettings: strict),

        // Floor 4.
        .target(
            name: "RegistryTree",
            dependencies: ["Text", "Diagnostics", "Documents", "YAML", "Git", "JSONSchema", "Entities"],
            swiftSettings: strict),
        .target(
            name: "Sources", dependencies: ["Text", "Diagnostics", "Documents", "Entities"],
            swiftSettings: strict),

        .target(name: "Coverage", dependencies: ["Text", "Diagnostics", "Entities"], swiftSettings: strict),
        .target(name: "Sizing", dependencies: ["Text", "Entities"], swiftSettings: strict),
        .target(name: "Pricing", dependencies: ["Text", "Diagnostics", "Entities"], swiftSettings: strict),

        // Floor 5.
        .target(
            name: "Ranking", dependencies: ["Text", "Diagnostics", "Entities", "Sizing", "Pricing"],
            swiftSettings: strict),
        .target(
            name: "Storage", dependencies: ["Text", "Digests", "Postgres", "Entities"],
            swiftSettings: strict),

        // Doors.
        .target(
            name: "Commands",
            dependencies: [
                "Text", "Diagnostics", "Documents", "Git", "Postgres", "Redis", "Entities", "RegistryTree",
                "Sources", argumentParser,
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "registry",
            dependencies: [
                "Text", "Diagnostics", "Documents", "YAML", "Git", "Postgres", "Redis", "JSONSchema",
                "Entities", "RegistryTree", "Sources", "Coverage", "Storage", "Commands", argumentParser,
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "atlas",
            dependencies: [
                "Text", "Diagnostics", "Digests", "Git", "Entities", "RegistryTree", "Sizing", "Pricing",
                "Ranking",
                "Sources", "Coverage",
                "Commands",
                argumentParser,
            ],
            swiftSettings: strict),

        // Yard.
        .target(
            name: "TestKit",
            dependencies: [
                "Text", "Diagnostics", "Documents", "YAML", "Postgres", "JSONSchema", "Entities", "Sizing",
                "Sources",
                "RegistryTree", "Commands",
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "Benchmarks",
            dependencies: [
                "Text", "Postgres", "Entities", "RegistryTree", "Sizing", "Pricing", "Storage", "TestKit",
                argumentParser,
            ],
            swiftSettings: strict),

        .testTarget(name: "TextTests", dependencies: ["Text", "TestKit"], swiftSettings: strict),
        .testTarget(
            name: "DiagnosticsTests", dependencies: ["Text", "Diagnostics", "TestKit"], swiftSettings: strict),
        .testTarget(
            name: "DocumentsTests", dependencies: ["Text", "Diagnostics", "Documents", "TestKit"],
            swiftSettings: strict),
        .testTarget(
            name: "YAMLTests", dependencies: ["Text", "Diagnostics", "Documents", "YAML", "TestKit"],
            swiftSettings: strict),
        .testTarget(name: "GitTests", dependencies: ["Git", "TestKit"], swiftSettings: strict),
        .testTarget(
            name: "PostgresTests", dependencies: ["Text", "Postgres", "TestKit"], swiftSettings: strict),
        .testTarget(name: "RedisTests", dependencies: ["Redis", "TestKit"], swiftSettings: strict),
        .testTarget(
            name: "JSONSchemaTests",
            dependencies: ["Text", "Diagnostics", "Documents", "YAML", "JSONSchema", "TestKit"],
            swiftSettings: strict),
        .testTarget(
            name: "EntitiesTests",
            dependencies: ["Text", "Diagnostics", "Documents", "YAML", "Entities", "TestKit"],
            swiftSettings: strict),
        .testTarget(
            name: "RegistryTreeTests",
            dependencies: [
                "Text", "Diagnostics", "Documents", "YAML", "Git", "JSONSchema", "Entities", "RegistryTree",
                "TestKit",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "SizingTests",
            dependencies: [
                "Text", "Diagnostics", "Documents", "Entities", "RegistryTree", "Sizing", "TestKit",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "PricingTests",
            dependencies: ["Text", "Diagnostics", "Entities", "Pricing", "RegistryTree", "TestKit"],
            swiftSettings: strict),
        .testTarget(
            name: "RankingTests",
            dependencies: [
                "Text", "Diagnostics", "Entities", "RegistryTree", "Sizing", "Pricing", "Ranking", "TestKit",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "SourcesTests",
            dependencies: [
                "Text", "Diagnostics", "Documents", "Entities", "RegistryTree", "Sources", "TestKit",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "AtlasTests",
            dependencies: [
                "atlas", "Text", "Diagnostics", "Entities", "Sources", "Pricing", "Coverage", "Commands",
                "RegistryTree",
                "TestKit",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "RegistryTests",
            dependencies: [
                "registry", "Text", "Diagnostics", "Git", "Postgres", "Redis", "RegistryTree", "Commands",
                "TestKit",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "StorageTests",
            dependencies: [
                "Text", "Diagnostics", "Documents", "Digests", "Git", "Postgres", "Redis", "Entities",
                "RegistryTree", "Storage", "TestKit",
            ],
            swiftSettings: strict),
        .testTarget(name: "TestKitTests", dependencies: ["Postgres", "TestKit"], swiftSettings: strict),
        .testTarget(name: "TidyTests", dependencies: ["TestKit"], swiftSettings: strict),
        .testTarget(
            name: "WorkflowTests",
            dependencies: ["Text", "Diagnostics", "Documents", "YAML", "TestKit"], swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6]
)
