"""Proxies of the environment: what goes through them, and what is wrong with them."""

import asyncio
import base64
import importlib.util
from typing import Any, List, Tuple

import httpx
import pytest
from conftest import ACCOUNT
from peers import Received, answer, platform, proxy

import xportcn
from xportcn.sandbox import Sandbox

VARIABLES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")
REFUSED = answer(b"no", "502 Bad Gateway")


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


def order(received: Received) -> bytes:
    return answer({"code": 200, "data": {"orderId": "1"}})


def pay_in_a_loop(**settings: Any) -> Any:
    async def run() -> Any:
        async with xportcn.AsyncClient(*ACCOUNT, max_retries=0, **settings) as client:
            return await client.taobao.order.purchase_pay(order_id="1")

    return asyncio.run(run())


def pay(**settings: Any) -> Any:
    with xportcn.Client(*ACCOUNT, max_retries=0, **settings) as client:
        return client.taobao.order.purchase_pay(order_id="1")


@pytest.mark.parametrize("variable", ["HTTP_PROXY", "http_proxy", "ALL_PROXY"])
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST", "127.0.0.9"])
def test_what_is_for_this_machine_goes_through_no_proxy(
    monkeypatch: pytest.MonkeyPatch, variable: str, host: str
) -> None:
    seen: List[Received] = []
    with proxy(REFUSED, seen) as between, platform(order) as peer:
        monkeypatch.setenv(variable, between.url)
        base_url = f"http://{host}:{peer.port}" if host != "127.0.0.9" else peer.url
        pay(base_url=base_url)
        pay_in_a_loop(base_url=base_url)
    assert seen == []


def test_the_sandbox_is_asked_without_a_proxy(monkeypatch: pytest.MonkeyPatch, xportcn_sandbox: Sandbox) -> None:
    seen: List[Received] = []
    with proxy(REFUSED, seen) as between:
        for name in ("HTTP_PROXY", "http_proxy", "all_proxy"):
            monkeypatch.setenv(name, between.url)
        assert "entries" in xportcn_sandbox.ledger()
        assert "calls" in xportcn_sandbox.faults()
        assert "nowMs" in xportcn_sandbox.control("clock", offsetMs=0)
    assert seen == []


