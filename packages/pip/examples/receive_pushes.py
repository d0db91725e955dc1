"""Receives what the platform pushes: checks that it is the platform's, answers at once, and works on it afterwards."""

import collections
import os
import queue
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Deque

from xportcn import DecodeError, PushMessage, PushSignatureError, verify_push

received: "queue.SimpleQueue[PushMessage]" = queue.SimpleQueue()


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        try:
            message = verify_push(
                self.headers.get("authorization"),
                body,
                access_key=os.environ["XPORTCN_ACCESS_KEY"],
                access_secret=os.environ["XPORTCN_ACCESS_SECRET"],
            )
        except (PushSignatureError, DecodeError) as refused:
            self.send_error(403 if isinstance(refused, PushSignatureError) else 400, str(refused))
            return
        received.put(message)
        self.send_response(200)
        self.end_headers()


def work() -> None:
    seen: Deque[str] = collections.deque(maxlen=10_000)
    while True:
        message = received.get()
        if message.id not in seen:  # The platform repeats what it does not know to have arrived.
            seen.append(message.id)
            print(message.push or message.message_type, message.body, flush=True)


if __name__ == "__main__":
    threading.Thread(target=work, daemon=True).start()
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1]) if len(sys.argv) > 1 else 9000), Receiver)
    print("listening on", server.server_port, flush=True)
    server.serve_forever()
