"""What each host is to come down to, beside the budgets that it must keep: the ratio to a peer, and why it is not there.

A budget that is missed fails `make bench`. An aim that is missed is told of in the page, with its reason; the rows of a host
whose cases begin with "of" show the parts of the time.
"""

from typing import List, NamedTuple, Optional, Tuple


class Fairer(NamedTuple):
    """A peer that was written better: the ratio to it is another one than before, though ours is no slower."""

    host: str
    case: str
    peer: str
    # The ratio to the peer as it was.
    before: float
    how: str


class Aim(NamedTuple):
    host: str
    case: str
    peer: str
    ratio: float
    # Why it cannot be, or is not yet. Where an aim holds, there is nothing to tell.
    why: Optional[str] = None


TWICE = (
    "the core reads the body, to keep long ids and to mend what does not fit, and JSON.parse reads what the core wrote; the "
    "second reading alone takes about what the peer does without its TextDecoder"
)
CHECKED = (
    "the peer checks nothing. JSON.stringify is the same for both; on top come the look at what it loses, the core's look at "
    "each field, and the way of the text into WebAssembly and back, for ids become numbers on the wire"
)
AIMS: List[Aim] = [
    Aim("npm", "build and sign an order of 20 lines", "crypto-js", 1.05, CHECKED),
    Aim("npm", "build and sign an order of 20 lines", "node:crypto", 1.6, CHECKED),
    Aim("npm", "read a reply of 1 KB", "JSON.parse(TextDecoder)", 1.2, TWICE),
    Aim("npm", "read a reply of 24 KB", "JSON.parse(TextDecoder)", 1.15, TWICE),
    Aim(
        "npm",
        "peak memory of reading 10 MB",
        "JSON.parse(TextDecoder)",
        1.4,
        "beside the text that JSON.parse reads, the body and what the core wrote of it lie in WebAssembly, 10 MB each",
    ),
    Aim("npm", "import", "5 ms", 1, "it takes 4 to 6 milliseconds, as the machine goes"),
    Aim("npm", "first call", "20 ms", 1),
    Aim(
        "size",
        "JavaScript and wasm in a browser, gzipped",
        "a budget in bytes",
        # 90,000 bytes.
        0.81,
        "tables of 93 rows take 27 KB of it, the core's code 73 KB and JavaScript 13 KB; less is possible where rows are "
        "loaded by group",
    ),
    Aim(
        "kotlin",
        "read a reply of 1 KB",
        "kotlinx.serialization on the raw body",
        1.6,
        "the core's reading and the way there and back take 4 microseconds, Kotlin's types 3, and the peer 5 for all",
    ),
    Aim(
        "kotlin",
        "first call",
        "MessageDigest and kotlinx.serialization by hand",
        1.5,
        "a program loads 1,361 classes for it, and 983 by hand; the library comes out of the jar, and java.util.logging begins",
    ),
    Aim("python", "build and sign an order of 20 lines", "hashlib and orjson by hand", 2.0, "the peer checks nothing"),
    Aim(
        "python",
        "read a reply of 24 KB",
        "msgspec, of what the core has put in order",
        1.5,
        "the peer reads what the core has put in order already: its time is the second half of ours",
    ),
]

FAIRER: List[Fairer] = [
    Fairer(
        "npm",
        "build and sign a small request",
        "node:crypto",
        1.55,
        "it hashes in one call, and takes its nonce from Node's stock of random bytes",
    ),
    Fairer("npm", "build and sign an order of 20 lines", "crypto-js", 2.90, "it loads MD5 alone"),
    Fairer(
        "kotlin",
        "build and sign a small request",
        "MessageDigest and kotlinx.serialization by hand",
        1.73,
        "it writes hex by a table and draws its nonce in one piece, and gives the bytes that are sent",
    ),
    Fairer(
        "kotlin",
        "build and sign an order of 20 lines",
        "MessageDigest and kotlinx.serialization by hand",
        2.87,
        "the same",
    ),
]


def fairer(rows: List[dict]) -> List[Tuple[Fairer, dict]]:
    """The peers that were written better, each with its row, where it was measured."""
    by_key = {(row["host"], row["case"], row["peer"]): row for row in rows}
    found = [(peer, by_key.get((peer.host, peer.case, peer.peer))) for peer in FAIRER]
    return [(peer, row) for peer, row in found if row is not None]


def held(rows: List[dict]) -> List[Tuple[Aim, dict]]:
    """The aims of the hosts that were measured, each with its row.

    Raises:
        ValueError: An aim has no row, or is missed without a reason.
    """
    by_key = {(row["host"], row["case"], row["peer"]): row for row in rows}
    hosts = {row["host"] for row in rows}
    pairs = []
    for aim in AIMS:
        if aim.host not in hosts:
            continue
        row = by_key.get((aim.host, aim.case, aim.peer))
        named = f"{aim.host}, {aim.case}, beside {aim.peer}"
        if row is None:
            raise ValueError(f"{named}: there is no such row")
        if row["ratio"] > aim.ratio and aim.why is None:
            raise ValueError(f"{named}: {row['ratio']} is above the aim of {aim.ratio}; say in aims.py why")
        pairs.append((aim, row))
    return pairs
