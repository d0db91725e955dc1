import Foundation
import Xportcn

/// Reading a reply, and a whole call of which it is the answer, beside reading the same bytes into plain structs. They take
/// turns one by one, so that a busy machine does not weigh on one of them alone.
func reading(_ size: String, _ file: String, rounds count: Int, budget: Double?) async throws -> [Row] {
    let clock = ContinuousClock()
    let body = try Data(contentsOf: inputs.appendingPathComponent(file))
    let client = try client(Local(body))
    let decoder = JSONDecoder()
    var reads: [Row.Round] = []
    var calls: [Row.Round] = []
    for round in 0..<count {
        let started = clock.now
        let read = try client.read(Alibaba.Product.KeywordSearch.self, body: body)
        let first = clock.now
        let called = try await client.alibaba.product.keywordSearch(keyword: "shoes")
        let second = clock.now
        let theirs = try decoder.decode(PlainReply.self, from: body)
        let ended = clock.now
        precondition(read == called && read.data.data?.count == theirs.data?.data?.count && read.warnings.isEmpty)
        if round >= count / 10 {
            reads.append((microseconds(first - started), microseconds(ended - second)))
            calls.append((microseconds(second - first), microseconds(ended - second)))
        }
    }
    let peer = "JSONDecoder into plain structs"
    return [
        .beside("read a reply of \(size)", "µs", peer, reads, budget: budget),
        .beside("a call and its reply of \(size)", "µs", peer, calls, budget: budget),
    ]
}

/// Resident memory after 50,000 calls, as a multiple of that after the first 5,000.
func memory() async throws -> Row {
    let client = try client(Local(try Data(contentsOf: inputs.appendingPathComponent("reply_1k.json"))))
    var after5000 = 0.0
    for number in 1...50_000 {
        _ = try await client.alibaba.product.keywordSearch(keyword: "shoes")
        if number == 5000 { after5000 = try megabytes("VmRSS") }
    }
    let after = try megabytes("VmRSS")
    return .beside("memory after 50,000 calls", "MB", "the same after 5,000", [(after, after5000)], budget: 1.1)
}
