"""Sends the request of the vendor's one public page, signed here, and prints what came back as JSON.

    reference_page.py URL METHOD [HEADER]

URL is the sandbox's, METHOD is md5 or hmac-sha256. One character of HEADER, if named, is changed after signing.
Only the standard library is used, so that nothing is shared with what is tested.
"""

import hashlib
import hmac
import http.client
import json
import pathlib
import secrets
import string
import sys
import time
import urllib.parse

ACCESS_KEY = "sandbox-key"
ACCESS_SECRET = "sandbox-secret"
USER_ID = "sandbox-user"
PATH = "/open/order/refund/render"
BODY = pathlib.Path(__file__).with_name("reference_page") / "request.json"


def signed_headers(method):
    timestamp = str(int(time.time()))
    nonce = "".join(secrets.choice(string.ascii_letters + string.digits) for _ in range(32))
    if method == "md5":
        signature = hashlib.md5((ACCESS_KEY + timestamp + nonce + ACCESS_SECRET).encode()).hexdigest()
    else:
        signed = (ACCESS_KEY + timestamp + nonce).encode()
        signature = hmac.new(ACCESS_SECRET.encode(), signed, hashlib.sha256).hexdigest()
    return {
        "access-key": ACCESS_KEY,
        "nonce-str": nonce,
        "timestamp": timestamp,
        "user-id": USER_ID,
        "signature": signature.upper(),
    }


def changed(value):
    """The value with its last character replaced by another one of its kind."""
    last = value[-1]
    return value[:-1] + (str((int(last) + 1) % 10) if last.isdigit() else "A" if last != "A" else "B")


def main():
    url = urllib.parse.urlsplit(sys.argv[1])
    headers = signed_headers(sys.argv[2])
    for name in sys.argv[3:]:
        headers[name] = changed(headers[name])
    connection = http.client.HTTPConnection(url.hostname, url.port, timeout=10)
    body = BODY.read_bytes().rstrip(b"\n")
    connection.request("POST", url.path + PATH, body, {**headers, "Content-Type": "application/json"})
    response = connection.getresponse()
    print(json.dumps({"status": response.status, "reply": json.loads(response.read())}))


main()
