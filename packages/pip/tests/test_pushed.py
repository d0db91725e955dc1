"""Handlers of pushed messages in real servers of each framework, over loopback."""

import contextlib
import hashlib
import hmac
import http.client
import socket
import threading
import time
from typing import Any, Callable, Dict, Iterator, List, Optional, Tuple
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest

import xportcn

ACCOUNT = {"access_key": "key-of-the-tests", "access_secret": "secret-of-the-tests"}
OPTIONS: Dict[str, Any] = {**ACCOUNT, "max_bytes": 10_000, "remember": 2}
Start = Callable[..., Any]


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""


@contextlib.contextmanager
def wsgi(app: Any) -> Iterator[int]:
    with make_server("127.0.0.1", 0, app, handler_class=Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join()


@contextlib.contextmanager
def asgi(app: Any) -> Iterator[int]:
    import uvicorn

    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.02)
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        thread.join()


@contextlib.contextmanager
def flask(work: Any, **more: Any) -> Iterator[int]:
    from flask import Flask, request

    from xportcn.flask import pushed

    app = Flask("tests")
    app.post("/pushed")(pushed(work, **OPTIONS, **more))

    @app.before_request
    def parse() -> None:
        if request.args.get("parsed"):
            request.get_json()

    with wsgi(app) as port:
        yield port


@contextlib.contextmanager
def django(work: Any, **more: Any) -> Iterator[int]:
    import django
    from django.conf import settings
    from django.core.handlers.wsgi import WSGIHandler
    from django.urls import path

    from xportcn.django import pushed

    urls = type("urls", (), {"urlpatterns": [path("pushed", pushed(work, **OPTIONS, **more))]})
    if not settings.configured:
        # With the check that refuses forms of other sites, as projects have it.
        middleware = ["django.middleware.csrf.CsrfViewMiddleware"]
        settings.configure(ALLOWED_HOSTS=["127.0.0.1"], SECRET_KEY="-", MIDDLEWARE=middleware, ROOT_URLCONF=urls)
        django.setup()
    settings.ROOT_URLCONF = urls
    from django.urls import clear_url_caches

    clear_url_caches()
    with wsgi(WSGIHandler()) as port:
        yield port


@contextlib.contextmanager
def fastapi(work: Any, **more: Any) -> Iterator[int]:
    from fastapi import FastAPI

    from xportcn.fastapi import pushed

    app = FastAPI()
    app.post("/pushed")(pushed(work, **OPTIONS, **more))
    with asgi(app) as port:
        yield port


@contextlib.contextmanager
def starlette(work: Any, **more: Any) -> Iterator[int]:
    from starlette.applications import Starlette
    from starlette.routing import Route

    from xportcn.fastapi import pushed

    async def awaited(message: Any, repeated: bool) -> None:
        work(message, repeated)

    with asgi(Starlette(routes=[Route("/pushed", pushed(awaited, **OPTIONS, **more), methods=["POST"])])) as port:
        yield port


def order(order_id: str) -> xportcn.SignedPush:
    return xportcn.sign_push("ORDER_PAY_SUCCESS", {"orderId": order_id}, **ACCOUNT)


def post(port: int, authorization: Optional[str], body: bytes, path: str = "/pushed") -> Tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    headers = {"content-type": "application/json", **({"authorization": authorization} if authorization else {})}
    connection.request("POST", path, body, headers)
    answer = connection.getresponse()
    read = answer.read()
    connection.close()
    return answer.status, read


def worked(got: List[Any], count: int) -> List[Any]:
    for _ in range(500):
        if len(got) >= count:
            break
        time.sleep(0.01)
    assert len(got) == count
    taken = list(got)
    got.clear()
    return taken


FRAMEWORKS = pytest.mark.parametrize("start", [flask, django, fastapi, starlette])


