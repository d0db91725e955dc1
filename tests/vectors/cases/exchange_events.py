"""The events of which traces are made, and what they are made of most often."""

from rules.dates import written

# Thu, 01 Aug 2024 04:00:00 GMT
NOW = 1722484800000
HOUR = 3600_000

READ = "taobao.after_sale.render"
READ_PARAMS = '{"subOrderId":"1034499579120189839","goodsStatus":1,"refundType":1}'

CREATE = "taobao.order.purchase_create"
CREATE_PARAMS = (
    '{"orderLineList":[{"itemId":"600126245031041190","quantity":2,"skuId":"5016042822039"}],"purchaseAmount":"400",'
    '"receiver":{"name":"张三","address":"象山路1号"},"sellerOrderNumber":"S-20240801-7"}'
)

# Cancelled with GET, the number in the path.
CANCEL_REFUND = "taobao.after_sale.cancel"
CANCEL_PARAMS = '{"refundId":"110002685755"}'

DATA = '{"currency":"CNY","distributorId":"20001"}'
SUCCESS = '{"code":200,"msg":"success","requestId":"r-1","data":%s}' % DATA
HTML = "<html><body>502 Bad Gateway</body></html>"


def policy(**changes):
    usual = {
        "max_retries": 2,
        "timeout": 30000,
        "deadline": 60000,
        "initial_backoff": 500,
        "max_backoff": 8000,
        "retry_writes": False,
    }
    assert changes.keys() <= usual.keys(), changes
    return {**usual, **changes}


class Begin:
    """Another call on the same core."""

    def __init__(self, endpoint, params, **changes):
        self.endpoint = endpoint
        self.params = params
        self.policy = policy(**changes)


class Step:
    def __init__(self, at, jitter):
        self.at = at
        self.jitter = jitter


class Answer:
    def __init__(self, status, body, headers):
        self.status = status
        self.body = body
        self.headers = headers


class Fail:
    def __init__(self, kind, maybe_sent):
        self.kind = kind
        self.maybe_sent = maybe_sent


class Cancel:
    pass


class Trace:
    def __init__(self, name, begin, outline, *events, limit=None, unit="s"):
        self.name = name
        self.begin = begin
        self.outline = outline
        self.events = events
        self.limit = limit
        self.unit = unit


def reads(**changes):
    return Begin(READ, READ_PARAMS, **changes)


def creates(**changes):
    return Begin(CREATE, CREATE_PARAMS, **changes)


def cancels(**changes):
    return Begin(CANCEL_REFUND, CANCEL_PARAMS, **changes)


def at(milliseconds, jitter=None):
    """A step this long after NOW."""
    return Step(NOW + milliseconds, jitter)


def answer(status, body, *headers):
    return Answer(status, body, [list(header) for header in headers])


def ok(*headers):
    return answer(200, SUCCESS, *headers)


def refused(code, *headers, status=200, words="refused"):
    """The platform's refusal in the envelope."""
    return answer(status, '{"code":%s,"msg":"%s","requestId":"r-2"}' % (code, words), *headers)


def busy(*headers, status=503):
    """A gateway's page."""
    return answer(status, HTML, *headers)


def lost(kind, maybe_sent):
    return Fail(kind, maybe_sent)


def date(milliseconds, name="Date"):
    """The header of a moment this long after NOW."""
    return (name, written(NOW + milliseconds))


def after(text, name="Retry-After"):
    return (name, text)
