"""Rounds in which both take turns, and the rows that come of them."""

import json
import statistics
import time
from typing import Any, Callable, Dict, Iterable, Optional, Tuple

Row = Dict[str, Any]
Work = Callable[[], Any]

# A round of each is to take so long, and all rounds of a case.
ROUND_SECONDS = 0.004
CASE_SECONDS = 1.2
FEWEST_ROUNDS = 7
MOST_ROUNDS = 61


def beside(
    case: str,
    ours: Work,
    peer: str,
    theirs: Work,
    budget: Optional[float] = None,
    clock: Callable[[], float] = time.process_time,
) -> Row:
    """Microseconds of both. The usual clock is that of this process: what else runs on the machine does not count."""
    for work in (ours, theirs):
        timed(work, 1, clock)
    slower = max(timed(work, 1, clock) for work in (ours, theirs))
    times = max(1, round(ROUND_SECONDS / slower))
    rounds = min(MOST_ROUNDS, max(FEWEST_ROUNDS, round(CASE_SECONDS / (2 * times * slower))))
    pairs = [(timed(ours, times, clock) * 1e6, timed(theirs, times, clock) * 1e6) for _ in range(rounds)]
    return compared(case, peer, pairs, "µs", budget)


def timed(work: Work, times: int, clock: Callable[[], float]) -> float:
    """Seconds of one."""
    started = clock()
    for _ in range(times):
        work()
    return (clock() - started) / times


def compared(
    case: str, peer: str, pairs: Iterable[Tuple[float, float]], unit: str, budget: Optional[float] = None
) -> Row:
    """Medians, and the median of the rounds' ratios: a machine that slows down between rounds hardly moves it."""
    pairs = list(pairs)
    ours, theirs = (statistics.median(values) for values in zip(*pairs))
    return row(case, ours, peer, theirs, statistics.median(mine / other for mine, other in pairs), unit, budget)


def row(
    case: str, ours: float, peer: str, value: float, ratio: float, unit: str, budget: Optional[float] = None
) -> Row:
    """Prints a row, and gives it."""
    facts: Row = {"host": "python", "case": case, "ours": round(ours, 2), "peer": peer, "peer_value": round(value, 2)}
    facts.update({"ratio": round(ratio, 3), "better": "lower", "unit": unit})
    if budget is not None:
        facts["budget"] = budget
    facts["ok"] = budget is None or ratio <= budget
    print(json.dumps(facts, ensure_ascii=False), flush=True)
    return facts
