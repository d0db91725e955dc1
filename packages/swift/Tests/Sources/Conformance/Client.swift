import Foundation
import Xportcn

/// A client with the settings of a line.
func client(_ line: JSONValue) throws -> XportcnClient {
    let settings = line["settings"] ?? [:]
    var configuration = XportcnClient.Configuration(
        accessKey: settings["accessKey"]?.string ?? "", accessSecret: settings["accessSecret"]?.string ?? "",
        userId: settings["userId"]?.string ?? "")
    configuration.baseUrl = settings["baseUrl"]?.string
    configuration.signature = settings["signature"]?.string.flatMap { .init(rawValue: $0) }
    configuration.timestampUnit = settings["timestampUnit"]?.string.flatMap { .init(rawValue: $0) }
    configuration.references = settings["references"]?.string.flatMap { .init(rawValue: $0) }
    configuration.maxReplyBytes = settings["maxReplyBytes"]?.integer
    configuration.strict = flag(settings["strict"])
    configuration.observe = flag(settings["observe"])
    if let limit = settings["limit"], let perSecond = limit["perSecond"].flatMap(rate),
        let burst = limit["burst"]?.integer
    {
        configuration.limit = .init(perSecond: perSecond, burst: burst)
    }
    if case .object(let paths) = settings["paths"] {
        configuration.paths = paths.compactMapValues(\.string)
    }
    configuration.options = options(settings)
    let client = try XportcnClient(configuration: configuration)
    return try line["options"].map { try client.with(options($0)) } ?? client
}

private func options(_ given: JSONValue) -> CallOptions {
    let time = { (name: String) in given[name]?.integer.map { Duration.milliseconds($0) } }
    return CallOptions(
        maxRetries: given["maxRetries"]?.integer, timeout: time("timeout"), deadline: time("deadline"),
        initialBackoff: time("initialBackoff"), maxBackoff: time("maxBackoff"), retryWrites: flag(given["retryWrites"]),
        recoveryWindow: time("recoveryWindow"), retryAfterRecovery: flag(given["retryAfterRecovery"]),
        waitTimeout: time("waitTimeout"))
}

private func flag(_ value: JSONValue?) -> Bool? {
    if case .bool(let flag) = value { flag } else { nil }
}

/// One call: through the row's own function, or by its id where its parameters have no place in the function.
func answer(_ client: XportcnClient, _ id: String, _ params: JSONValue) async throws -> Answered {
    do {
        if let answered = try await call(client, id, Given(params: params)) {
            return answered
        }
    } catch is NotTyped {}
    return try Answered(try await client.request(id, params))
}

private func rate(_ value: JSONValue) -> Double? {
    switch value {
    case .integer(let number): Double(number)
    case .number(let number): Double("\(number)")
    default: nil
    }
}
