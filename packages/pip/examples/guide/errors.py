"""What can go wrong, and what to do."""

# region errors
import xportcn


def pay(client: xportcn.Client, order_id: str) -> None:
    try:
        client.taobao.order.purchase_pay(order_id=order_id)
    except xportcn.InvalidRequestError as wrong:
        print("nothing was sent:", wrong.path, wrong.reason)
    except xportcn.ApiError as refused:
        print("the platform says no:", refused.code, refused.message, refused.request_id)
    except xportcn.AmbiguousWriteError as lost:
        print("it may be carried out; do not call again, look:", client.recover(lost).outcome)
    except xportcn.XportcnError as failed:
        print(failed.kind, failed, "- later it may work" if failed.is_retryable else "")


# endregion

if __name__ == "__main__":
    with xportcn.Client() as client:
        pay(client, "")
        pay(client, "1")
