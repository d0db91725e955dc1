"""Peers of these tests on loopback: what a platform, a proxy or a broken server does with a connection."""

import contextlib
import json
import os
import pathlib
import socket
import ssl
import threading
from typing import Any, Callable, Dict, Iterator, List, NamedTuple, Sequence

CERTIFICATES = pathlib.Path(__file__).resolve().parents[3] / "tests" / "certificates"
AUTHORITY = CERTIFICATES / "authority.pem"


class Received(NamedTuple):
    line: str
    headers: Dict[str, str]
    body: bytes


class Peer:
    """Gives each connection to a function, in a thread of its own, and closes it then."""

    def __init__(self, serve: Callable[[socket.socket], None]) -> None:
        self._serve = serve
        self.connections: List[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port: int = self._listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                self.connections.append(connection)
                threading.Thread(target=self._one, args=(connection,), daemon=True).start()

    def _one(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError, ValueError):
            self._serve(connection)

    def __enter__(self) -> "Peer":
        return self

    def __exit__(self, *_: Any) -> None:
        # Wakes up the thread that accepts, which close alone does not.
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for connection in self.connections:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


def answer(body: Any, status: str = "200 OK", headers: Sequence[str] = ()) -> bytes:
    """A whole answer."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    head = [f"HTTP/1.1 {status}", "Content-Type: application/json", f"Content-Length: {len(content)}", *headers]
    return "\r\n".join([*head, "", ""]).encode() + content


def requests(connection: socket.socket) -> Iterator[Received]:
    """The requests of a connection, one after the other."""
    with connection.makefile("rb") as stream:
        while True:
            line = stream.readline().decode("latin-1").strip()
            if not line:
                return
            headers: Dict[str, str] = {}
            for raw in iter(stream.readline, b"\r\n"):
                name, _, value = raw.decode("latin-1").partition(":")
                headers[name.strip().lower()] = value.strip()
            yield Received(line, headers, stream.read(int(headers.get("content-length", 0))))


def platform(reply: Callable[[Received], bytes]) -> Peer:
    """Answers each request, and keeps connections."""

    def serve(connection: socket.socket) -> None:
        for received in requests(connection):
            connection.sendall(reply(received))

    return Peer(serve)


def proxy(reply: bytes, seen: List[Received]) -> Peer:
    """Notes what it is asked, and refuses it."""

    def serve(connection: socket.socket) -> None:
        for received in requests(connection):
            seen.append(received)
            connection.sendall(reply)

    return Peer(serve)


def secure(certificate: str, reply: Callable[[Received], bytes]) -> Peer:
    """A platform with TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATES / f"{certificate}.pem", CERTIFICATES / "key.pem")

    def serve(connection: socket.socket) -> None:
        with context.wrap_socket(connection, server_side=True) as stream:
            for received in requests(stream):
                stream.sendall(reply(received))

    return Peer(serve)


def environment(**changed: str) -> Dict[str, str]:
    """The environment without what would change a client, and with what is given."""
    kept = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    return {**kept, **changed}
