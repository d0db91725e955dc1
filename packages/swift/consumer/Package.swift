// swift-tools-version: 6.0
import PackageDescription

let package = Package(
    name: "Consumer",
    platforms: [.macOS(.v13)],
    dependencies: [.package(url: "REPOSITORY", exact: "VERSION")],
    targets: [.executableTarget(name: "Consumer", dependencies: [.product(name: "Xportcn", package: "Xportcn")])]
)
