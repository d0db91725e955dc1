import Foundation

/// The data of a reply, and what came with it. The data's own fields can be read from the reply itself.
@dynamicMemberLookup
public struct Reply<Value: Sendable>: Sendable {
    /// The data.
    public let data: Value
    /// The platform's name for this call: quote it when asking the platform.
    public let requestId: String?
    /// The platform's words, as `success`.
    public let message: String?
    /// The developer's account.
    public let developId: String?
    /// Values that did not fit their fields; behind them, fields of the request that were probably misspelt.
    public let warnings: [ReplyWarning]
    /// The body as it was received.
    public let raw: Data
    /// The data as canonical JSON, with the fields that this package does not know.
    public let json: Data
    let known: Known

    /// Status and headers of the answer; nil where a journal has kept the reply.
    public var response: ResponseHead? { known.response }
    /// How many attempts were sent; 0 where the answer was kept.
    public var attempts: Int { known.attempts }
    /// How long the call took, with all its attempts and the waits between them.
    public var duration: Duration { known.duration }

    /// A reply, for tests of what takes one: calls make their own.
    public init(
        data: Value, requestId: String? = nil, message: String? = nil, developId: String? = nil,
        warnings: [ReplyWarning] = [], raw: Data = Data(), json: Data = Data(), response: ResponseHead? = nil,
        attempts: Int = 0, duration: Duration = .zero
    ) {
        self.data = data
        self.requestId = requestId
        self.message = message
        self.developId = developId
        self.warnings = warnings
        self.raw = raw
        self.json = json
        known = Known(response: response, attempts: attempts, duration: duration)
    }

    /// A field of the data.
    public subscript<Field>(dynamicMember field: KeyPath<Value, Field>) -> Field {
        data[keyPath: field]
    }
}

/// By what was answered, however it was received.
extension Reply: Equatable where Value: Equatable {}

/// A value in a reply that did not fit its field: it became nil, or lost what `found` names, and the raw body still has it. Or
/// a further field of the request, which was sent, with nearly the name of a listed field that has no value.
public struct ReplyWarning: Decodable, Equatable, Sendable, CustomStringConvertible {
    /// The field, as `data.orders[3].totalAmount`; as `request.subOrderIds` if it is one of the request.
    public let path: String
    /// The kind of value that belongs there, or the field that was probably meant.
    public let expected: String
    /// The kind of value that stood there.
    public let found: String

    /// A warning.
    public init(path: String, expected: String, found: String) {
        self.path = path
        self.expected = expected
        self.found = found
    }

    /// In words.
    public var description: String {
        "\(path): expected \(expected), found \(found)"
    }
}

/// What comes with a reply's data.
struct ReplyFacts: Decodable {
    let requestId: String?
    let message: String?
    let developId: String?
    let warnings: [ReplyWarning]

    /// As the core takes it back.
    var json: [UInt8] {
        var json = JSONWriter()
        json.object {
            $0.member("requestId", requestId)
            $0.member("message", message)
            $0.member("developId", developId)
            $0.member("warnings", warnings)
        }
        return json.bytes
    }
}

extension ReplyWarning: JSONWritable {
    func write(to json: inout JSONWriter) {
        json.object {
            $0.member("path", path)
            $0.member("expected", expected)
            $0.member("found", found)
        }
    }
}

extension Reply {
    init(data: Value, facts: ReplyFacts, lost: [ReplyWarning], raw: Data, json: Data, known: Known) {
        self.init(
            data: data, requestId: facts.requestId, message: facts.message, developId: facts.developId,
            warnings: facts.warnings + lost, raw: raw, json: json, response: known.response, attempts: known.attempts,
            duration: known.duration)
    }
}
