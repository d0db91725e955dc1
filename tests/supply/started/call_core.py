"""One call by the module alone, for a Python without sockets:  call_core.py FOLDER BASE_URL

The request goes out as a line of JSON, and the answer comes in as one: who starts this carries both.
"""

import importlib.util
import json
import os
import pathlib
import sys
import time

SETTINGS = {"accessKey": "sandbox-key", "accessSecret": "sandbox-secret", "userId": "sandbox-user"}
PARAMS = b'{"subOrderId": "1034499579120189839", "goodsStatus": 1, "refundType": 1}'

[file] = [path for path in pathlib.Path(sys.argv[1], "xportcn").glob("_core*") if path.suffix in (".so", ".pyd")]
spec = importlib.util.spec_from_file_location("xportcn._core", file)
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)


def now() -> int:
    return int(time.time() * 1000)


core = module.Core(json.dumps({**SETTINGS, "baseUrl": sys.argv[2]}))
exchange = core.call("taobao.after_sale.render", PARAMS, "")
_, method, url, headers, body, _ = exchange.step(now(), os.urandom(32))
print(json.dumps([method, url, dict(headers), (body or b"").decode()]), flush=True)
status, headers, body = json.loads(sys.stdin.readline())
exchange.on_response(status, [(name, value) for name, value in headers], body.encode())
_, data, _ = exchange.step(now(), os.urandom(32))
print(f"called {json.loads(data)['currency']} in CPython {sys.version.split()[0]}")
