"""The proxy that the environment names."""

import importlib.util
import os
import re
import urllib.request
from typing import Optional

import httpx

from xportcn._errors import ConfigError, config

_VARIABLES = ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY")
_HOST = re.compile(rb"[A-Za-z0-9._-]+|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*")
_SOCKS = ("socks5", "socks5h")


def environment_proxy(host: Optional[str]) -> Optional[httpx.URL]:
    """The proxy for requests to a host; absent where there is none, or there is no such host.

    Raises:
        ConfigError: It cannot be used; ``field`` is the variable that names it.
    """
    if host is None:
        return None
    proxies = urllib.request.getproxies()
    written = proxies.get("https") or proxies.get("all")
    if not written or urllib.request.proxy_bypass(host):
        return None
    return _checked(written)


def _checked(written: str) -> httpx.URL:
    try:
        url = httpx.URL(written if "://" in written else f"http://{written}")
    except httpx.InvalidURL:
        raise _wrong(written, "is no address of a proxy: write it as http://host:port") from None
    # A word alone is more likely a mistake than a host.
    is_word = "://" not in written and url.port is None
    if is_word or not _HOST.fullmatch(url.raw_host) or not 0 < (url.port or 1) < 65536:
        raise _wrong(written, "is no address of a proxy: write it as http://host:port")
    if url.scheme in _SOCKS and importlib.util.find_spec("socksio") is None:
        raise _wrong(written, "names a SOCKS proxy, which needs the package socksio: pip install 'httpx[socks]'")
    if url.scheme not in ("http", "https", *_SOCKS):
        raise _wrong(written, "names a proxy of another kind than http, https, socks5 and socks5h")
    return url


def _wrong(written: str, reason: str) -> ConfigError:
    """The value is not repeated: it may hold a password."""
    named = (name for name in _VARIABLES if os.environ.get(name) == written)
    return config(next(named, "proxy"), reason)
