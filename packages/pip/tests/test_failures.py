"""What certainly was not sent, on real sockets: a write that failed so is no ambiguous one, and is tried again."""

import asyncio
import socket
import struct
import threading
import time
from typing import Any, Callable, Iterator, List

import httpx
import pytest
from conftest import ACCOUNT
from peers import AUTHORITY, Peer, Received, answer, platform, secure

import xportcn


def pay(**settings: Any) -> Any:
    with xportcn.Client(*ACCOUNT, **{"max_retries": 0, **settings}) as client:
        return client.taobao.order.purchase_pay(order_id="1")


def pay_in_a_loop(**settings: Any) -> Any:
    async def run() -> Any:
        async with xportcn.AsyncClient(*ACCOUNT, **{"max_retries": 0, **settings}) as client:
            return await client.taobao.order.purchase_pay(order_id="1")

    return asyncio.run(run())


both = pytest.mark.parametrize("call", [pay, pay_in_a_loop])


@pytest.fixture(autouse=True)
def trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(AUTHORITY))


def paid(received: Received) -> bytes:
    return answer({"code": 200, "data": {}})


@both
def test_a_certificate_that_is_good_is_taken(call: Callable[..., Any]) -> None:
    with secure("good", paid) as peer:
        call(base_url=f"https://localhost:{peer.port}")


@both
@pytest.mark.parametrize(
    ("certificate", "words"),
    [("expired", "expired"), ("early", "not yet valid"), ("elsewhere", "[Hh]ostname mismatch")],
)
def test_a_certificate_that_is_wrong_was_sent_nothing(call: Callable[..., Any], certificate: str, words: str) -> None:
    seen: List[Received] = []

    def note(received: Received) -> bytes:
        seen.append(received)
        return paid(received)

    with secure(certificate, note) as peer, pytest.raises(xportcn.TransportError, match=words) as lost:
        call(base_url=f"https://localhost:{peer.port}")
    assert lost.value.transport_kind == "tls"
    assert seen == []


