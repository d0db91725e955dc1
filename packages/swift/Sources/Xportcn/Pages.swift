import Foundation
internal import XportcnCore

/// A walk over the pages of a call. One consumer asks for one page after another.
final class Walk: Sendable {
    let connection: Connection
    private let id: String
    private let terms: Terms
    private let pager: Result<Pager, any Error>

    init(_ connection: Connection, _ id: String, _ parameters: Result<[UInt8], any Error>, _ terms: Terms) {
        self.connection = connection
        self.id = id
        self.terms = terms
        pager = parameters.flatMap { parameters in Result { try connection.pager(id, parameters) } }
    }

    /// The next page; nil at the end.
    func next() async throws -> Unread? {
        let pager = try pager.get()
        while let parameters = pager.params() {
            let page = try await connection.call(id, Array(parameters.utf8), terms)
            let data = String(decoding: page.data, as: UTF8.self)
            if try told({ try pager.advance(data: data, about: text(page.facts.json)) }) {
                return page
            }
        }
        return nil
    }
}

/// The items of a page, and of those behind it. One consumer takes one after another.
actor Shelf<Item: Sendable> {
    private let nextPage: @Sendable () async throws -> [Item]?
    private var here: ArraySlice<Item> = []

    init(_ nextPage: @escaping @Sendable () async throws -> [Item]?) {
        self.nextPage = nextPage
    }

    /// The next item; nil at the end.
    func next() async throws -> Item? {
        while here.isEmpty {
            guard let page = try await nextPage() else { return nil }
            here = page[...]
        }
        return here.popFirst()
    }
}
