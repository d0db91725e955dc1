"""Requests carried by `requests` in the place of httpx."""

import requests
from urllib3.exceptions import NewConnectionError

from xportcn import Client, Request, Response, TransportFailure


class RequestsTransport:
    def __init__(self) -> None:
        self.session = requests.Session()
        # The environment's proxies would be shown what is for this machine; give others by `session.proxies`.
        self.session.trust_env = False

    def send(self, request: Request, timeout: float, max_bytes: int) -> Response:
        try:
            with self.session.request(
                request.method,
                request.url,
                headers=dict(request.headers),
                data=request.body,
                timeout=timeout,
                allow_redirects=False,
                stream=True,
            ) as answer:
                body = answer.raw.read(max_bytes + 1, decode_content=True)
                if len(body) > max_bytes:
                    raise TransportFailure("too-large", True)
                return Response(answer.status_code, list(answer.headers.items()), body)
        except (requests.ConnectTimeout, requests.exceptions.ProxyError) as error:
            raise TransportFailure("connect", False, str(error)) from error
        except requests.Timeout as error:
            raise TransportFailure("timeout", True, str(error)) from error
        except requests.ConnectionError as error:
            refused = isinstance(getattr(error.args[0], "reason", None), NewConnectionError)
            raise TransportFailure("connect" if refused else "reset", not refused, str(error)) from error

    def close(self) -> None:
        self.session.close()


if __name__ == "__main__":
    with Client(transport=RequestsTransport()) as client:
        print(client.taobao.after_sale.render(sub_order_id="1034499579120189839", goods_status=1, refund_type=1))
