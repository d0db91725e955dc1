// swift-tools-version: 6.0
import PackageDescription

// Uses the package as its users do: from target/packages/swift, which `make package-swift` leaves.
let package = Package(
    name: "XportcnTests",
    platforms: [.macOS(.v13)],
    dependencies: [.package(name: "Xportcn", path: "../../../target/packages/swift")],
    targets: [
        .executableTarget(
            name: "Conformance",
            dependencies: [
                .product(name: "Xportcn", package: "Xportcn"), .product(name: "XportcnCore", package: "Xportcn"),
            ]),
        .executableTarget(
            name: "Bench",
            dependencies: [
                .product(name: "Xportcn", package: "Xportcn"), .product(name: "XportcnCore", package: "Xportcn"),
            ]),
        .executableTarget(name: "Bounds", dependencies: [.product(name: "Xportcn", package: "Xportcn")]),
        .testTarget(
            name: "XportcnTests",
            dependencies: [
                .product(name: "Xportcn", package: "Xportcn"), .product(name: "XportcnCore", package: "Xportcn"),
            ]),
    ],
    swiftLanguageModes: [.v6]
)
