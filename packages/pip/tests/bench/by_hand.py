"""A client as one would write it for one call: signed with hashlib, sent with httpx, read with pydantic."""

import hashlib
import os
import time
from typing import Any, Dict

import httpx
from answer import Answer, OfferPage
from inputs import ACCOUNT

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def signed() -> Dict[str, str]:
    """The headers of a request to send now."""
    access_key, access_secret, user_id = ACCOUNT
    timestamp = str(int(time.time()))
    nonce = "".join(ALPHABET[byte % 62] for byte in os.urandom(32))
    signature = hashlib.md5(f"{access_key}{timestamp}{nonce}{access_secret}".encode()).hexdigest().upper()
    headers = {"access-key": access_key, "timestamp": timestamp, "nonce-str": nonce}
    headers.update({"user-id": user_id, "signature": signature, "content-type": "application/json"})
    return headers


class ByHand:
    def __init__(self, http: httpx.Client, url: str) -> None:
        self._http = http
        self._url = url

    def search(self, **params: Any) -> OfferPage:
        answer = self._http.post(self._url, json=params, headers=signed())
        answer.raise_for_status()
        read = Answer.model_validate_json(answer.content)
        if read.code not in (0, 200):
            raise RuntimeError(read.msg)
        return read.data
