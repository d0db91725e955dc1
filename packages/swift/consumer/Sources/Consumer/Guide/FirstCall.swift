// region first
import Xportcn

// The account is in the environment: XPORTCN_ACCESS_KEY, XPORTCN_ACCESS_SECRET, XPORTCN_USER_ID.
func firstCall() async throws {
    let client = try XportcnClient.fromEnv()
    let reply = try await client.taobao.product.get(itemId: "672991141190")
    print(reply.title ?? "?", reply.skuList?.count ?? 0, "variants")
    print("request", reply.requestId ?? "?", "with", reply.warnings.count, "warnings")
}
// endregion
