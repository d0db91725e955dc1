"""Answers every request at once with a reply of the size that its path names, and keeps connections open. Prints where."""

import socket
import threading
from typing import Dict

from inputs import reply


def main() -> None:
    answers = {f"/{size}".encode(): answer(reply(size)) for size in ("1k", "24k")}
    with socket.create_server(("127.0.0.1", 0)) as listener:
        print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
        while True:
            connection, _ = listener.accept()
            threading.Thread(target=serve, args=(connection, answers), daemon=True).start()


def answer(body: bytes) -> bytes:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def serve(connection: socket.socket, answers: Dict[bytes, bytes]) -> None:
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    with connection, connection.makefile("rb") as requests:
        for first in requests:
            length = 0
            for line in iter(requests.readline, b"\r\n"):
                name, _, value = line.partition(b":")
                if name.lower() == b"content-length":
                    length = int(value)
            requests.read(length)
            connection.sendall(answers[first.split(b" ")[1]])


if __name__ == "__main__":
    main()
