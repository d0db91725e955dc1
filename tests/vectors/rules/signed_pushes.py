"""Test messages: written as the platform writes its own, or the path of what is wrong."""

from .jsontext import Object, compact, parse
from .pushes import PREFIXES, recognise, signature
from .requests import Refused, encode_object


def signed(rows, account, given, now_ms):
    """`{"expect": ..}` for a message, `{"error": ..}` where it is refused. `given` has what a caller gives."""
    access_key, access_secret = account
    if not access_secret:
        return {"error": {"kind": "config", "path": "access_secret"}}
    try:
        body = written(rows, given, now_ms)
    except Refused as refused:
        return {"error": {"kind": "request", "path": refused.path}}
    return {"expect": {"authorization": signature(access_key, access_secret, body.encode()), "body": body}}


def written(rows, given, now_ms):
    row, message_type, platform = known(rows, given["message"], given.get("platform"))
    shown = parse(row.example) if row and row.example else Object()
    example = dict(shown)
    content = body_of(row, given.get("content"), example, shown)
    if row and "messageType" not in example:
        for name in ("platform", "time"):
            if given.get("time_ms" if name == "time" else name) is not None:
                raise Refused(name)
        return content
    is_text = isinstance(example.get("messageBody"), str)
    parts = [("messageType", compact(message_type)), ("messageBody", compact(content) if is_text else content)]
    if platform is not None:
        parts.append(("messagePlatform", str(platform)))
    parts.append(("timestamp", compact(str(now_ms if given.get("time_ms") is None else given["time_ms"]))))
    return "{" + ",".join(f'"{name}":{value}' for name, value in parts) + "}"


def body_of(row, content, example, shown):
    if content is not None:
        value = parse(content)
        if row is None:
            return compact(value)
        if not isinstance(value, Object):
            raise Refused("")
        return compact(encode_object(row.kind.inner, value, "", False))
    if row is None:
        raise Refused("")
    held = example.get("messageBody", shown)
    return held if isinstance(held, str) else compact(held)


def known(rows, name, wanted):
    """The row, the type and the platform of what is to be sent."""
    types = {row.id: dict(parse(row.example)).get("messageType") for row in rows}
    for row in rows:
        if row.id == name:
            if None not in (wanted, row.platform) and wanted != row.platform:
                raise Refused("platform")
            return row, types[row.id], row.platform
    for row in rows:
        if (wanted is None or wanted == row.platform) and (name in row.types or name == types[row.id]):
            return row, name, row.platform
    if wanted is None:
        wanted = next((number for prefix, number in PREFIXES.items() if name.startswith(prefix)), None)
        # A name that is like one of those above is a slip, which `cases` says of the few that it has.
        if wanted is None or name in SLIPS:
            raise Refused("")
    return recognise(rows, name, wanted, {})[0], name, wanted


#: Types that begin as those of a platform do, and are misspelt ones that the pages show.
SLIPS = {"1688_ORDER_BUYER_VIEW_ORDER_PRICE_MODFY", "1688_ORDER_CREATE"}
