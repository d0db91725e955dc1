import Foundation
import Xportcn
import XportcnCore

/// The answer to a line; `tests/conformance/README.md` has them all.
func operate(_ line: JSONValue) async throws -> JSONValue {
    switch text(line, "op") {
    case "hello": ["host": "swift 6", "amounts": "without zeros", "quirks": ["redirects", "trailers"]]
    case "client": try made(line)
    case "sign":
        ["headers": try parsed(core(line).sign(timestamp: text(line, "timestamp"), nonce: text(line, "nonce")))]
    case "headers": try headers(line)
    case "read": try read(line)
    case "push": ["message": .string(String(decoding: try push(line).json, as: UTF8.self))]
    case "sign-push": try signPush(line)
    case "trace": try trace(line)
    case "search": try search(line)
    case "call": try told(await answer(client(line), text(line, "id"), line["params"] ?? [:]))
    case "shapes": try await shapes(line)
    case "items": try await walked(line)
    case "pages": try await shown(line)
    case "load": try await load(line)
    case "cancel": try await cancelled(line)
    case "recover": try told(await client(line).recover(ticket: text(line, "ticket")))
    case "settle": try await settled(line)
    case "settles": try await settles(line)
    case "wait": try await waited(line)
    default: throw Unknown(what: "an unknown operation")
    }
}

private func made(_ line: JSONValue) throws -> JSONValue {
    _ = try client(line)
    return ["made": true]
}

func text(_ line: JSONValue, _ name: String) -> String {
    line[name]?.string ?? ""
}

private func core(_ line: JSONValue) throws -> Core {
    try Core(settings: json(line["settings"] ?? [:]))
}

func parsed(_ text: String) throws -> JSONValue {
    try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
}

private func bytes(_ body: JSONValue?) -> Data {
    body?["base64"]?.string.flatMap { Data(base64Encoded: $0) } ?? Data((body?.string ?? "").utf8)
}

func told(_ answered: Answered) -> JSONValue {
    ["data": .string(answered.data), "reply": answered.reply]
}

/// Written back from its own type.
func told(_ outcome: Outcome) throws -> JSONValue {
    let written: JSONValue =
        switch outcome {
        case .done(let found): ["outcome": "done", "found": .array(found)]
        case .notDone: ["outcome": "not done"]
        case .partly(let found, let missing, let reason):
            [
                "outcome": "partly", "found": .array(found), "missing": .array(missing.map(JSONValue.string)),
                "reason": .string(reason),
            ]
        case .unknown(let reason): ["outcome": "unknown", "reason": .string(reason)]
        }
    return ["outcome": .string(try json(written))]
}

private func settled(_ line: JSONValue) async throws -> JSONValue {
    switch try await client(line).settle(text(line, "id"), line["params"] ?? [:]) {
    case .answered(let reply): try told(Answered(reply))
    case .recovered(let outcome): try told(outcome)
    }
}

private func waited(_ line: JSONValue) async throws -> JSONValue {
    let client = try client(line)
    async let pushed: Void = push(to: client, line["push"])
    let waited = try await client.waitUntil(text(line, "of"), text(line, "state"), id: text(line, "id"))
    try await pushed
    return try told(waited)
}

private func push(to client: XportcnClient, _ push: JSONValue?) async throws {
    guard let push else { return }
    try await Task.sleep(for: .milliseconds(push["afterMs"]?.integer ?? 0))
    client.onPush(
        try client.verifyPush(authorization: text(push, "authorization"), body: Data(text(push, "body").utf8)))
}

/// Written back from its own type.
private func told(_ waited: Waited) throws -> JSONValue {
    let written: [String: JSONValue] =
        switch waited {
        case .reached(let found): ["outcome": "reached", "found": found]
        case .never(let found): ["outcome": "never", "found": found]
        case .timedOut(let found, let reason):
            [
                "outcome": "timed out", "found": found ?? .null, "reason": reason.map(JSONValue.string) ?? .null,
            ].filter { $0.value != .null }
        }
    return ["waited": .string(try json(JSONValue.object(written)))]
}

private func shapes(_ line: JSONValue) async throws -> JSONValue {
    let client = try client(line)
    // What is refused has a shape too.
    _ = try? await answer(client, text(line, "id"), line["params"] ?? [:])
    return ["shapes": .string(client.shapes())]
}

private func headers(_ line: JSONValue) throws -> JSONValue {
    let exchange = try core(line).call(id: text(line, "id"), params: text(line, "params"), options: "")
    let step = exchange.step(nowMs: UInt64(line["nowMs"]?.integer ?? 0), random: hexadecimal(text(line, "random")))
    return sent(step) ?? .null
}

private func sent(_ step: Step) -> JSONValue? {
    guard case .send(let method, let url, let headers, let body, let timeoutMs) = step else { return nil }
    let named = headers.map { ($0.name, JSONValue.string($0.value)) }
    return [
        "method": .string(method), "url": .string(url),
        "headers": .object(Dictionary(named, uniquingKeysWith: { first, _ in first })),
        "body": body.map { .string(String(decoding: $0, as: UTF8.self)) } ?? .null,
        "timeoutMs": .integer(Int(timeoutMs)),
    ]
}

private func hexadecimal(_ text: String) -> Data {
    var digits = text[...]
    var bytes = Data()
    while let byte = UInt8(digits.prefix(2), radix: 16) {
        bytes.append(byte)
        digits = digits.dropFirst(2)
    }
    return bytes
}

