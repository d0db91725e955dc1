import Foundation
internal import XportcnCore

/// Calls the platform: `try await client.taobao.afterSale.render(subOrderId: "...", goodsStatus: 1, refundType: 1)`.
/// Copies are the same client, and any number of tasks may share it.
public struct XportcnClient: Sendable {
    let connection: Connection
    let terms: Terms

    /// A client of the platform.
    ///
    /// - Parameters:
    ///   - configuration: The account, and what differs from the usual.
    ///   - transport: What carries requests.
    /// - Throws: ``XportcnError/config(_:)`` names the setting that is wrong.
    public init(configuration: Configuration, transport: any XportcnTransport = URLSessionTransport()) throws {
        connection = try Connection(configuration, transport)
        terms = Terms(options: "", listeners: configuration.onEvent.map { [$0] } ?? [])
    }

    private init(connection: Connection, terms: Terms) {
        self.connection = connection
        self.terms = terms
    }

    /// The same client with other options. It shares connections, clock and limit of calls, and those who listen.
    ///
    /// - Parameters:
    ///   - options: Take the place of all options that this client has, if they are given.
    ///   - onEvent: Is told of everything that happens to calls of the new client, too.
    public func with(
        _ options: CallOptions? = nil, onEvent: (@Sendable (CallEvent) -> Void)? = nil
    ) throws -> XportcnClient {
        var terms = terms
        if let options { terms.options = try Settings(options).json() }
        if let onEvent { terms.listeners.append(onEvent) }
        return XportcnClient(connection: connection, terms: terms)
    }

    /// Makes a call that was put together before.
    ///
    /// - Throws: ``XportcnError``
    public func send<Call: XportcnCall>(_ call: Call) async throws -> Reply<Call.Response> {
        try await connection.call(Call.id, try encoded(call), terms).typed(none: Call.none, connection)
    }

    /// The pages of a call, one after another, each asked for when it is wanted.
    public func pages<Call: XportcnPagedCall>(_ call: Call) -> AsyncThrowingStream<Reply<Call.Response>, any Error> {
        let walk = walk(call)
        return AsyncThrowingStream {
            try await walk.next()?.typed(none: Call.none, walk.connection)
        }
    }

    /// The items of all pages of a call, one after another, each page asked for when it is wanted.
    public func items<Call: XportcnPagedCall>(_ call: Call) -> AsyncThrowingStream<Call.Item, any Error> {
        let walk = walk(call)
        let shelf = Shelf {
            try await walk.next().map { Call.items(of: try $0.typed(none: Call.none, walk.connection).data) }
        }
        return AsyncThrowingStream {
            try await shelf.next()
        }
    }

    private func walk(_ call: some XportcnPagedCall) -> Walk {
        Walk(connection, type(of: call).id, Result { try encoded(call) }, terms)
    }

    /// Calls an endpoint by its id, with parameters by their canonical names.
    ///
    /// - Throws: ``XportcnError``
    public func request(_ id: String, _ parameters: JSONValue = [:]) async throws -> Reply<JSONValue> {
        try await connection.call(id, try encoded(parameters), terms).typed(none: .null, connection)
    }

    /// Reads an answer that was kept, without a call.
    ///
    /// - Parameters:
    ///   - call: The type of the call that was answered, as `Taobao.AfterSale.Render.self`.
    ///   - status: The HTTP status.
    ///   - body: The body as it was received.
    /// - Throws: ``XportcnError``, as the call itself.
    public func read<Call: XportcnCall>(
        _ call: Call.Type, status: Int = 200, body: Data
    ) throws -> Reply<Call.Response> {
        try connection.read(Call.id, status, body).typed(none: Call.none, connection)
    }

    /// The shapes of all replies so far, as JSON, if ``Configuration/observe`` has them kept.
    ///
    /// By row: how many there were, with which statuses and codes, and of each place its name, its types, how many digits
    /// stood there, and what was absent, unknown or of another type. Never a value.
    public func shapes() -> String {
        connection.shapes()
    }

    /// Checks that a pushed message comes from the platform, and reads it.
    ///
    /// Answer the platform with HTTP 200 within a second, whatever you then do with the message.
    ///
    /// - Parameters:
    ///   - authorization: The header of this name.
    ///   - body: The raw body, to the last byte as it was received.
    /// - Throws: ``XportcnError/pushSignature(_:)`` if it does not come from the platform, ``XportcnError/decode(_:)`` if it
    ///   holds no message.
    public func verifyPush(authorization: String, body: Data) throws -> PushMessage {
        try XportcnClient.verifyPush(
            accessKey: connection.accessKey, accessSecret: connection.accessSecret, authorization: authorization,
            body: body)
    }

    /// As ``verifyPush(authorization:body:)``, without a client.
    public static func verifyPush(
        accessKey: String, accessSecret: String, authorization: String, body: Data
    ) throws -> PushMessage {
        try PushMessage(
            json: try told {
                try readPush(
                    accessKey: accessKey, accessSecret: accessSecret, authorization: authorization, body: body)
            })
    }
}

extension XportcnClient: CustomStringConvertible, CustomReflectable {
    /// The user; never the secret.
    public var description: String { "xportcn client of \(connection.userId)" }

    /// As ``description``.
    public var customMirror: Mirror { Mirror(self, children: ["userId": connection.userId]) }
}

/// Parameters as the core reads them.
func encoded(_ value: some Encodable) throws -> [UInt8] {
    try (value as? any JSONWritable)?.json() ?? Array(JSONEncoder().encode(value))
}
