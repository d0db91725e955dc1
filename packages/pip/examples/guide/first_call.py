"""The first call. The account is in the environment: XPORTCN_ACCESS_KEY, XPORTCN_ACCESS_SECRET, XPORTCN_USER_ID."""

# region first
from xportcn import Client

with Client() as client:
    reply = client.with_reply.taobao.product.get(item_id="672991141190")
    print(reply.data.title, len(reply.data.sku_list or []), "variants")
    print("request", reply.request_id, "with", len(reply.warnings), "warnings")
# endregion
