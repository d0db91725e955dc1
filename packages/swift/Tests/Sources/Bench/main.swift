import Foundation
import Xportcn

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

// The package beside its peers, in one run: medians of interleaved rounds. Exits with 1 if a budget is missed.

let inputs = URL(fileURLWithPath: CommandLine.arguments[1])
let clock = ContinuousClock()

/// Reading a reply, and a whole call of which it is the answer, beside reading the same bytes into plain structs. They take
/// turns one by one, so that a busy machine does not weigh on one of them alone.
func reading(_ file: String, _ name: String, rounds count: Int, budget: Double) async throws -> [Row] {
    let body = try Data(contentsOf: inputs.appendingPathComponent(file))
    let client = try client(Local(body))
    var reads: [(ours: Double, peer: Double)] = []
    var calls: [(ours: Double, peer: Double)] = []
    for round in 0..<count {
        let started = clock.now
        let read = try client.read(Alibaba.Product.KeywordSearch.self, body: body)
        let first = clock.now
        let called = try await client.alibaba.product.keywordSearch(keyword: "shoes")
        let second = clock.now
        let theirs = try JSONDecoder().decode(PeerReply.self, from: body)
        let ended = clock.now
        precondition(read == called && read.data.data?.count == theirs.data?.data?.count && read.warnings.isEmpty)
        if round >= count / 10 {
            reads.append((microseconds(first - started), microseconds(ended - second)))
            calls.append((microseconds(second - first), microseconds(ended - second)))
        }
    }
    let peer = "JSONDecoder alone, plain structs"
    return [
        .beside("\(name), microseconds", peer, reads, budget: budget),
        .beside("a call and its \(name), microseconds", peer, calls, budget: budget),
    ]
}

/// From the call to the signed request, beside a request without a signature.
func signing() async throws -> [Row] {
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
        let request = try plainRequest()
        let other = microseconds(clock.now - begun)
        precondition(request.httpBody?.isEmpty == false)
        if round >= 500 {
            ours.append(mine)
            theirs.append(other)
        }
    }
    let name = "a call until its signed request, microseconds"
    return [
        .beside(name, "JSONEncoder and URLRequest, not signed", Array(zip(ours, theirs)), budget: 3),
        .against(name, median(ours), limit: 50),
    ]
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
    return .beside("resident memory after 50,000 calls, MB", "the same after 5,000", [(after, after5000)], budget: 1.1)
}

func residentMegabytes() throws -> Double {
    let pages = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " ")[1]
    return Double(pages)! * 4096 / 1e6
}

var rows = try await reading("reply_24k.json", "24 KB reply", rounds: 600, budget: 1.3)
rows += try await reading("reply_1m.json", "1 MB reply", rounds: 40, budget: 1.6)
rows += try await signing()
rows.append(try await memory())
for row in rows { try row.print() }
exit(rows.allSatisfy(\.ok) ? 0 : 1)
