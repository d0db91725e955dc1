import Foundation
import Testing
import Xportcn

/// What answers without end cost, each in a process of its own: `Tests/endless.py` has them.
@Suite(.serialized) struct BoundsTests {
    private let timeout = 500

    @Test(arguments: [
        "nothing", "status", "head", "value", "interim", "body", "body-without-length", "chunks", "chunk-size",
        "chunk-extension", "trailers", "gzip", "gzip-without-content",
    ]) func anAnswerThatTricklesEndsWithTheTime(_ way: String) throws {
        // libcurl has a limit for a chunk's size, and takes one stream of gzip: either breaks when half a second has trickled.
        let isBroken = ["chunk-size", "gzip-without-content"].contains(way)
        let cost = try cost("trickle-\(way)", timeout: isBroken ? 3 * timeout : timeout)
        #expect(cost.error == (isBroken ? "Transport" : "Timeout"), "\(cost.reason)")
        #expect(cost.seconds < 2)
        #expect(cost.grownMib < 24)
    }

    @Test(arguments: ["interim", "head", "value", "chunks", "body"])
    func anAnswerWithoutEndIsReadNoFurtherThanAllowed(_ way: String) throws {
        let cost = try cost("flood-\(way)", timeout: 2000)
        #expect(["Decode", "Timeout", "Transport"].contains(cost.error), "\(cost.reason)")
        #expect(cost.seconds < 4)
        #expect(cost.grownMib < 64)
    }

    @Test(arguments: [
        "gzip", "x-gzip", "GZIP", "gzip-members", "gzip-gzip", "gzip-many", "deflate", "br", "zstd",
    ]) func aSmallBodyThatUnpacksToALargeOneIsReadNoFurtherThanAllowed(_ way: String) throws {
        let cost = try cost("bomb-\(way)", timeout: 10_000)
        // libcurl takes one stream of gzip, and five ways of packing.
        let isBroken = ["gzip-members", "gzip-many"].contains(way)
        #expect(cost.error == (isBroken ? "Transport" : "Decode"), "\(cost.reason)")
        let isUnpacked = ["gzip", "x-gzip", "GZIP"].contains(way)
        let words = isBroken ? "broke" : isUnpacked ? "larger than" : "compressed"
        #expect(cost.reason.contains(words), "\(cost.reason)")
        #expect(cost.seconds < 5)
        #expect(cost.grownMib < 48)
    }

    /// The sandbox is on this machine: a proxy would get what is signed, and could not reach it.
    @Test(arguments: ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"])
    func noVariableLeadsWhatIsForThisMachineThroughAProxy(_ variable: String) async throws {
        let cost = try cost("gzip", timeout: 2000, environment: [variable: peer])
        if variable == "HTTP_PROXY" {
            #expect(cost.error == "none", "curl does not take it: \(cost.reason)")
        } else {
            #expect(cost.error == "Transport" && cost.reason.contains("add 127.0.0.1 to no_proxy"), "\(cost.reason)")
        }
        #expect(try await counted("proxied") == 0)
    }
}
