"""Request signatures and the five headers."""

import hashlib
import hmac


def signature(method, access_key, access_secret, timestamp, nonce):
    """Upper-case hex. MD5 puts the secret behind what is signed, HMAC takes it as its key."""
    signed = (access_key + timestamp + nonce).encode()
    if method == "md5":
        return hashlib.md5(signed + access_secret.encode()).hexdigest().upper()
    if method == "hmac-sha256":
        return hmac.new(access_secret.encode(), signed, hashlib.sha256).hexdigest().upper()
    raise ValueError(method)


def timestamp(unit, now_ms):
    """The timestamp header: whole seconds, or milliseconds, since 1970."""
    return str({"s": now_ms // 1000, "ms": now_ms}[unit])


def headers(method, access_key, access_secret, user_id, unit, now_ms, nonce):
    """The five headers of a request that is sent now."""
    stamp = timestamp(unit, now_ms)
    return {
        "access-key": access_key,
        "timestamp": stamp,
        "nonce-str": nonce,
        "user-id": user_id,
        "signature": signature(method, access_key, access_secret, stamp, nonce),
    }
