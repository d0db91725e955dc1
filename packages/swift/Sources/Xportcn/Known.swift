import Foundation

/// What an answer has beside its body.
public struct ResponseHead: Sendable, Equatable {
    /// The HTTP status.
    public let status: Int
    /// All headers, by name in lower case. The values of one name are joined by commas.
    public let headers: [String: String]

    /// With these; names of headers are in lower case.
    public init(status: Int, headers: [String: String] = [:]) {
        self.status = status
        self.headers = headers
    }
}

extension ResponseHead {
    init(_ response: XportcnResponse) {
        let headers = response.headers.map { ($0.name.lowercased(), $0.value) }
        self.init(status: response.status, headers: Dictionary(headers) { first, second in "\(first), \(second)" })
    }
}

/// What is known of a call beside what it gave. It is no part of what makes replies and errors equal, nor of their JSON.
struct Known: Sendable {
    var response: ResponseHead?
    var attempts = 0
    var duration = Duration.zero
}

extension Known: Equatable {
    static func == (left: Known, right: Known) -> Bool { true }
}

extension Known: Codable {
    init(from decoder: any Decoder) throws { self.init() }

    func encode(to encoder: any Encoder) throws {}
}

extension KeyedDecodingContainer {
    func decode(_ type: Known.Type, forKey key: Key) throws -> Known { Known() }
}

extension KeyedEncodingContainer {
    func encode(_ value: Known, forKey key: Key) throws {}
}