@both
def test_a_certificate_of_an_unknown_authority_was_sent_nothing(
    monkeypatch: pytest.MonkeyPatch, call: Callable[..., Any]
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with secure("good", paid) as peer, pytest.raises(xportcn.TransportError) as lost:
        call(base_url=f"https://localhost:{peer.port}")
    assert lost.value.transport_kind == "tls"


def hello(connection: socket.socket) -> bytes:
    return connection.recv(4096)


def says(words: bytes) -> Callable[[socket.socket], None]:
    def serve(connection: socket.socket) -> None:
        hello(connection)
        connection.sendall(words)
        connection.recv(1)

    return serve


def resets(connection: socket.socket) -> None:
    hello(connection)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


NO_TLS = {
    "plain HTTP": says(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"),
    "another protocol": says(b"SSH-2.0-OpenSSH_9.6\r\n"),
    "an old version": says(b"\x15\x03\x01\x00\x02\x02\x46"),
    "an alert": says(b"\x15\x03\x03\x00\x02\x02\x28"),
    "half a record": says(b"\x16\x03\x03\x40"),
    "bytes without meaning": says(bytes(range(256)) * 80),
    "an end": lambda connection: None if hello(connection) else None,
    "a reset": resets,
}


@both
@pytest.mark.parametrize("serve", NO_TLS.values(), ids=NO_TLS.keys())
def test_what_does_not_speak_tls_was_sent_nothing(call: Callable[..., Any], serve: Callable[..., None]) -> None:
    with Peer(serve) as peer, pytest.raises(xportcn.TransportError) as lost:
        call(base_url=f"https://localhost:{peer.port}", timeout=1)
    assert lost.value.transport_kind in ("tls", "connect")


@both
def test_a_handshake_that_stalls_was_sent_nothing(call: Callable[..., Any]) -> None:
    started = time.monotonic()
    with Peer(lambda connection: time.sleep(3)) as peer, pytest.raises(xportcn.TransportError) as lost:
        call(base_url=f"https://localhost:{peer.port}", timeout=0.4)
    assert lost.value.transport_kind == "connect"
    assert time.monotonic() - started < 2


@both
def test_no_time_at_all_is_refused_or_was_sent_nothing(call: Callable[..., Any]) -> None:
    seen: List[Received] = []

    def note(received: Received) -> bytes:
        seen.append(received)
        return paid(received)

    with platform(note) as peer:
        for timeout in (0, 0.0001):
            with pytest.raises(xportcn.ConfigError) as refused:
                call(base_url=peer.url, timeout=timeout)
            assert refused.value.field == "timeout"
        with pytest.raises(xportcn.TimeoutError):
            call(base_url=peer.url, deadline=0)
    assert seen == []


@both
def test_a_name_that_cannot_be_one_was_sent_nothing(call: Callable[..., Any]) -> None:
    for host in ("a" * 64 + ".example", "a..example", "platform.invalid"):
        with pytest.raises(xportcn.TransportError) as lost:
            call(base_url=f"https://{host}/api", timeout=20)
        assert lost.value.transport_kind in ("dns", "connect", "other")


def full_listener() -> Iterator[socket.socket]:
    """One that takes no more connections: they neither come about nor fail."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listener:
        waiting = [socket.socket() for _ in range(4)]
        for connection in waiting:
            connection.setblocking(False)
            connection.connect_ex(listener.getsockname())
        time.sleep(0.1)
        yield listener
        for connection in waiting:
            connection.close()


@both
def test_a_connection_that_does_not_come_about_was_sent_nothing(call: Callable[..., Any]) -> None:
    for listener in full_listener():
        started = time.monotonic()
        with pytest.raises(xportcn.TransportError) as lost:
            call(base_url=f"http://127.0.0.1:{listener.getsockname()[1]}", timeout=0.5)
        assert lost.value.transport_kind == "connect"
        assert time.monotonic() - started < 3


@both
def test_a_name_that_the_system_looks_up_for_ever_was_sent_nothing(
    monkeypatch: pytest.MonkeyPatch, call: Callable[..., Any]
) -> None:
    released = threading.Event()

    def slow(*_: Any, **__: Any) -> Any:
        released.wait(20)
        raise socket.gaierror("too late")

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    started = time.monotonic()
    try:
        if call is pay:
            with pytest.raises(xportcn.TransportError) as lost:
                call(base_url="https://platform.invalid/api", timeout=0.5)
        else:
            # Before the loop ends, its threads do.
            threading.Timer(1.5, released.set).start()
            with pytest.raises(xportcn.TransportError) as lost:
                call(base_url="https://platform.invalid/api", timeout=0.5)
    finally:
        released.set()
    assert lost.value.transport_kind == "connect"
    assert time.monotonic() - started < 5


@both
def test_what_was_sent_and_not_answered_is_ambiguous(call: Callable[..., Any]) -> None:
    """The other side of the line: from the first byte on it may have arrived."""
    for serve in (lambda connection: None if hello(connection) else None, resets, lambda _: time.sleep(3)):
        with Peer(serve) as peer, pytest.raises(xportcn.AmbiguousWriteError):
            call(base_url=peer.url, timeout=0.4)
    with secure("good", lambda received: b"") as peer, pytest.raises(xportcn.AmbiguousWriteError):
        call(base_url=f"https://localhost:{peer.port}", timeout=0.4)


@both
def test_a_write_that_was_not_sent_is_tried_again(monkeypatch: pytest.MonkeyPatch, call: Callable[..., Any]) -> None:
    seen: List[str] = []

    def refuse(received: Received) -> bytes:
        seen.append(received.line)
        return answer(b"", "502 Bad Gateway")

    with platform(refuse) as between:
        monkeypatch.setenv("HTTPS_PROXY", between.url)
        monkeypatch.delenv("https_proxy", raising=False)
        with pytest.raises(xportcn.TransportError):
            call(base_url="https://platform.invalid", max_retries=2, initial_backoff=0.001)
    assert seen == ["CONNECT platform.invalid:443 HTTP/1.1"] * 3


def test_a_hook_of_the_callers_client_that_fails_before_sending_is_not_known_to_be_harmless() -> None:
    """Where httpx tells nothing of a network, nothing is known."""

    def fail(request: httpx.Request) -> None:
        raise RuntimeError("no")

    with httpx.Client(event_hooks={"request": [fail]}) as own, pytest.raises(xportcn.AmbiguousWriteError):
        pay(base_url="http://127.0.0.1:1", http_client=own)
