#!/usr/bin/env python3
"""Writes the inputs that every host's benchmark reads to target/bench/inputs/, or to the folder given; the same bytes
every time. A folder that has them all is left as it is.

reply_1k.json, reply_24k.json, reply_1m.json, reply_10m.json
    whole bodies of replies to alibaba.product.keyword_search, at least of that size, in the shape and proportions of
    real ones: each item is some 2 KB of URLs, two titles, prices as text and many small fields
params_small.json, params_order.json
    {"id", "params"}: a request of three fields, and an order of 20 lines, as a caller writes them
"""

import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "target" / "bench" / "inputs"

REPLIES = {"reply_1k.json": 1 << 10, "reply_24k.json": 24 << 10, "reply_1m.json": 1 << 20, "reply_10m.json": 10 << 20}

SMALL = {
    "id": "taobao.after_sale.render",
    "params": {"subOrderId": "1034499579120189839", "goodsStatus": 1, "refundType": 1},
}

# A product, whose fields stand in the order in which the published page lists them.
ITEM = (pathlib.Path(__file__).parent / "item.json").read_text(encoding="utf-8").strip()

# A reply of 1 KB has no room for a whole product: it has one of these.
SHORT_ITEM = ITEM[: ITEM.index(',"sellerDataInfo"')] + "}"


def main() -> None:
    folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    print(write(folder))


def write(folder: pathlib.Path = FOLDER) -> pathlib.Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, size in REPLIES.items():
        keep(folder / name, search_reply(size))
    keep(folder / "params_small.json", compact(SMALL))
    keep(folder / "params_order.json", compact(order(20)))
    return folder


def search_reply(size: int) -> bytes:
    """A reply of at least so many bytes, and at most a product more."""
    template = SHORT_ITEM if size < 2048 else ITEM
    items: list[str] = []
    length = 0
    while length + 200 < size:
        items.append(item(template, len(items)))
        length += len(items[-1].encode()) + 1
    head = (
        '{"requestId":"4cfda0b725184ab8a1e3ee3b9051ec35","code":200,"developId":"1014533973088404335","msg":"成功",'
        f'"data":{{"totalRecords":2000,"totalPage":100,"pageSize":{len(items)},"currentPage":1,"data":['
    )
    body = head + ",".join(items) + "]}}"
    json.loads(body)
    return body.encode()


def item(template: str, n: int) -> str:
    cents = 100 + n * 37 % 9900
    values = {
        "{id}": 706_627_393_257 + n * 7919,
        "{price}": f"{cents // 10}.{cents % 100:02}",
        "{percent}": n % 100,
        "{sold}": n * 13 % 5000,
        "{n}": n,
    }
    for name, value in values.items():
        template = template.replace(name, str(value))
    return template


def order(lines: int) -> dict:
    line = lambda n: {  # noqa: E731
        "offerId": str(548_818_919_805 + n * 7919),
        "specId": f"eb81c61de14f4adb405ffcc2c8a4a3{n:02x}",
        "quantity": str(1 + n % 7),
    }
    address = {
        "fullName": "张三",
        "mobile": "13800000000",
        "phone": "",
        "postCode": "310024",
        "cityText": "杭州市",
        "provinceText": "浙江省",
        "areaText": "西湖区",
        "townText": "转塘",
        "address": "象山路1号",
    }
    params = {"flow": "general", "message": "请小心包装", "tradeType": "nzassure", "addressParam": address}
    return {"id": "alibaba.order.create", "params": {**params, "cargoParamList": [line(n) for n in range(lines)]}}


def compact(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def keep(path: pathlib.Path, content: bytes) -> None:
    """Writes a file unless it is there as it should be: others may be reading it."""
    if not path.exists() or path.read_bytes() != content:
        part = path.with_name(f".{path.name}.part")
        part.write_bytes(content)
        part.replace(path)


if __name__ == "__main__":
    main()
