import Foundation
import Xportcn

/// What a new process takes for its first call, and to read a large reply; see ``work(_:)``.
func fresh() throws -> [Row] {
    let calls: [Row.Round] = try (0..<25).map { _ in (try told("call"), try told("plain-call")) }
    let peaks: [Row.Round] = try (0..<3).map { _ in (try told("read"), try told("plain-read")) }
    return [
        .beside("first call", "ms", "JSONEncoder, MD5, URLRequest and JSONDecoder by hand", calls, budget: 1.5),
        .beside("peak memory of reading 10 MB", "MB", "JSONDecoder into plain structs", peaks),
    ]
}

/// A piece of work in a process of its own. It prints the milliseconds that it took; what reads 10 MB, by how many MB the
/// process grew at most.
func work(_ what: String) async throws {
    func reply(_ name: String) throws -> Data { try Data(contentsOf: inputs.appendingPathComponent(name)) }
    let small = try reply("reply_1k.json")
    let started = ContinuousClock.now
    switch what {
    case "call":
        _ = try await search(small)
        print(microseconds(.now - started) / 1000)
    case "plain-call":
        _ = try signedRequest("/alibaba/product/keywordSearch", ["keyword": "shoes"])
        _ = try JSONDecoder().decode(PlainReply.self, from: small)
        print(microseconds(.now - started) / 1000)
    case "read":
        try await growth(reply("reply_10m.json")) { try await search($0) }
    case "plain-read":
        try await growth(reply("reply_10m.json")) { try JSONDecoder().decode(PlainReply.self, from: $0) }
    default: fatalError("there is no work \(what)")
    }
}

/// A call with this answer, as a user makes it.
private func search(_ body: Data) async throws -> Reply<Alibaba.ProductOfferPage> {
    try await client(Local(body)).alibaba.product.keywordSearch(keyword: "shoes")
}

private func growth(_ body: Data, _ read: (Data) async throws -> some Any) async throws {
    let before = try megabytes("VmRSS")
    let data = try await read(body)
    print(try megabytes("VmHWM") - before)
    withExtendedLifetime(data) {}
}

/// What a process of its own prints for a piece of work.
private func told(_ what: String) throws -> Double {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
    process.arguments = [inputs.path, what]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    precondition(process.terminationStatus == 0, "the process for \(what) failed")
    return Double(said.trimmingCharacters(in: .whitespacesAndNewlines))!
}

/// A figure of this process's memory, by the kernel's name for it.
func megabytes(_ name: String) throws -> Double {
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = status.split(separator: "\n").first { $0.hasPrefix("\(name):") }!
    return Double(line.filter(\.isNumber))! * 1024 / 1e6
}
