// swift-tools-version:5.9
import PackageDescription

let package = Package(
    name: "Medledger",
    platforms: [.iOS(.v15), .macOS(.v12)],
    products: [.library(name: "Medledger", targets: ["Medledger"])],
    targets: [
        // The static library of each platform with its header: see README.md.
        .binaryTarget(name: "MedledgerFFI", path: "MedledgerFFI.xcframework"),
        .target(name: "Medledger", dependencies: ["MedledgerFFI"]),
        .testTarget(name: "MedledgerTests", dependencies: ["Medledger"]),
    ],
    swiftLanguageVersions: [.v5]
)
