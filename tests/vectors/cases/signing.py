"""Signatures, and the five headers of a request."""

from rules import signing

HEAD = {
    "about": "Signatures of requests. A case either has the timestamp as it is sent, and the signature; or the clock "
    "in milliseconds with the unit of the timestamp, and all five headers."
}

KEY, SECRET, USER = "sandbox-key", "sandbox-secret", "sandbox-user"
NONCE = "0123456789abcdefghijklmnopqrstuv"
SYMBOLS = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
NOW = 1722484800000

SIGNATURES = [
    ("the sandbox's account", KEY, SECRET, "1722484800", NONCE),
    ("a timestamp in milliseconds", KEY, SECRET, "1722484800000", NONCE),
    ("the start of 1970", KEY, SECRET, "0", NONCE),
    ("the last second of 32 bits with a sign", KEY, SECRET, "2147483647", NONCE),
    ("a second beyond 32 bits", KEY, SECRET, "4294967296", NONCE),
    ("the last second of the year 9999", KEY, SECRET, "253402300799", NONCE),
    ("the last millisecond of the year 9999", KEY, SECRET, "253402300799999", NONCE),
    ("a nonce of digits only", KEY, SECRET, "1722484800", "01234567890123456789012345678901"),
    ("a nonce of capitals only", KEY, SECRET, "1722484800", "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEF"),
    ("a nonce of one repeated letter", KEY, SECRET, "1722484800", "z" * 32),
    ("a nonce that differs in its last character", KEY, SECRET, "1722484800", NONCE[:-1] + "w"),
    ("a nonce that differs in the case of a letter", KEY, SECRET, "1722484800", NONCE[:-1] + "V"),
    ("a key and a secret of one character", "k", "s", "1722484800", NONCE),
    ("a key and a secret that are the same", "same", "same", "1722484800", NONCE),
    ("a key and a secret of digits only", "20240801", "10345794", "1722484800", NONCE),
    ("a key that ends in digits like a timestamp", KEY + "1722484800", SECRET, "1722484801", NONCE),
    ("a secret in capitals", KEY, SECRET.upper(), "1722484800", NONCE),
    ("every ASCII symbol in the key", SYMBOLS, SECRET, "1722484800", NONCE),
    ("every ASCII symbol in the secret", KEY, SYMBOLS, "1722484800", NONCE),
    ("a secret in base64 with padding", KEY, "c2VjcmV0L3NlY3JldCtzZWNyZXQ9PQ==", "1722484800", NONCE),
    ("a key of 200 characters", "k" * 200, SECRET, "1722484800", NONCE),
    ("a secret of 55 characters", KEY, "s" * 55, "1722484800", NONCE),
    ("a secret of 63 characters, one below the block", KEY, "s" * 63, "1722484800", NONCE),
    ("a secret of 64 characters, exactly the block", KEY, "s" * 64, "1722484800", NONCE),
    ("a secret of 65 characters, which HMAC hashes first", KEY, "s" * 65, "1722484800", NONCE),
    ("a secret of 128 characters", KEY, "s" * 128, "1722484800", NONCE),
    ("a secret of 129 characters", KEY, "s" * 129, "1722484800", NONCE),
    ("a secret of 200 characters", KEY, "0123456789abcdefABCD" * 10, "1722484800", NONCE),
]

HEADERS = [
    ("the clock in seconds", KEY, SECRET, USER, "s", NOW),
    ("the clock in milliseconds", KEY, SECRET, USER, "ms", NOW),
    ("the last millisecond of a second, which does not round up", KEY, SECRET, USER, "s", NOW + 999),
    ("the last millisecond of a second, in milliseconds", KEY, SECRET, USER, "ms", NOW + 999),
    ("a clock that stands at zero", KEY, SECRET, USER, "s", 0),
    ("a clock of less than a second", KEY, SECRET, USER, "s", 999),
    ("a clock of a single millisecond", KEY, SECRET, USER, "ms", 1),
    ("a user of one character, which is not signed", KEY, SECRET, "u", "s", NOW),
    ("a user of 200 characters, which is not signed", KEY, SECRET, "u" * 200, "s", NOW),
    ("symbols in user, key and secret", "k:/+=", "s%&?#", "u@example.com", "ms", NOW + 7),
    ("a key and a secret longer than the block", "K" * 130, "S" * 130, USER, "s", NOW),
]

METHODS = {"md5": "MD5", "hmac-sha256": "HMAC-SHA256"}


def cases():
    for method, title in METHODS.items():
        for name, access_key, access_secret, timestamp, nonce in SIGNATURES:
            given = {"access_key": access_key, "access_secret": access_secret, "timestamp": timestamp, "nonce": nonce}
            signature = signing.signature(method, **given)
            yield case(f"{title} signs {name}", method=method, **given, signature=signature)
        for name, access_key, access_secret, user_id, unit, now_ms in HEADERS:
            given = {
                "access_key": access_key,
                "access_secret": access_secret,
                "user_id": user_id,
                "unit": unit,
                "now_ms": now_ms,
                "nonce": NONCE,
            }
            headers = signing.headers(method, **given)
            yield case(f"{title} headers carry {name}", method=method, **given, headers=headers)


def case(name, **parts):
    return [("name", name), *parts.items()]
