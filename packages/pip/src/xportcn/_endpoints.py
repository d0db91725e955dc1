"""What can be called."""

import functools
from typing import Dict, List, NamedTuple, Optional

import msgspec

from xportcn._core import endpoints as _endpoints
from xportcn._names import snake_path
from xportcn._readers import reader


class Candidate(NamedTuple):
    """Another call to try where the platform knows no such path or method."""

    method: str
    """``GET`` or ``POST``."""
    path: str
    """Its path."""
    evidence: str
    """Where both come from."""


class Endpoint(NamedTuple):
    """A call of the platform, and where its description comes from."""

    id: str
    """Its name, as ``taobao.after_sale.render``."""
    method: str
    """``GET`` or ``POST``."""
    path: str
    """Its path; the client's setting ``paths`` corrects it."""
    safety: str
    """``read`` changes nothing; ``write`` may."""
    path_evidence: str
    """Where the path comes from."""
    request_evidence: str
    """Where the fields of the request come from."""
    reply_evidence: str
    """Where the fields of the reply come from."""
    items: Optional[str]
    """The field of a page that holds its items, where the call has pages."""
    candidates: List[Candidate]
    """Other calls to try where the platform knows no such path or method, best first."""


class _Paging(msgspec.Struct):
    items: str


class _Row(msgspec.Struct):
    id: str
    method: str
    path: str
    safety: str
    evidence: Dict[str, str]
    candidates: List[Dict[str, str]]
    paging: Optional[_Paging]


def endpoints() -> List[Endpoint]:
    """Every call that this package knows."""
    return list(_by_id().values())


def items_field(id: str) -> str:
    """The field of a page that holds its items."""
    return _by_id()[id].items or ""


@functools.lru_cache(maxsize=None)
def _by_id() -> Dict[str, Endpoint]:
    rows: List[_Row] = reader(List[_Row]).decode(_endpoints())
    return {row.id: _endpoint(row) for row in rows}


def _endpoint(row: _Row) -> Endpoint:
    known = row.evidence
    items = snake_path(row.paging.items) if row.paging else None
    fields = (known["path"], known["request"], known["reply"], items)
    candidates = [Candidate(other["method"], other["path"], other["evidence"]) for other in row.candidates]
    return Endpoint(row.id, row.method, row.path, row.safety, *fields, candidates)
