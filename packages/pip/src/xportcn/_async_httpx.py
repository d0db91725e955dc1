"""Requests by httpx, to await. It is loaded by clients that are awaited and have no other transport."""

import time
from typing import List, Optional, Tuple, Union

import anyio
import httpx

from xportcn._body import Body
from xportcn._borrowed import Borrowed
from xportcn._failures import Watch
from xportcn._httpx import body_of, response, sent, watch_of
from xportcn._loop_pools import LoopPools
from xportcn._loops import running
from xportcn._sockets import until
from xportcn._transport import AsyncHttpxClient, Request, Response


class AsyncHttpxTransport:
    """Sends with httpx, to await."""

    def __init__(self, proxied_host: Optional[str], client: Optional[AsyncHttpxClient] = None) -> None:
        self._may_use_proxy = proxied_host is not None
        self._source: Union[LoopPools, Borrowed[httpx.AsyncClient]] = (
            LoopPools(proxied_host) if client is None else Borrowed(client, httpx.AsyncClient)
        )

    async def send(self, request: Request, timeout: float, max_bytes: int) -> Response:
        """Gives the answer, or raises `TransportFailure`."""
        loop = running("a request")
        source = self._source
        client = await source.client(loop) if isinstance(source, LoopPools) else source.client(loop)
        watch = watch_of(source, request, self._may_use_proxy, loop)
        came: List[Tuple[httpx.Response, Body]] = []
        end = time.monotonic() + timeout
        try:
            with anyio.fail_after(timeout):
                await self._receive(client, request, timeout, end, max_bytes, watch, came)
        except TimeoutError as error:
            # What came in time stays an answer, if the time is over as its connection is put away.
            if not (came and watch.has_answer):
                raise watch.failure(httpx.ReadTimeout("there is no answer in time")) from error
        except Exception as error:
            raise watch.failure(error) from error
        return response(*came[0])

    async def _receive(
        self,
        client: httpx.AsyncClient,
        request: Request,
        timeout: float,
        end: float,
        max_bytes: int,
        watch: Watch,
        came: List[Tuple[httpx.Response, Body]],
    ) -> None:
        with until(end, watch):
            async with client.stream(**sent(self._source, request, timeout, watch.told_async)) as answer:
                came.append((answer, body_of(answer, max_bytes)))
                if not answer.is_stream_consumed:
                    async for part in answer.aiter_raw():
                        came[0][1].add(part)

    async def aclose(self) -> None:
        """Ends all connections, if they are its own."""
        if isinstance(self._source, LoopPools):
            await self._source.aclose()
