"""Connections by httpx with asyncio, which belong to one process and one loop."""

import asyncio
import os
from typing import Any, AsyncGenerator, Dict, Optional

import httpcore
import httpx

from xportcn._async_sockets import AsyncBackend
from xportcn._leftovers import checked
from xportcn._pools import connection_settings, headers, inherited, no_cookies


class LoopPools:
    """The pools of a client with asyncio. Each ends with its loop, or with the client."""

    def __init__(self, proxied_host: Optional[str]) -> None:
        self._settings = connection_settings(proxied_host)
        self._process = os.getpid()
        self._lives: Dict[asyncio.AbstractEventLoop, _Life] = {}

    async def client(self, loop: asyncio.AbstractEventLoop) -> httpx.AsyncClient:
        """The pool of the running loop."""
        if self._process != os.getpid():
            inherited.append(self._lives)
            self._lives = {}
            self._process = os.getpid()
        life = self._lives.get(loop)
        if life is None or life.client.is_closed:
            for other in [other for other in list(self._lives) if other.is_closed()]:
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
        for loop, life in lives.items():
            if loop is asyncio.get_running_loop():
                await life.end()
            elif loop.is_running():
                asyncio.run_coroutine_threadsafe(life.end(), loop)


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