private func read(_ line: JSONValue) throws -> JSONValue {
    let status = UInt16(clamping: line["status"]?.integer ?? 0)
    return try done(core(line).read(id: text(line, "id"), status: status, body: bytes(line["body"])))
}

private func done(_ answer: Answer) throws -> JSONValue {
    ["data": .string(answer.data), "reply": try parsed(answer.reply)]
}

private func push(_ line: JSONValue) throws -> PushMessage {
    try XportcnClient.verifyPush(
        accessKey: text(line, "accessKey"), accessSecret: text(line, "accessSecret"),
        authorization: text(line, "authorization"), body: bytes(line["body"]))
}

private func signPush(_ line: JSONValue) throws -> JSONValue {
    let content: Data? = if case .string(let json)? = line["content"] { Data(json.utf8) } else { nil }
    let signed = try XportcnClient.signPush(
        accessKey: text(line, "accessKey"), accessSecret: text(line, "accessSecret"), message: text(line, "message"),
        content: content, platform: line["platform"]?.integer,
        time: (line["timeMs"]?.integer).map { Date(timeIntervalSince1970: Double($0) / 1000) })
    return [
        "authorization": .string(signed.authorization), "body": .string(String(decoding: signed.body, as: UTF8.self)),
    ]
}

private func trace(_ line: JSONValue) throws -> JSONValue {
    guard case .array(let begun) = line["calls"], case .array(let events) = line["events"] else { return .null }
    let core = try core(line)
    var calls: [Int: Exchange] = [:]
    var (answers, happened): ([JSONValue], [JSONValue]) = ([], [])
    for event in events {
        let number = event["call"]?.integer ?? 0
        let call = begun[number]
        let exchange =
            try calls[number]
            ?? core.call(id: text(call, "id"), params: text(call, "params"), options: text(call, "options"))
        calls[number] = exchange
        exchange.listen()
        if let answer = try tell(exchange, event) {
            answers.append(answer)
            happened.append(.string(exchange.events()))
        }
    }
    return ["answers": .array(answers), "events": .array(happened)]
}

private func tell(_ exchange: Exchange, _ event: JSONValue) throws -> JSONValue? {
    if let step = event["step"] {
        let nowMs = UInt64(step["nowMs"]?.integer ?? 0)
        return try stepped(exchange, exchange.step(nowMs: nowMs, random: hexadecimal(text(step, "random"))))
    }
    if let answer = event["response"], case .array(let pairs) = answer["headers"] {
        let headers = pairs.map { Header(name: $0[0]?.string ?? "", value: $0[1]?.string ?? "") }
        let status = UInt16(clamping: answer["status"]?.integer ?? 0)
        exchange.onResponse(status: status, headers: headers, body: bytes(answer["body"]))
    } else if let failure = event["failure"] {
        let maybeSent = failure["maybeSent"] == .bool(true)
        exchange.onFailure(kind: text(failure, "kind"), maybeSent: maybeSent, detail: text(failure, "detail"))
    } else {
        exchange.cancel()
    }
    return nil
}

private func stepped(_ exchange: Exchange, _ step: Step) throws -> JSONValue {
    let attempts = JSONValue.integer(Int(exchange.attempts()))
    switch step {
    case .send: return ["send": sent(step) ?? .null]
    case .wait(let millis): return ["wait": .integer(Int(millis))]
    case .done(let answer):
        let done = try done(answer)
        return ["done": ["data": done["data"] ?? .null, "reply": done["reply"] ?? .null, "attempts": attempts]]
    case .failed(let error): return ["done": ["error": try parsed(error), "attempts": attempts]]
    }
}

private func search(_ line: JSONValue) throws -> JSONValue {
    guard case .array(let events) = line["events"] else { return .null }
    let core = try core(line)
    let recovery = try begun(core, line)
    var answers: [JSONValue] = []
    for event in events {
        if let nowMs = event["step"]?.integer {
            answers.append(try searched(recovery.step(nowMs: UInt64(nowMs))))
        } else if let reply = event["reply"] {
            recovery.onReply(data: text(reply, "data"), about: text(reply, "about"))
        } else if let failure = event["failure"] {
            recovery.onFailure(
                error: text(failure, "error"), isRetryable: failure["isRetryable"] == .bool(true),
                ticket: text(failure, "ticket"))
        } else {
            answers.append(["wakes": .bool(recovery.onPush(body: text(event, "push")))])
        }
    }
    return ["answers": .array(answers)]
}

private func begun(_ core: Core, _ line: JSONValue) throws -> Recovery {
    let options = text(line, "options")
    if let settle = line["settle"] {
        return try core.settle(id: text(settle, "id"), params: text(settle, "params"), options: options)
    }
    guard let wait = line["wait"] else { return try core.recover(ticket: text(line, "ticket"), options: options) }
    return try core.wait(of: text(wait, "of"), state: text(wait, "state"), id: text(wait, "id"), options: options)
}

private func searched(_ step: RecoveryStep) throws -> JSONValue {
    switch step {
    case .call(let id, let params): ["call": ["id": .string(id), "params": .string(params)]]
    case .wait(let millis): ["wait": .integer(Int(millis))]
    case .done(let outcome): ["done": .string(outcome)]
    case .last: ["last": true]
    default: throw Unknown(what: "a step of a journal")
    }
}
