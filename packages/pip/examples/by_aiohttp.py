"""Requests carried by aiohttp in the place of httpx."""

import asyncio

import aiohttp

from xportcn import AsyncClient, Request, Response, TransportFailure


class AiohttpTransport:
    def __init__(self, session: aiohttp.ClientSession) -> None:
        self.session = session

    async def send(self, request: Request, timeout: float, max_bytes: int) -> Response:
        try:
            async with self.session.request(
                request.method,
                request.url,
                headers=list(request.headers),
                data=request.body,
                timeout=aiohttp.ClientTimeout(total=timeout),
                allow_redirects=False,
            ) as answer:
                body = bytearray()
                async for part in answer.content.iter_chunked(65536):
                    body += part
                    if len(body) > max_bytes:
                        raise TransportFailure("too-large", True)
                return Response(answer.status, list(answer.headers.items()), bytes(body))
        except (aiohttp.ClientConnectorError, aiohttp.ClientHttpProxyError) as error:
            raise TransportFailure("connect", False, str(error)) from error
        except asyncio.TimeoutError as error:
            raise TransportFailure("timeout", True, str(error)) from error
        except aiohttp.ClientError as error:
            raise TransportFailure("reset", True, str(error)) from error

    async def aclose(self) -> None:
        await self.session.close()


async def main() -> None:
    async with AsyncClient(transport=AiohttpTransport(aiohttp.ClientSession())) as client:
        print(await client.taobao.after_sale.render(sub_order_id="1034499579120189839", goods_status=1, refund_type=1))


if __name__ == "__main__":
    asyncio.run(main())
