import Foundation
internal import XportcnCore

/// One core and one transport.
final class Connection: Sendable {
    let accessKey: String
    let accessSecret: String
    let userId: String
    let log: Log
    let pauses = Pauses()
    private let core: Core
    private let transport: any XportcnTransport
    private let middleware: [XportcnMiddleware]
    private let headersThatMatter: Set<String>
    private let maxBytes: Int
    private let isDirect: Bool

    init(_ configuration: XportcnClient.Configuration, _ transport: any XportcnTransport) throws {
        var settings = Settings(configuration)
        settings.userAgent = Xportcn.userAgent(configuration.userAgent)
        let json = try settings.json()
        core = try told { try Core(settings: json) }
        accessKey = configuration.accessKey
        accessSecret = configuration.accessSecret
        userId = configuration.userId
        log = Log(level: configuration.logLevel, take: configuration.log)
        middleware = configuration.middleware
        headersThatMatter = Set(XportcnCore.headersThatMatter())
        maxBytes = Int(clamping: core.maxReplyBytes())
        isDirect = core.isDirect()
        self.transport = transport
    }

    /// Begins a walk over pages.
    func pager(_ id: String, _ parameters: String) throws -> Pager {
        try told { try core.pager(id: id, params: parameters) }
    }

    /// The shapes of all replies so far.
    func shapes() -> String {
        core.shapes()
    }

    /// Reads an answer that was kept.
    func read(_ id: String, _ status: Int, _ body: Data) throws -> Unread {
        let answer = try told { try core.read(id: id, status: UInt16(clamping: status), body: body) }
        let known = Known(response: ResponseHead(status: status, headers: [:]))
        return Unread(id: id, answer: answer, raw: body, known: known)
    }

    /// Begins to look for the write of a ticket.
    func recovery(_ ticket: String, _ options: String) throws -> Recovery {
        try told { try core.recover(ticket: ticket, options: options) }
    }

    /// Begins a write that ends in certainty.
    func settlement(_ id: String, _ parameters: String, _ options: String) throws -> Recovery {
        try told { try core.settle(id: id, params: parameters, options: options) }
    }

    /// Begins a write that has a journal, or goes on with it.
    func kept(
        _ key: String, _ id: String, _ parameters: String, _ options: String, _ entry: String
    ) throws -> Recovery {
        try told { try core.settleKept(key: key, id: id, params: parameters, options: options, entry: entry) }
    }

    /// Begins to look for a write of which a journal has this entry.
    func resumed(_ entry: String, _ options: String) throws -> Recovery {
        try told { try core.recoverKept(entry: entry, options: options) }
    }

    /// Begins to wait for a state; the id is JSON.
    func wait(_ of: String, _ state: String, _ id: String, _ options: String) throws -> Recovery {
        try told { try core.wait(of: of, state: state, id: id, options: options) }
    }

    /// Does what the exchange says until it is over.
    func call(_ id: String, _ parameters: String, _ terms: Terms) async throws -> Unread {
        let exchange = try told { try core.call(id: id, params: parameters, options: terms.options) }
        let watch = Watch(id, terms, log)
        if watch != nil {
            exchange.listen()
        }
        if Task.isCancelled {
            exchange.cancel()
        }
        var last: XportcnResponse?
        var step = next(exchange)
        while true {
            watch?.tell(exchange)
            switch step {
            case .send(let method, let url, let headers, let body, let timeoutMs):
                let request = XportcnRequest(
                    method: method, url: url, headers: headers.map { ($0.name, $0.value) }, body: body,
                    isWrite: exchange.isWrite(), isDirect: isDirect)
                step = await send(request, timeoutMs, exchange, &last)
            case .wait(let millis):
                try? await Task.sleep(for: .milliseconds(Int64(clamping: millis)))
                if Task.isCancelled {
                    exchange.cancel()
                }
                step = next(exchange)
            case .done(let answer):
                return Unread(id: id, answer: answer, raw: last?.body ?? Data(), known: known(exchange, last))
            case .failed(let error):
                throw failure(XportcnError(core: error).with(known(exchange, last)))
            }
        }
    }

