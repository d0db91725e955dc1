// region many
import Xportcn

/// The titles of many items; one that fails ends no other.
func titles(of itemIds: [String]) async throws -> [String: String] {
    var configuration = try XportcnClient.Configuration.fromEnv()
    // At most 20 calls a second, 20 at the start; and 8 under way.
    configuration.limit = .init(perSecond: 20, burst: 20)
    let client = try XportcnClient(configuration: configuration)

    return await withTaskGroup(of: (String, String?).self) { group in
        for itemId in itemIds.prefix(8) { group.addTask { await titled(client, itemId) } }
        var left = itemIds.dropFirst(8).makeIterator()
        var titles: [String: String] = [:]
        for await (itemId, title) in group {
            titles[itemId] = title
            if let itemId = left.next() { group.addTask { await titled(client, itemId) } }
        }
        return titles
    }
}

private func titled(_ client: XportcnClient, _ itemId: String) async -> (String, String?) {
    (itemId, try? await client.taobao.product.get(itemId: itemId).title)
}
// endregion