def test_an_httpx_client_that_would_show_signed_headers_to_a_proxy_is_refused_before_it_sends(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: List[Received] = []
    with proxy(REFUSED, seen) as between, platform(order) as peer:
        monkeypatch.setenv("HTTP_PROXY", between.url)
        with httpx.Client() as own, pytest.raises(xportcn.TransportError, match="trust_env=False"):
            pay(base_url=peer.url, http_client=own)

        async def run() -> None:
            async with httpx.AsyncClient() as own:
                with pytest.raises(xportcn.TransportError, match="trust_env=False"):
                    client = xportcn.AsyncClient(*ACCOUNT, base_url=peer.url, http_client=own, max_retries=0)
                    await client.taobao.order.purchase_pay(order_id="1")

        asyncio.run(run())
        with httpx.Client(trust_env=False) as own:
            pay(base_url=peer.url, http_client=own)
    assert seen == []


@pytest.mark.parametrize("call", [pay, pay_in_a_loop])
@pytest.mark.parametrize(
    "reply",
    [
        answer(b"no", "407 Proxy Authentication Required"),
        REFUSED,
        b"HTTP/1.1 503 Busy\r\n\r\n",
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"",
    ],
)
def test_a_proxy_that_refuses_to_connect_was_sent_nothing(
    monkeypatch: pytest.MonkeyPatch, call: Any, reply: bytes
) -> None:
    seen: List[Received] = []

    def serve(received: Received) -> bytes:
        seen.append(received)
        if not reply:
            raise OSError("gone")
        return reply

    with platform(serve) as between:
        monkeypatch.setenv("HTTPS_PROXY", between.url.replace("//", "//user:p%40ss@"))
        with pytest.raises(xportcn.TransportError) as lost:
            call(base_url="https://platform.invalid/api", timeout=5)
    assert lost.value.transport_kind == "connect"
    assert [received.line for received in seen] == ["CONNECT platform.invalid:443 HTTP/1.1"]
    expected = "Basic " + base64.b64encode(b"user:p@ss").decode()
    assert seen[0].headers["proxy-authorization"] == expected
    assert not any(name in seen[0].headers for name in ("signature", "access-key", "nonce-str"))
    assert "p@ss" not in repr(lost.value) and "p%40ss" not in repr(lost.value)


@pytest.mark.parametrize("call", [pay, pay_in_a_loop])
def test_a_proxy_that_does_not_answer_was_sent_nothing(monkeypatch: pytest.MonkeyPatch, call: Any) -> None:
    with platform(lambda received: b"HTTP/1.1 200") as between:
        monkeypatch.setenv("https_proxy", between.url.replace("http://", ""))
        with pytest.raises(xportcn.TransportError) as lost:
            call(base_url="https://platform.invalid/api", timeout=0.5)
    assert lost.value.transport_kind == "connect"


def test_hosts_without_a_proxy_are_called_directly(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: List[Received] = []
    with proxy(REFUSED, seen) as between:
        monkeypatch.setenv("ALL_PROXY", between.url)
        for exceptions in ("*", "platform.invalid", ".invalid", "example.com, invalid"):
            monkeypatch.setenv("NO_PROXY", exceptions)
            for call in (pay, pay_in_a_loop):
                with pytest.raises(xportcn.TransportError) as lost:
                    call(base_url="https://platform.invalid/api", timeout=20)
                assert lost.value.transport_kind == "dns"
    assert seen == []


WRONG = [
    ("HTTPS_PROXY", "nonsense", "http://host:port"),
    ("https_proxy", "http://", "http://host:port"),
    ("HTTPS_PROXY", "http://user:hidden@host:99999", "http://host:port"),
    ("HTTPS_PROXY", "http://user:hidden@a b:80", "http://host:port"),
    ("ALL_PROXY", "socks4://user:hidden@127.0.0.1:1080", "of another kind"),
    ("all_proxy", "ftp://127.0.0.1:21", "of another kind"),
    ("ALL_PROXY", "socks5://user:hidden@127.0.0.1:1080", "httpx[socks]"),
    ("HTTPS_PROXY", "socks5h://127.0.0.1:1080", "httpx[socks]"),
]


@pytest.mark.parametrize("case", WRONG, ids=[f"{name}={value}" for name, value, _ in WRONG])
@pytest.mark.parametrize("kind", [xportcn.Client, xportcn.AsyncClient])
def test_a_wrong_proxy_is_a_wrong_setting_that_names_its_variable(
    monkeypatch: pytest.MonkeyPatch, kind: Any, case: Tuple[str, str, str]
) -> None:
    variable, value, words = case
    find = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name, *rest: None if name == "socksio" else find(name, *rest)
    )
    monkeypatch.setenv(variable, value)
    with pytest.raises(xportcn.ConfigError) as wrong:
        kind(*ACCOUNT)
    assert wrong.value.field == variable
    assert words in wrong.value.reason
    assert "hidden" not in str(wrong.value)
    # What goes through no proxy does not ask for it.
    kind(*ACCOUNT, base_url="http://127.0.0.1:1")


@pytest.mark.parametrize("variable", ["SSL_CERT_FILE", "SSL_CERT_DIR"])
def test_certificates_that_cannot_be_read_are_a_wrong_setting(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Any, variable: str
) -> None:
    file = tmp_path / "empty.pem"
    file.write_text("nothing")
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    for kind in (xportcn.Client, xportcn.AsyncClient):
        with pytest.raises(xportcn.ConfigError) as wrong:
            kind(*ACCOUNT)
        assert wrong.value.field == "SSL_CERT_FILE"


@pytest.mark.parametrize("base_url", ["", " ", "/"])
def test_an_empty_address_is_refused_and_does_not_stand_for_the_platform(
    monkeypatch: pytest.MonkeyPatch, base_url: str
) -> None:
    for kind in (xportcn.Client, xportcn.AsyncClient):
        with pytest.raises(xportcn.ConfigError) as wrong:
            kind(*ACCOUNT, base_url=base_url)
        assert wrong.value.field == "base_url"
        monkeypatch.setenv("XPORTCN_BASE_URL", base_url)
        with pytest.raises(xportcn.ConfigError) as wrong:
            kind(*ACCOUNT)
        assert wrong.value.field == "base_url"
        monkeypatch.delenv("XPORTCN_BASE_URL")
