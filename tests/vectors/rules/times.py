"""Moments: every form in which the platform writes them, and RFC 3339, in which hosts get them."""

import re
from datetime import datetime, timedelta, timezone

BEIJING = timezone(timedelta(hours=8))

CIVIL = re.compile(r"(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)", re.ASCII)
COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d))?", re.ASCII)
SECONDS = re.compile(r"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d{3})?(?:([+-])(\d\d)(\d\d))?", re.ASCII)
RFC3339 = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,3}))?(?:(Z)|([+-])(\d\d):(\d\d))", re.ASCII)
EPOCH = re.compile(r"([1-9]\d{9})(\d{3})?", re.ASCII)
UNSET = re.compile(r"0*|0000-00-00.*", re.ASCII | re.DOTALL)


def is_unset(text):
    """Whether the text is what platforms write where there is no time."""
    return UNSET.fullmatch(text) is not None


def parse(text):
    """The moment with its offset, or None where the text is none."""
    try:
        return _civil(text) or _epoch(text) or _compact(text) or _rfc3339(text)
    except (ValueError, OverflowError):
        return None


def _civil(text):
    match = CIVIL.fullmatch(text)
    return match and datetime(*map(int, match.groups()), tzinfo=BEIJING)


def _epoch(text):
    match = EPOCH.fullmatch(text)
    if not match:
        return None
    seconds, millis = match.groups()
    millis = int(seconds) * 1000 + int(millis or 0)
    return datetime(1970, 1, 1, tzinfo=timezone.utc).astimezone(BEIJING) + timedelta(milliseconds=millis)


def _compact(text):
    match = COMPACT.fullmatch(text)
    if match:
        return datetime(*(int(field or 0) for field in match.groups()), tzinfo=BEIJING)
    match = SECONDS.fullmatch(text)
    if not match:
        return None
    *fields, millis, sign, hours, minutes = match.groups()
    zone = _zone(sign, hours, minutes) if sign else BEIJING
    return datetime(*map(int, fields), int(millis or 0) * 1000, tzinfo=zone)


def _rfc3339(text):
    match = RFC3339.fullmatch(text)
    if not match:
        return None
    *fields, fraction, utc, sign, hours, minutes = match.groups()
    zone = timezone.utc if utc else _zone(sign, hours, minutes)
    return datetime(*map(int, fields), int((fraction or "0").ljust(6, "0")), tzinfo=zone)


def _zone(sign, hours, minutes):
    if int(hours) > 23 or int(minutes) > 59:
        raise ValueError("no offset")
    offset = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(-offset if sign == "-" else offset)


def canonical(moment):
    """RFC 3339, with milliseconds only where there are any."""
    seconds = moment.utcoffset() // timedelta(seconds=1)
    sign, minutes = ("-" if seconds < 0 else "+"), abs(seconds) // 60
    millis = ".%03d" % (moment.microsecond // 1000) if moment.microsecond else ""
    fields = (moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second)
    return "%04d-%02d-%02dT%02d:%02d:%02d" % fields + millis + "%s%02d:%02d" % (sign, *divmod(minutes, 60))


def wire_text(moment):
    """The platform's usual form: Beijing's civil time, without milliseconds."""
    moment = moment.astimezone(BEIJING)
    fields = (moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second)
    return "%04d-%02d-%02d %02d:%02d:%02d" % fields


def wire_millis(moment):
    """Milliseconds since 1970."""
    return str((moment - datetime(1970, 1, 1, tzinfo=timezone.utc)) // timedelta(milliseconds=1))
