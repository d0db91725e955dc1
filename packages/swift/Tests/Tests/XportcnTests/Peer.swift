import Foundation
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// The server that answers badly: `Tests/peer.py`.
let peer = ProcessInfo.processInfo.environment["XPORTCN_PEER"] ?? ""

/// How many requests it got in a way.
func counted(_ way: String) async throws -> Int {
    let (data, _) = try await URLSession.shared.data(from: try #require(URL(string: "\(peer)/counts")))
    return try JSONDecoder().decode([String: Int].self, from: data)[way] ?? 0
}

struct Cost: Decodable {
    let error: String
    let reason: String
    let seconds: Double
    let grownMib: Double
}

/// What a call costs that is answered in a way of the peer's, by the program `Bounds`.
func cost(_ way: String, timeout: Int, environment: [String: String] = [:]) throws -> Cost {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(ProcessInfo.processInfo.environment["XPORTCN_BOUNDS"]))
    process.arguments = ["\(peer)/\(way)", "\(timeout)", "\(4 << 20)"]
    process.environment = environment
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let told = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return try JSONDecoder().decode(Cost.self, from: told)
}