    /// Sends a request, reports what became of it, and gives the next step. An answer becomes `last`.
    private func send(
        _ request: XportcnRequest, _ timeoutMs: UInt64, _ exchange: Exchange, _ last: inout XportcnResponse?
    ) async -> Step {
        do {
            let timeout = Duration.milliseconds(Int64(clamping: timeoutMs))
            let (transport, maxBytes) = (transport, maxBytes)
            let answer = try await Xportcn.send(request, through: middleware[...]) { request in
                try await transport.send(request, timeout: timeout, maxBytes: maxBytes)
            }
            last = answer
            let headers = answer.headers.filter { headersThatMatter.contains($0.name.lowercased()) }
                .map { Header(name: $0.name, value: $0.value) }
            let received = Received(
                status: UInt16(clamping: answer.status), headers: headers, nowMs: now(), random: random())
            return exchange.receive(answer: received, body: answer.body)
        } catch {
            let failure =
                error as? TransportFailure ?? TransportFailure(.other, maybeSent: true, detail: "\(type(of: error))")
            // What ends because the caller goes is not the network's failure; only that nothing was sent is to be told.
            if !Task.isCancelled || !failure.maybeSent {
                exchange.onFailure(kind: failure.kind.rawValue, maybeSent: failure.maybeSent, detail: failure.detail)
            }
            if Task.isCancelled {
                exchange.cancel()
            }
            return next(exchange)
        }
    }

    /// A caller that has gone reads no error: what a write may have done also goes to the log.
    private func failure(_ error: XportcnError) -> XportcnError {
        if case .ambiguousWrite = error {
            log.tell(.warning, "\(error)")
        }
        return error
    }

    private func known(_ exchange: Exchange, _ last: XportcnResponse?) -> Known {
        Known(
            response: last.map(ResponseHead.init), attempts: Int(exchange.attempts()),
            duration: .milliseconds(Int64(clamping: exchange.durationMs())))
    }
}

/// An answer that is not yet in its type.
struct Unread: Sendable {
    let id: String
    let answer: Answer
    let raw: Data
    let known: Known

    func typed<Value: Decodable & Sendable>(none: Value, _ connection: Connection) throws -> Reply<Value> {
        let decoder = JSONDecoder()
        do {
            let facts = try decoder.decode(ReplyFacts.self, from: Data(answer.reply.utf8))
            let lost = LostDigits()
            let data = try LostDigits.$met.withValue(lost) {
                answer.data == Unread.null ? none : try decoder.decode(Value.self, from: answer.data)
            }
            let reply = Reply(
                data: data, facts: facts, lost: lost.warnings, raw: raw, json: answer.data, known: known)
            if !reply.warnings.isEmpty {
                connection.log.tell(
                    .warning, "\(id): \(reply.warnings.map(\.description).joined(separator: "; "))")
            }
            return reply
        } catch let error as DecodingError {
            throw XportcnError.misuse(
                .init(
                    reason: "the data does not fit its type", text: "the data of \(id) does not fit its type: \(error)",
                    isRetryable: false))
        }
    }

    private static let null = Data("null".utf8)
}

/// Passes on what the core says is wrong.
func told<Value>(_ ask: () throws -> Value) throws -> Value {
    do {
        return try ask()
    } catch CoreError.Failed(let json) {
        throw XportcnError(core: json)
    }
}

private func next(_ exchange: Exchange) -> Step {
    exchange.step(nowMs: now(), random: random())
}

func now() -> UInt64 {
    UInt64(max(0, Date().timeIntervalSince1970 * 1000))
}

/// 32 bytes from the system's own source.
private func random() -> Data {
    var source = SystemRandomNumberGenerator()
    var bytes = Data(capacity: 32)
    for _ in 0..<4 {
        withUnsafeBytes(of: source.next()) { bytes.append(contentsOf: $0) }
    }
    return bytes
}
