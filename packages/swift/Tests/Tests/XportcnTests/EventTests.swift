import Foundation
import Testing
import Xportcn

@Suite struct EventTests {
    /// Is busy at first, and answers then.
    private func recovering() -> Scripted {
        Scripted { _, number in
            number == 1
                ? XportcnResponse(status: 503, headers: [("X-Request-Id", "gw-1")], body: Data("busy".utf8))
                : XportcnResponse(status: 200, headers: [], body: Data(envelope("{}").utf8))
        }
    }

    private func listening(
        _ transport: any XportcnTransport, _ call: (XportcnClient) async throws -> Void
    ) async throws -> [CallEvent] {
        let events = Events()
        var configuration = configuration()
        configuration.onEvent = { events.add($0) }
        try await call(XportcnClient(configuration: configuration, transport: transport))
        return events.all
    }

    @Test func aListenerIsToldOfEverythingThatHappensToACallInOrder() async throws {
        let events = try await listening(recovering()) { _ = try await render($0) }
        guard events.count == 7, case .started(let started) = events[0], case .sent(let sent) = events[1],
            case .answered(let busy) = events[2], case .retrying(let retrying) = events[3], case .sent = events[4],
            case .answered = events[5], case .ended(let ended) = events[6]
        else {
            Issue.record("\(events)")
            return
        }
        #expect(started.endpoint == "taobao.after_sale.render" && !started.isWrite)
        #expect(sent.attempt == 1 && sent.method == "POST" && sent.url.hasSuffix("/open/order/refund/render"))
        #expect(busy.status == 503 && busy.bytes == 4 && busy.requestId == "gw-1")
        #expect(busy.headers["x-request-id"] == "gw-1")
        #expect(retrying.attempt == 2 && retrying.error == "Http" && !retrying.isAsked)
        #expect(ended.attempts == 2 && ended.error == nil && ended.requestId == "r-1")
        #expect(started.at <= ended.at)
    }

    @Test func aValueThatDoesNotFitALostWriteAndARefusalAreEvents() async throws {
        let odd = try await listening(Scripted(body: envelope(#"{"currency":[1]}"#))) { _ = try await render($0) }
        let paths = odd.compactMap { if case .warned(let warned) = $0 { warned.warning.path } else { nil } }
        #expect(paths == ["data.currency"])

        let gone = Scripted { _, _ in throw TransportFailure(.reset, maybeSent: true, detail: "gone") }
        let lost = try await listening(gone) { client in _ = try await thrown { try await pay(client) } }
        let failures = lost.compactMap { if case .failed(let failed) = $0 { failed } else { nil } }
        #expect(failures.count == 1 && failures[0].failure == "reset" && failures[0].maybeSent)
        #expect(failures[0].detail == "gone")
        guard case .ended(let ended) = lost.last else { throw NothingThrown() }
        #expect(ended.error == "AmbiguousWrite")

        let refusal = Scripted(body: #"{"code":40001,"msg":"no","requestId":"r-9"}"#)
        let refused = try await listening(refusal) { client in _ = try await thrown { _ = try await render(client) } }
        guard case .ended(let refusedEnd) = refused.last else { throw NothingThrown() }
        #expect(refusedEnd.error == "Api" && refusedEnd.code == "40001" && refusedEnd.requestId == "r-9")
    }

    @Test func oneViewOfAClientHasAListenerOfItsOwnAndThatOfTheClientToo() async throws {
        let (ofAll, ofOne) = (Events(), Events())
        var configuration = configuration()
        configuration.onEvent = { ofAll.add($0) }
        let client = try XportcnClient(configuration: configuration, transport: Scripted(body: envelope("{}")))
        _ = try await render(client.with(onEvent: { ofOne.add($0) }))
        _ = try await render(client)
        #expect(ofAll.all.count == 8 && ofOne.all.count == 4)
    }

    @Test func theLogHasAttemptsAtDebugRetriesAtInfoAndWritesInDoubtAtWarning() async throws {
        func lines(_ level: LogLevel) async throws -> [String] {
            let lines = Lines()
            var configuration = configuration()
            configuration.logLevel = level
            configuration.log = { level, line in lines.add("\(level.rawValue) \(line)") }
            _ = try await render(XportcnClient(configuration: configuration, transport: recovering()))
            let gone = Scripted { _, _ in throw TransportFailure(.reset, maybeSent: true, detail: "gone") }
            let client = try XportcnClient(configuration: configuration, transport: gone)
            _ = try await thrown { try await pay(client) }
            return lines.lines
        }
        let debug = try await lines(.debug)
        #expect(debug.contains { $0.hasPrefix("debug ") && $0.contains("attempt 1: POST https://") })
        #expect(debug.contains { $0.contains("HTTP 503") })
        let info = try await lines(.info)
        #expect(info.count == 2 && info[0].hasPrefix("info ") && info[0].contains("attempt 2 follows"))
        #expect(info[1].hasPrefix("warning ") && info[1].contains("may have been carried out"))
        #expect(try await lines(.warning) == [info[1]])
    }

    @Test func aTypeOfTheProgramTakesTheLinesOfTheLog() async throws {
        let handler = Handler()
        var configuration = configuration()
        configuration.logLevel = .debug
        configuration.sendLog(to: handler)
        let transport = Scripted(body: envelope(#"{"currency":{}}"#))
        _ = try await render(XportcnClient(configuration: configuration, transport: transport))
        #expect(handler.seen.lines.contains { $0.hasPrefix("debug taobao.after_sale.render: attempt 1") })
        #expect(handler.seen.lines.contains { $0.hasPrefix("warning ") && $0.contains("data.currency") })
        #expect(handler.seen.lines.allSatisfy { !$0.contains(secret) })
    }

    @Test func withEveryLogListenerAndMiddlewareOnNoSecretAndNoSignatureIsTold() async throws {
        let (seen, signatures) = (Lines(), Lines())
        var configuration = configuration()
        configuration.logLevel = .debug
        configuration.log = { _, line in seen.add(line) }
        configuration.onEvent = { seen.add("\($0)") }
        configuration.middleware = [
            { request, next in
                seen.add("\(request) \(String(reflecting: request))")
                signatures.add(request.headers.first { $0.name == "signature" }?.value ?? "")
                return try await next(request)
            }
        ]
        let transport = Scripted { _, number in
            if number % 3 == 0 { throw TransportFailure(.reset, maybeSent: true, detail: "gone") }
            return XportcnResponse(status: number % 3 == 1 ? 503 : 200, headers: [], body: Data(envelope("{}").utf8))
        }
        let client = try XportcnClient(configuration: configuration, transport: transport)
        for _ in 0..<4 {
            do { seen.add("\(try await render(client))") } catch { seen.add("\(error) \(String(reflecting: error))") }
            do { try await pay(client) } catch { seen.add("\(error) \(String(reflecting: error))") }
        }
        #expect(seen.lines.count > 40 && signatures.lines.count >= 8 && !signatures.lines.contains(""))
        #expect(
            !seen.lines.contains { line in line.contains(secret) || signatures.lines.contains { line.contains($0) } })
    }
}

/// As an adapter of a program's own logger is.
private struct Handler: XportcnLogHandler {
    let seen = Lines()

    func log(level: LogLevel, line: String) { seen.add("\(level.rawValue) \(line)") }
}

/// Events that were told.
final class Events: @unchecked Sendable {
    private let lock = NSLock()
    private var kept: [CallEvent] = []

    var all: [CallEvent] { lock.withLock { kept } }

    func add(_ event: CallEvent) { lock.withLock { kept.append(event) } }
}
