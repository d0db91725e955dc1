// swift-tools-version: 6.0
import PackageDescription

// On Apple's platforms the core comes as an XCFramework, on Linux as a static library beside its header.
#if os(Linux)
    #if arch(arm64)
        let library = "\(Context.packageDirectory)/lib/aarch64-unknown-linux-gnu"
    #else
        let library = "\(Context.packageDirectory)/lib/x86_64-unknown-linux-gnu"
    #endif
    let native: Target = .systemLibrary(name: "XportcnCoreFFI")
    let linking: [LinkerSetting] = [.unsafeFlags(["-L\(library)"])]
#else
    let native: Target = .binaryTarget(name: "XportcnCoreFFI", path: "XportcnCoreFFI.xcframework")
    let linking: [LinkerSetting] = []
#endif

let package = Package(
    name: "Xportcn",
    platforms: [.iOS(.v16), .macOS(.v13)],
    products: [
        .library(name: "Xportcn", targets: ["Xportcn"]),
        .library(name: "XportcnCore", targets: ["XportcnCore"]),
    ],
    targets: [
        .target(name: "Xportcn", dependencies: ["XportcnCore"]),
        .target(name: "XportcnCore", dependencies: ["XportcnCoreFFI"], linkerSettings: linking),
        native,
    ],
    swiftLanguageModes: [.v6]
)
