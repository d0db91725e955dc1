"""Reads messages that the platform pushes."""

# region pushed
from xportcn import Client, DecodeError, PushSignatureError


def receive(client: Client, authorization: str, body: bytes) -> int:
    """The status to answer with, at once. `body` is as it was received, before anything has parsed it."""
    try:
        message = client.verify_push(authorization, body)
    except PushSignatureError:
        return 401
    except DecodeError:
        return 400
    # Put it into a queue of your own, and work on it after the answer. A repeat has the same id.
    print(message.id, message.push, message.body)
    client.on_push(message)  # a wait for this order looks at once
    return 200


# endregion

if __name__ == "__main__":
    with Client() as client:
        # region signed
        signed = client.sign_push("ORDER_PAY_SUCCESS", {"orderId": "3305075341149134260"})
        assert receive(client, signed.authorization, signed.body) == 200
        assert receive(client, "0" * 64, signed.body) == 401
        # endregion
