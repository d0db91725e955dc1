"""One call by the package, whose wheel and what it needs are in a folder:  call.py FOLDER BASE_URL"""

import sys

sys.path.insert(0, sys.argv[1])

import xportcn  # noqa: E402

with xportcn.Client("sandbox-key", "sandbox-secret", "sandbox-user", base_url=sys.argv[2]) as client:
    reply = client.with_reply.taobao.after_sale.render(
        sub_order_id="1034499579120189839", goods_status=1, refund_type=1
    )
    print(f"called {reply.data.currency} in CPython {sys.version.split()[0]}")
