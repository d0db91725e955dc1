"""Connections by httpx, which belong to one process.

After a fork both processes hold the same sockets, and would read each other's answers.
"""

import os
import ssl
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any, Dict, List, Optional

import httpcore
import httpx

from xportcn._body import ACCEPT_ENCODING
from xportcn._errors import config
from xportcn._leftovers import checked
from xportcn._proxy import environment_proxy
from xportcn._sockets import Backend

# Tasks come by dozens: all may be on their way at once, and all their connections are kept.
_CONNECTIONS = 100
# Shorter than what servers wait: a connection that closes as a call is sent makes a write ambiguous.
_KEPT_SECONDS = 5.0

# What other processes made: closing it, or leaving it to the collector of garbage, would disturb them.
inherited: List[object] = []


class Pool:
    """The pool of a client without async."""

    def __init__(self, proxied_host: Optional[str]) -> None:
        self._settings = connection_settings(proxied_host)
        self._process = os.getpid()
        self._client = self._made()

    def client(self) -> httpx.Client:
        """The pool of this process."""
        if self._process != os.getpid():
            inherited.append(self._client)
            self._client, self._process = self._made(), os.getpid()
        return self._client

    def close(self) -> None:
        """Ends its connections."""
        if self._process == os.getpid():
            self._client.close()

    def _made(self) -> httpx.Client:
        return httpx.Client(transport=_Transport(self._settings), headers=headers(), cookies=no_cookies())


class _Transport(httpx.HTTPTransport):
    """httpx's own but for its pool, whose sockets keep the end of a request."""

    def __init__(self, settings: Dict[str, Any]) -> None:
        settings = {**settings, "network_backend": Backend()}
        if "proxy_url" not in settings:
            self._pool = checked(httpcore.ConnectionPool)(**settings)
        elif settings["proxy_url"].scheme == b"socks5":
            self._pool = checked(httpcore.SOCKSProxy)(**settings)
        else:
            self._pool = checked(httpcore.HTTPProxy)(**settings)


def connection_settings(proxied_host: Optional[str]) -> Dict[str, Any]:
    """What httpcore is told of the connections."""
    settings: Dict[str, Any] = {
        "ssl_context": _ssl_context(),
        "max_connections": _CONNECTIONS,
        "max_keepalive_connections": _CONNECTIONS,
        "keepalive_expiry": _KEPT_SECONDS,
    }
    proxy = environment_proxy(proxied_host)
    if proxy is not None:
        scheme = b"socks5" if proxy.scheme == "socks5h" else proxy.raw_scheme
        settings["proxy_url"] = httpcore.URL(scheme=scheme, host=proxy.raw_host, port=proxy.port, target=b"/")
        if proxy.userinfo:
            settings["proxy_auth"] = proxy.username.encode(), proxy.password.encode()
    return settings


def _ssl_context() -> ssl.SSLContext:
    try:
        return httpx.create_ssl_context()
    except OSError as error:
        named = next((name for name in ("SSL_CERT_FILE", "SSL_CERT_DIR") if os.environ.get(name)), "certificates")
        raise config(named, f"cannot be read: {error}") from None


def headers() -> Dict[str, str]:
    """What every request says of its connection."""
    return {"accept-encoding": ACCEPT_ENCODING}


def no_cookies() -> CookieJar:
    """The platform knows a caller by its signature; what else a server sets is none of a call's business."""
    return CookieJar(DefaultCookiePolicy(allowed_domains=()))
