"""Requests by httpx, to await. It is loaded by clients with asyncio that have no other transport."""

import asyncio
from typing import Optional, Union

import httpx

from xportcn._borrowed import Borrowed
from xportcn._failures import Watch
from xportcn._httpx import body_of, response, sent, watch_of
from xportcn._loop_pools import LoopPools
from xportcn._transport import Request, Response


class AsyncHttpxTransport:
    """Sends with httpx, to await."""

    def __init__(self, proxied_host: Optional[str], client: Optional[httpx.AsyncClient] = None) -> None:
        self._may_use_proxy = proxied_host is not None
        self._source: Union[LoopPools, Borrowed[httpx.AsyncClient]] = (
            LoopPools(proxied_host) if client is None else Borrowed(client, httpx.AsyncClient)
        )

    async def send(self, request: Request, timeout: float, max_bytes: int) -> Response:
        """Gives the answer, or raises `TransportFailure`."""
        loop = asyncio.get_running_loop()
        source = self._source
        client = await source.client(loop) if isinstance(source, LoopPools) else source.client(loop)
        watch = watch_of(source, request, self._may_use_proxy, lambda: source.connected(loop))
        try:
            return await asyncio.wait_for(self._answer(client, request, timeout, max_bytes, watch), timeout)
        except asyncio.TimeoutError as error:
            raise watch.failure(httpx.ReadTimeout("there is no answer in time")) from error
        except Exception as error:
            raise watch.failure(error) from error

    async def _answer(
        self, client: httpx.AsyncClient, request: Request, timeout: float, max_bytes: int, watch: Watch
    ) -> Response:
        async with client.stream(**sent(self._source, request, timeout, watch.told_async)) as answer:
            body = body_of(answer, max_bytes)
            if not answer.is_stream_consumed:
                async for part in answer.aiter_raw():
                    body.add(part)
            return response(answer, body)

    async def aclose(self) -> None:
        """Ends all connections, if they are its own."""
        if isinstance(self._source, LoopPools):
            await self._source.aclose()
