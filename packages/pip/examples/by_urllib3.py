"""Requests carried by urllib3 in the place of httpx."""

import urllib3
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError, ProxyError, TimeoutError

from xportcn import Client, Request, Response, TransportFailure


class Urllib3Transport:
    def __init__(self) -> None:
        self.pool = urllib3.PoolManager(retries=False)

    def send(self, request: Request, timeout: float, max_bytes: int) -> Response:
        try:
            answer = self.pool.request(
                request.method,
                request.url,
                headers=dict(request.headers),
                body=request.body,
                timeout=timeout,
                redirect=False,
                preload_content=False,
            )
            try:
                body = answer.read(max_bytes + 1)
            finally:
                answer.release_conn()
        except (ConnectTimeoutError, NewConnectionError, ProxyError) as error:
            raise TransportFailure("connect", False, str(error)) from error
        except TimeoutError as error:
            raise TransportFailure("timeout", True, str(error)) from error
        except HTTPError as error:
            raise TransportFailure("reset", True, str(error)) from error
        if len(body) > max_bytes:
            raise TransportFailure("too-large", True)
        return Response(answer.status, list(answer.headers.items()), body)

    def close(self) -> None:
        self.pool.clear()


if __name__ == "__main__":
    with Client(transport=Urllib3Transport()) as client:
        print(client.taobao.after_sale.render(sub_order_id="1034499579120189839", goods_status=1, refund_type=1))
