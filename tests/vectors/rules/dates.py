"""Dates of HTTP."""

import re
from datetime import datetime, timezone

MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()

SHAPE = re.compile(r"[A-Z][a-z]{2}, (\d\d) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d):(\d\d) GMT", re.ASCII)


def http_date(text):
    """Milliseconds since 1970 of `Sun, 06 Nov 1994 08:49:37 GMT`; None for other text and for days before 1970."""
    match = SHAPE.fullmatch(text.strip(" \t"))
    if not match or match.group(2) not in MONTHS or match.group(6) > "60":
        return None
    day, month, *rest = match.groups()
    year, hour, minute, second = map(int, rest)
    try:
        # A leap second is as good as the second before it.
        moment = datetime(year, MONTHS.index(month) + 1, int(day), hour, minute, min(second, 59), tzinfo=timezone.utc)
    except ValueError:
        return None
    millis = int(moment.timestamp()) * 1000
    return millis if millis >= 0 else None


def written(millis):
    """The moment as an HTTP date."""
    moment = datetime.fromtimestamp(millis // 1000, tz=timezone.utc)
    weekday = "Mon Tue Wed Thu Fri Sat Sun".split()[moment.weekday()]
    return "%s, %02d %s %04d %s GMT" % (
        weekday,
        moment.day,
        MONTHS[moment.month - 1],
        moment.year,
        moment.strftime("%H:%M:%S"),
    )
