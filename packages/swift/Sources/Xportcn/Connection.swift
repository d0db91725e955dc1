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
    func pager(_ id: String, _ parameters: [UInt8]) throws -> Pager {
        try told { try core.pager(id: id, params: text(parameters)) }
    }

    /// The shapes of all replies so far.
    func shapes() -> String {
        core.shapes()
    }

    /// Reads an answer that was kept.
    func read(_ id: String, _ status: Int, _ body: Data) throws -> Unread {
        let answer = try told { try core.read(id: id, status: UInt16(clamping: status), body: body) }
        return try Unread(id, answer, raw: body, Known(response: ResponseHead(status: status, headers: [:])))
    }

    /// Begins to look for the write of a ticket.
    func recovery(_ ticket: String, _ options: String) throws -> Recovery {
        try told { try core.recover(ticket: ticket, options: options) }
    }

    /// Begins a write that ends in certainty.
    func settlement(_ id: String, _ parameters: [UInt8], _ options: String) throws -> Recovery {
        try told { try core.settle(id: id, params: text(parameters), options: options) }
    }

    /// Begins a write that has a journal, or goes on with it.
    func kept(
        _ key: String, _ id: String, _ parameters: [UInt8], _ options: String, _ entry: String
    ) throws -> Recovery {
        try told { try core.settleKept(key: key, id: id, params: text(parameters), options: options, entry: entry) }
    }

    /// Begins to look for a write of which a journal has this entry.
    func resumed(_ entry: String, _ options: String) throws -> Recovery {
        try told { try core.recoverKept(entry: entry, options: options) }
    }

    /// Begins to wait for a state; the id is JSON.
    func wait(_ of: String, _ state: String, _ id: [UInt8], _ options: String) throws -> Recovery {
        try told { try core.wait(of: of, state: state, id: text(id), options: options) }
    }

    /// Does what the core says until the call is over.
    func call(_ id: String, _ parameters: [UInt8], _ terms: Terms) async throws -> Unread {
        let watch = Watch(id, terms, log)
        var (exchange, frame) = try begun(id, parameters, terms, watch?.listen ?? .toNothing)
        var last: XportcnResponse?
        while true {
            let next = NextStep(frame, parameters, isDirect: isDirect)
            watch?.tell(next.events)
            switch next.work {
            case .send(let request, let timeout):
                frame = await send(request, timeout, exchange, &last)
            case .wait(let duration):
                try? await Task.sleep(for: duration)
                frame =
                    Task.isCancelled
                    ? exchange.fail(frame: end(of: nil)) : exchange.resume(frame: Frame(nowMs: now()).data())
            case .done(let data, let facts, let course):
                return Unread(id: id, data: data, facts: facts, raw: last?.body ?? Data(), known: known(course, last))
            case .failed(let error, let course):
                throw failure(XportcnError(core: error).with(known(course, last)))
            }
        }
    }

    /// Begins a call: its first frame comes with it.
    private func begun(
        _ id: String, _ parameters: [UInt8], _ terms: Terms, _ listen: Watch.Listen
    ) throws -> (Exchange, String) {
        if Task.isCancelled {
            // Begun by a frame, it would have an attempt that was never made.
            let exchange = try told { try core.call(id: id, params: text(parameters), options: terms.options) }
            if listen != .toNothing { exchange.listen() }
            exchange.cancel()
            return (exchange, exchange.resume(frame: Frame(nowMs: now()).data()))
        }
        var frame = Frame(nowMs: now())
        frame.number(listen.rawValue)
        frame.flag(false)
        frame.text(id)
        frame.text(terms.options)
        frame.text(utf8: parameters)
        let begun = try told { try core.begin(frame: frame.data()) }
        return (begun.exchange, begun.frame)
    }

    /// Sends a request, reports what became of it, and gives the next frame. An answer becomes `last`.
    private func send(
        _ request: XportcnRequest, _ timeout: Duration, _ exchange: Exchange, _ last: inout XportcnResponse?
    ) async -> String {
        do {
            let (transport, maxBytes) = (transport, maxBytes)
            let answer = try await Xportcn.send(request, through: middleware[...]) { request in
                try await transport.send(request, timeout: timeout, maxBytes: maxBytes)
            }
            last = answer
            return exchange.answer(frame: head(of: answer), body: answer.body)
        } catch {
            let failure =
                error as? TransportFailure ?? TransportFailure(.other, maybeSent: true, detail: "\(type(of: error))")
            return exchange.fail(frame: end(of: failure))
        }
    }

    /// The frame of an answer without its body.
    private func head(of answer: XportcnResponse) -> Data {
        let headers = answer.headers.filter { headersThatMatter.contains($0.name.lowercased()) }
        var frame = Frame(nowMs: now())
        frame.number(Int(UInt16(clamping: answer.status)))
        frame.number(headers.count)
        for (name, value) in headers {
            frame.text(name)
            frame.text(value)
        }
        return frame.data()
    }

    /// The frame of an attempt that failed, or of a caller that has gone.
    private func end(of failure: TransportFailure?) -> Data {
        // What ends because the caller goes is not the network's failure; only that nothing was sent is to be told.
        let isTold = failure.map { !Task.isCancelled || !$0.maybeSent } ?? false
        var frame = Frame(nowMs: now())
        frame.flag(isTold)
        frame.flag(failure?.maybeSent ?? false)
        frame.flag(Task.isCancelled)
        frame.text(failure?.kind.rawValue ?? "")
        frame.text(failure?.detail ?? "")
        return frame.data()
    }

    /// A caller that has gone reads no error: what a write may have done also goes to the log.
    private func failure(_ error: XportcnError) -> XportcnError {
        if case .ambiguousWrite = error {
            log.tell(.warning, "\(error)")
        }
        return error
    }

    private func known(_ course: NextStep.Course, _ last: XportcnResponse?) -> Known {
        Known(response: last.map(ResponseHead.init), attempts: course.attempts, duration: course.duration)
    }
}

/// An answer that is not yet in its type.
struct Unread: Sendable {
    let id: String
    let data: Data
    let facts: ReplyFacts
    let raw: Data
    let known: Known

    func typed<Value: Decodable & Sendable>(none: Value, _ connection: Connection) throws -> Reply<Value> {
        do {
            let lost = LostDigits()
            let value = try LostDigits.$met.withValue(lost) {
                data == Unread.null ? none : try read(Value.self, core: data)
            }
            let reply = Reply(data: value, facts: facts, lost: lost.warnings, raw: raw, json: data, known: known)
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

extension Unread {
    /// What was kept, or is read without a call.
    init(_ id: String, _ answer: Answer, raw: Data, _ known: Known) throws {
        let facts = try read(ReplyFacts.self, core: answer.reply)
        self.init(id: id, data: Data(answer.data.utf8), facts: facts, raw: raw, known: known)
    }
}

/// Passes on what the core says is wrong.
func told<Value>(_ ask: () throws -> Value) throws -> Value {
    do {
        return try ask()
    } catch CoreError.Failed(let json) {
        throw XportcnError(core: json)
    }
}

func now() -> UInt64 {
    UInt64(max(0, Date().timeIntervalSince1970 * 1000))
}

func text(_ utf8: [UInt8]) -> String {
    String(decoding: utf8, as: UTF8.self)
}
