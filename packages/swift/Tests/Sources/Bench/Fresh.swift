import Foundation
import Xportcn

/// What a new process takes for its first call, and to read a large reply; see ``work(_:)``.
func fresh() throws -> [Row] {
    let calls: [Row.Round] = try (0..<9).map { _ in
        let bare = try fastest("bare")
        return (try fastest("call") - bare, try fastest("plain-call") - bare)
    }
    let peaks: [Row.Round] = try (0..<3).map { _ in (try grown("read"), try grown("plain-read")) }
    return [
        .beside("first call", "ms", "JSONEncoder, URLRequest and JSONDecoder, not signed", calls),
        .beside("peak memory of reading 10 MB", "MB", "JSONDecoder into plain structs", peaks),
    ]
}

/// A piece of work in a process of its own. What reads 10 MB prints by how many MB the process grew at most.
func work(_ what: String) async throws {
    func reply(_ name: String) throws -> Data { try Data(contentsOf: inputs.appendingPathComponent(name)) }
    switch what {
    case "bare": print("Foundation is there", Data("x".utf8).base64EncodedString())
    case "call": _ = try await search(reply("reply_1k.json"))
    case "plain-call":
        _ = try plainRequest("/alibaba/product/keywordSearch", ["keyword": "shoes"])
        _ = try JSONDecoder().decode(PlainReply.self, from: reply("reply_1k.json"))
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

private func grown(_ what: String) throws -> Double {
    Double(try child(what).said.trimmingCharacters(in: .whitespacesAndNewlines))!
}

/// The milliseconds of the fastest of some processes: what is asked for is small beside the start of any.
private func fastest(_ what: String) throws -> Double {
    try (0..<5).map { _ in try child(what).milliseconds }.min()!
}

private func child(_ what: String) throws -> (milliseconds: Double, said: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
    process.arguments = [inputs.path, what]
    let output = Pipe()
    process.standardOutput = output
    let started = ContinuousClock.now
    try process.run()
    let said = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let took = microseconds(ContinuousClock.now - started) / 1000
    precondition(process.terminationStatus == 0, "the process for \(what) failed")
    return (took, String(decoding: said, as: UTF8.self))
}

/// A figure of this process's memory, by the kernel's name for it.
func megabytes(_ name: String) throws -> Double {
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = status.split(separator: "\n").first { $0.hasPrefix("\(name):") }!
    return Double(line.filter(\.isNumber))! * 1024 / 1e6
}
