import Foundation
import Xportcn

// What one call costs that is answered without end: Bounds ADDRESS MILLISECONDS BYTES. Prints the error, the seconds, and
// the mebibytes by which the process grew, as JSON. Only Linux tells the memory.

struct Cost: Encodable {
    var error = "none"
    var reason = ""
    var seconds = 0.0
    var grownMib = 0.0
}

/// The most memory that this process had.
func peakMib() throws -> Double {
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
    return (line.split(separator: " ").compactMap { Double($0) }.first ?? 0) / 1024
}

let arguments = CommandLine.arguments
var configuration = XportcnClient.Configuration(accessKey: "key", accessSecret: "secret", userId: "user")
configuration.baseUrl = arguments[1]
configuration.options = CallOptions(maxRetries: 0, timeout: .milliseconds(Int(arguments[2]) ?? 0))
configuration.maxReplyBytes = Int(arguments[3])
configuration.log = { _, _ in }
let client = try XportcnClient(configuration: configuration)

var cost = Cost()
let before = try peakMib()
let began = ContinuousClock.now
do {
    _ = try await client.taobao.afterSale.render(subOrderId: "1034499579120189839", goodsStatus: 1, refundType: 1)
} catch let error as XportcnError {
    cost.error = error.kind
    cost.reason = "\(error)"
}
let (seconds, attoseconds) = (ContinuousClock.now - began).components
cost.seconds = Double(seconds) + Double(attoseconds) / 1e18
cost.grownMib = try peakMib() - before
print(String(decoding: try JSONEncoder().encode(cost), as: UTF8.self))
