import Foundation
import Xportcn

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

// The package beside its peers, in one run: medians of interleaved rounds. Exits with 1 if a budget is missed.

let inputs = URL(fileURLWithPath: CommandLine.arguments[1])
let clock = ContinuousClock()

/// A whole call, from its parameters to the typed reply, beside reading the same bytes into plain structs.
func reading(_ file: String, _ name: String, times: Int) async throws -> Row {
    let body = try Data(contentsOf: inputs.appendingPathComponent(file))
    let client = try client(Local(body))
    var rounds: [(ours: Double, peer: Double)] = []
    for round in 0..<24 {
        let started = clock.now
        for _ in 0..<times {
            let reply = try await client.alibaba.product.keywordSearch(keyword: "shoes")
            precondition(reply.data.data?.isEmpty == false)
        }
        let between = clock.now
        for _ in 0..<times {
            let reply = try JSONDecoder().decode(PeerReply.self, from: body)
            precondition(reply.data?.data?.isEmpty == false)
        }
        let ended = clock.now
        if round >= 3 {
            rounds.append(
                (microseconds(between - started) / Double(times), microseconds(ended - between) / Double(times)))
        }
    }
    return .beside("\(name): a call and its typed reply, microseconds", "JSONDecoder alone, plain structs", rounds, budget: 1.3)
}

/// From the call to the signed request, beside a request without a signature.
func signing() async throws -> Row {
    let transport = Local(Data(#"{"code":200,"data":{}}"#.utf8))
    let client = try client(transport)
    var ours: [Double] = []
    var theirs: [Double] = []
    for round in 0..<5000 {
        let started = clock.now
        _ = try await client.taobao.afterSale.render(
            subOrderId: "1034499579120189839", goodsStatus: 1, refundType: 1)
        let mine = microseconds(transport.asked - started)
        let begun = clock.now
        precondition(try plainRequest().httpBody?.isEmpty == false)
        let other = microseconds(clock.now - begun)
        if round >= 500 {
            ours.append(mine)
            theirs.append(other)
        }
    }
    let (mine, other) = (median(ours), median(theirs))
    return Row(
        case: "a call until its signed request, microseconds", ours: rounded(mine),
        peer: "JSONEncoder and URLRequest, not signed", peer_value: rounded(other), ratio: rounded(mine / other),
        budget: 50, ok: mine <= 50)
}

func plainRequest() throws -> URLRequest {
    var request = URLRequest(url: URL(string: "https://api.xportcn.com/open/order/refund/render")!)
    request.httpMethod = "POST"
    let call = PeerRender(subOrderId: "1034499579120189839", goodsStatus: 1, refundType: 1)
    request.httpBody = try JSONEncoder().encode(call)
    for name in ["access-key", "timestamp", "nonce-str", "user-id", "content-type"] {
        request.setValue("0123456789abcdef", forHTTPHeaderField: name)
    }
    return request
}

/// Resident memory after 50,000 calls, as a multiple of that after the first 5,000.
func memory() async throws -> Row {
    let client = try client(Local(try Data(contentsOf: inputs.appendingPathComponent("reply_1k.json"))))
    var after5000 = 0.0
    for number in 1...50_000 {
        _ = try await client.alibaba.product.keywordSearch(keyword: "shoes")
        if number == 5000 { after5000 = try residentMegabytes() }
    }
    let after = try residentMegabytes()
    let ratio = after / after5000
    return Row(
        case: "resident memory after 50,000 calls, MB", ours: rounded(after), peer: "the same after 5,000",
        peer_value: rounded(after5000), ratio: rounded(ratio), budget: 1.1, ok: ratio <= 1.1)
}

func residentMegabytes() throws -> Double {
    let pages = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " ")[1]
    return Double(pages)! * 4096 / 1e6
}

let rows = [
    try await reading("reply_24k.json", "24 KB reply", times: 20),
    try await reading("reply_1m.json", "1 MB reply", times: 1),
    try await signing(),
    try await memory(),
]
for row in rows { try row.print() }
exit(rows.allSatisfy(\.ok) ? 0 : 1)