@FRAMEWORKS
def test_an_accepted_message_is_answered_with_200_before_the_work_is_done(start: Start) -> None:
    got: List[Any] = []
    gate = threading.Event()

    def work(message: xportcn.PushMessage, repeated: bool) -> None:
        gate.wait(10)
        got.append((message.body.order_id, repeated))

    with start(work) as port:
        signed = order("1")
        assert post(port, signed.authorization, signed.body) == (200, b"")
        assert got == []
        gate.set()
        assert worked(got, 1) == [("1", False)]


@FRAMEWORKS
def test_a_wrong_signature_is_answered_with_401_and_without_a_word_of_why(start: Start) -> None:
    got: List[Any] = []
    with start(lambda message, repeated: got.append(message)) as port:
        signed = order("2")
        other = xportcn.sign_push("ORDER_CREATE", access_key="key-of-the-tests", access_secret="another")
        assert post(port, signed.authorization, signed.body + b" ") == (401, b"")
        assert post(port, "0" * 64, signed.body) == (401, b"")
        assert post(port, None, signed.body) == (401, b"")
        assert post(port, other.authorization, other.body) == (401, b"")
        empty = hmac.new(b"secret-of-the-tests", b"key-of-the-tests[]", hashlib.sha256).hexdigest()
        assert post(port, empty, b"[]") == (400, b"")
        time.sleep(0.1)
    assert got == []


@FRAMEWORKS
def test_a_body_that_is_too_large_is_answered_with_413(start: Start) -> None:
    large = xportcn.sign_push("X", "x" * 20_000, platform=1, **ACCOUNT)
    with start(lambda message, repeated: None) as port:
        assert post(port, large.authorization, large.body) == (413, b"")


@pytest.mark.parametrize("start", [fastapi, starlette])
def test_a_body_that_is_too_large_is_not_received_where_its_length_is_not_told(start: Start) -> None:
    with start(lambda message, repeated: None) as port, socket.create_connection(("127.0.0.1", port), 10) as sender:
        sender.sendall(b"POST /pushed HTTP/1.1\r\nhost: 127.0.0.1\r\ntransfer-encoding: chunked\r\n\r\n")
        for _ in range(4):
            sender.sendall(b"1000\r\n" + b"x" * 0x1000 + b"\r\n")
        # It is not over, and is answered.
        assert sender.recv(4096).startswith(b"HTTP/1.1 413 ")


@FRAMEWORKS
def test_a_repeated_message_is_flagged_by_its_id_of_as_many_as_are_remembered(start: Start) -> None:
    got: List[Any] = []
    with start(lambda message, repeated: got.append((message.body.order_id, repeated))) as port:
        one, two, three = order("3"), order("4"), order("5")
        for signed in (one, one, two, three, one):
            assert post(port, signed.authorization, signed.body)[0] == 200
        assert sorted(worked(got, 5)) == [("3", False), ("3", False), ("3", True), ("4", False), ("5", False)]


@FRAMEWORKS
def test_work_that_fails_is_told_and_the_server_goes_on(start: Start, caplog: pytest.LogCaptureFixture) -> None:
    got: List[Any] = []

    def work(message: xportcn.PushMessage, repeated: bool) -> None:
        raise ValueError("the work fails")

    with start(work, on_error=lambda error, message: got.append((str(error), message.body.order_id))) as port:
        for _ in range(2):
            signed = order("6")
            assert post(port, signed.authorization, signed.body)[0] == 200
            assert worked(got, 1) == [("the work fails", "6")]
    with start(work) as port:
        signed = order("7")
        assert post(port, signed.authorization, signed.body)[0] == 200
        assert worked(caplog.records, 1)[0].getMessage().startswith("the work on the pushed message ")


def test_a_body_that_was_parsed_before_is_an_error_of_the_program() -> None:
    with flask(lambda message, repeated: None) as port:
        signed = order("8")
        assert post(port, signed.authorization, signed.body, "/pushed?parsed=1")[0] == 500


def test_django_takes_posts_alone_and_asks_for_no_token() -> None:
    with django(lambda message, repeated: None) as port:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request("GET", "/pushed")
        assert connection.getresponse().status == 405
        connection.close()
