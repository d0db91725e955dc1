import Foundation
import Xportcn

/// The parameters of a call in a line.
struct Given: Sendable {
    let params: JSONValue
    var atMost = Int.max

    /// As a call's own type; nothing else may go wrong here.
    func read<Call: XportcnCall>(_: Call.Type) throws -> Call {
        do {
            return try JSONDecoder().decode(Call.self, from: try JSONEncoder().encode(params))
        } catch is DecodingError {
            throw NotTyped()
        }
    }
}

/// The compiler itself refuses such parameters: the core says why.
struct NotTyped: Error {}

/// A reply whose data has been in its type and was written back.
struct Answered: Sendable {
    let data: String
    let reply: JSONValue

    init(_ reply: Reply<some Encodable & Sendable>) throws {
        data = try json(reply.data)
        self.reply = [
            "requestId": reply.requestId.map { .string($0) } ?? .null,
            "message": reply.message.map { .string($0) } ?? .null,
            "developId": reply.developId.map { .string($0) } ?? .null,
            "warnings": .array(
                reply.warnings.map {
                    ["path": .string($0.path), "expected": .string($0.expected), "found": .string($0.found)]
                }),
        ]
    }
}

/// Items that have been in their type and were written back.
struct Collected: Sendable {
    let items: String
    let count: Int

    init<Item: Encodable & Sendable>(_ stream: AsyncThrowingStream<Item, any Error>, _ atMost: Int) async throws {
        var found: [Item] = []
        for try await item in stream {
            if found.count == atMost { break }
            found.append(item)
        }
        items = try json(found)
        count = found.count
    }
}

/// Pages whose data have been in their type, and were written back.
struct Paged: Sendable {
    private(set) var pages: [Answered] = []
    private(set) var error: XportcnError?

    init(_ stream: AsyncThrowingStream<Reply<some Encodable & Sendable>, any Error>) async throws {
        do {
            for try await reply in stream {
                pages.append(try Answered(reply))
            }
        } catch let error as XportcnError {
            self.error = error
        }
    }
}

func json(_ value: some Encodable) throws -> String {
    String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
}

/// A line that the host does not understand.
struct Unknown: Error {
    let what: String
}
