import Foundation
import Xportcn

func walked(_ line: JSONValue) async throws -> JSONValue {
    let given = Given(params: line["params"] ?? [:], atMost: line["atMost"]?.integer ?? .max)
    guard let collected = try await items(client(line), text(line, "id"), given) else {
        throw Unknown(what: "a row without pages")
    }
    return ["items": .string(collected.items), "count": .integer(collected.count)]
}

/// All pages, and the error that ends the walk.
func shown(_ line: JSONValue) async throws -> JSONValue {
    let given = Given(params: line["params"] ?? [:])
    guard let paged = try await pages(client(line), text(line, "id"), given) else {
        throw Unknown(what: "a row without pages")
    }
    let told = JSONValue.array(paged.pages.map(told))
    return try paged.error.map { ["pages": told, "error": try parsed(json($0))] } ?? ["pages": told]
}

/// Many calls of one client, as many tasks as there are lanes.
func load(_ line: JSONValue) async throws -> JSONValue {
    let client = try client(line)
    let (id, params) = (text(line, "id"), line["params"] ?? [:])
    let (count, lanes) = (line["count"]?.integer ?? 0, line["concurrency"]?.integer ?? 1)
    let results = try await withThrowingTaskGroup(of: (Int, JSONValue).self) { group in
        var results = [JSONValue](repeating: .null, count: count)
        for number in 0..<count {
            if number >= lanes, let (at, result) = try await group.next() {
                results[at] = result
            }
            group.addTask { (number, try await one(client, id, numbered(params, number))) }
        }
        for try await (at, result) in group {
            results[at] = result
        }
        return results
    }
    var failed: [String: JSONValue] = [:]
    for kind in results.compactMap({ $0["kind"]?.string }) {
        failed[kind] = .integer((failed[kind]?.integer ?? 0) + 1)
    }
    let succeeded = results.count { $0["ok"] != nil }
    return ["succeeded": .integer(succeeded), "failed": .object(failed), "results": .array(results)]
}

private func one(_ client: XportcnClient, _ id: String, _ params: JSONValue) async throws -> JSONValue {
    do {
        return ["ok": .string(try await answer(client, id, params).data)]
    } catch let error as XportcnError {
        return ["kind": .string(error.kind)]
    }
}

/// Writes of several users at the same time, each seen to its end.
func settles(_ line: JSONValue) async throws -> JSONValue {
    let clients = try elements(line["settings"]).map { try client(["settings": $0]) }
    let calls = elements(line["calls"])
    let lanes = line["concurrency"]?.integer ?? 1
    return try await withThrowingTaskGroup(of: (Int, JSONValue).self) { group in
        var results = [JSONValue](repeating: .null, count: calls.count)
        for (number, write) in calls.enumerated() {
            if number >= lanes, let (at, result) = try await group.next() {
                results[at] = result
            }
            let client = clients[write["by"]?.integer ?? 0]
            group.addTask { (number, try await end(client, write)) }
        }
        for try await (at, result) in group {
            results[at] = result
        }
        return ["results": .array(results)]
    }
}

private func end(_ client: XportcnClient, _ write: JSONValue) async throws -> JSONValue {
    do {
        switch try await client.settle(text(write, "id"), write["params"] ?? [:]) {
        case .answered(let reply): return ["ok": .string(try Answered(reply).data)]
        case .recovered(let outcome): return try told(outcome)
        }
    } catch let error as XportcnError {
        return ["kind": .string(error.kind)]
    }
}

private func elements(_ list: JSONValue?) -> [JSONValue] {
    if case .array(let elements) = list { elements } else { [] }
}

private func numbered(_ params: JSONValue, _ number: Int) -> JSONValue {
    switch params {
    case .array(let elements): .array(elements.map { numbered($0, number) })
    case .object(let members): .object(members.mapValues { numbered($0, number) })
    case .string(let text): .string(text.replacingOccurrences(of: "{n}", with: String(number)))
    default: params
    }
}

/// A call whose task is cancelled.
func cancelled(_ line: JSONValue) async throws -> JSONValue {
    let client = try client(line)
    let clock = ContinuousClock()
    let started = clock.now
    let task = Task { try await answer(client, text(line, "id"), line["params"] ?? [:]) }
    try await Task.sleep(for: .milliseconds(line["afterMs"]?.integer ?? 0))
    task.cancel()
    do {
        _ = try await task.value
        return ["lost": "the call ended before it was cancelled"]
    } catch let error as XportcnError {
        let (seconds, attoseconds) = (clock.now - started).components
        let elapsedMs = Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000)
        return ["error": try parsed(json(error)), "elapsedMs": .integer(elapsedMs)]
    }
}
