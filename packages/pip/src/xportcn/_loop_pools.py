"""Connections by httpx to await, which belong to one process and one loop."""

import os
from typing import Any, AsyncGenerator, Dict, Optional

import httpcore
import httpx

from xportcn._async_sockets import AsyncBackend
from xportcn._leftovers import checked
from xportcn._loops import Loop, begin, has_ended, running
from xportcn._pools import connection_settings, headers, inherited, no_cookies


class LoopPools:
    """The pools of a client that is awaited. Each ends with its loop, or with the client."""

    def __init__(self, proxied_host: Optional[str]) -> None:
        self._settings = connection_settings(proxied_host)
        self._process = os.getpid()
        self._lives: Dict[Loop, _Life] = {}

    async def client(self, loop: Loop) -> httpx.AsyncClient:
        """The pool of the running loop."""
        if self._process != os.getpid():
            inherited.append(self._lives)
            self._lives = {}
            self._process = os.getpid()
        life = self._lives.get(loop)
        if life is None or life.client.is_closed:
            for other, ended in list(self._lives.items()):
                if has_ended(other) or ended.client.is_closed:
                    self._lives.pop(other, None)
            life = self._lives[loop] = _Life(_AsyncTransport(self._settings))
            await life.begin()
        return life.client

    async def aclose(self) -> None:
        """Ends their connections."""
        lives = self._lives
        self._lives = {}
        if self._process != os.getpid():
            inherited.append(lives)
            return
        here = running("aclose") if lives else None
        for loop, life in lives.items():
            if loop is here:
                await life.end()
            else:
                begin(loop, life.end)


class _Life:
    """A pool from its first call to the end of its loop, which ends its generators."""

    def __init__(self, transport: httpx.AsyncHTTPTransport) -> None:
        self.client = httpx.AsyncClient(transport=transport, headers=headers(), cookies=no_cookies())
        self._life = _live(self.client)

    async def begin(self) -> None:
        await self._life.__anext__()

    async def end(self) -> None:
        await self._life.aclose()


async def _live(client: httpx.AsyncClient) -> AsyncGenerator[None, None]:
    try:
        yield
    finally:
        await client.aclose()


class _AsyncTransport(httpx.AsyncHTTPTransport):
    def __init__(self, settings: Dict[str, Any]) -> None:
        settings = {**settings, "network_backend": AsyncBackend()}
        if "proxy_url" not in settings:
            self._pool = checked(httpcore.AsyncConnectionPool)(**settings)
        elif settings["proxy_url"].scheme == b"socks5":
            self._pool = checked(httpcore.AsyncSOCKSProxy)(**settings)
        else:
            self._pool = checked(httpcore.AsyncHTTPProxy)(**settings)
