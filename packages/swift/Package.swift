// swift-tools-version: 6.0
import PackageDescription

// On Apple's platforms the core comes as an XCFramework, on Linux as a static library beside its header.
#if os(Linux)
    #if arch(arm64)
        let triple = "aarch64-unknown-linux-gnu"
    #else
        let triple = "x86_64-unknown-linux-gnu"
    #endif
    let native: Target = .systemLibrary(name: "XportcnCoreFFI")
    let resources: [Resource]? = nil
    let excluded = ["PrivacyInfo.xcprivacy"]
    // A folder of libraries can only be named by `unsafeFlags`, which SwiftPM refuses in what is depended on by a version. A
    // library can be named by its file, from any folder where linkers look: so first up to the root, however deep that is.
    let toRoot = String(repeating: "/..", count: 32).dropFirst()
    let linking: [LinkerSetting] = [
        .linkedLibrary(":\(toRoot)\(Context.packageDirectory)/lib/\(triple)/libxportcn_uniffi.a")
    ]
#else
    let native: Target = .binaryTarget(name: "XportcnCoreFFI", path: "XportcnCoreFFI.xcframework")
    let linking: [LinkerSetting] = []
    let resources: [Resource]? = [.copy("PrivacyInfo.xcprivacy")]
    let excluded: [String] = []
#endif

let package = Package(
    name: "Xportcn",
    // Rust's own least for 64 bits on a watch is watchOS 26.
    platforms: [.iOS(.v16), .macOS(.v13), .macCatalyst(.v16), .tvOS(.v16), .visionOS(.v1), .watchOS("26.0")],
    products: [
        .library(name: "Xportcn", targets: ["Xportcn"]),
        .library(name: "XportcnCore", targets: ["XportcnCore"]),
    ],
    targets: [
        .target(name: "Xportcn", dependencies: ["XportcnCore"], exclude: excluded, resources: resources),
        .target(name: "XportcnCore", dependencies: ["XportcnCoreFFI"], linkerSettings: linking),
        native,
    ],
    swiftLanguageModes: [.v6]
)
