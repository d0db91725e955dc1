"""Signatures of pushed messages: those that are accepted, and whatever is not the platform's."""

import base64

from rules import pushes
from rules.recipes import bytes_of, encoded

ACCOUNT = ("sandbox-key", "sandbox-secret")
KEY, SECRET = ACCOUNT

BODY = '{"messageType":"ORDER_CREATE","messageBody":"{\\"orderId\\":\\"3305075341149134260\\",\\"totalAmount\\":10000}","messagePlatform":1,"timestamp":"1779263269913"}'
CHINESE = '{"messageType":"ORDER_CANCEL","messageBody":{"orderId":3305075341149134260,"closeReason":"买家取消"},"messagePlatform":1,"timestamp":"1779263269913"}'


def sign(body, account=ACCOUNT):
    return pushes.signature(*account, bytes_of(body))


GOOD = sign(BODY)
BINARY = bytes.fromhex(GOOD)


def mixed(digits):
    return "".join(digit.upper() if at % 2 else digit for at, digit in enumerate(digits))


def flipped(digits, at):
    return digits[:at] + ("0" if digits[at] != "0" else "1") + digits[at + 1 :]


def of(account, body=BODY):
    return account, sign(body, account), body


ACCEPTED = [
    ("a signature in lower case", ACCOUNT, GOOD, BODY),
    ("a signature in upper case", ACCOUNT, GOOD.upper(), BODY),
    ("a signature in both cases", ACCOUNT, mixed(GOOD), BODY),
    ("a signature with spaces around it", ACCOUNT, "  " + GOOD + " ", BODY),
    ("a signature with a tab before and a line end behind it", ACCOUNT, "\t" + GOOD + "\r\n", BODY),
    ("a body in Chinese", ACCOUNT, sign(CHINESE), CHINESE),
    ("a body that ends in a line end, which is signed with it", *of(ACCOUNT, BODY + "\n")),
    ("a body with a byte order mark, which is signed with it", *of(ACCOUNT, "\ufeff" + BODY)),
    ("a body in another order of fields, signed as it is", *of(ACCOUNT, '{"timestamp":"1779263269913","messagePlatform":1,"messageBody":{"totalAmount":10000,"orderId":"3305075341149134260"},"messageType":"ORDER_CREATE"}')),
    ("a key and a secret of one character", *of(("k", "s"))),
    ("a secret of 64 characters, exactly the block", *of((KEY, "s" * 64))),
    ("a secret of 65 characters, which HMAC hashes first", *of((KEY, "s" * 65))),
    ("a key and a secret with every ASCII symbol", *of(("!\"#$%&'()*+,-./:;", "<=>?@[\\]^_`{|}~"))),
    ("a key and a secret that are the same", *of(("same", "same"))),
]

REFUSED = [
    ("an order id that was changed in one digit", ACCOUNT, GOOD, BODY.replace("134260", "134261")),
    ("an amount with one more digit", ACCOUNT, GOOD, BODY.replace("10000", "100000")),
    ("a body with one bit changed at its start", ACCOUNT, GOOD, encoded(b"z" + BODY.encode()[1:])),
    ("a body with one bit changed at its end", ACCOUNT, GOOD, encoded(BODY.encode()[:-1] + b"|")),
    ("a body with a line end behind it", ACCOUNT, GOOD, BODY + "\n"),
    ("a body with a space before it", ACCOUNT, GOOD, " " + BODY),
    ("a body with a zero byte behind it", ACCOUNT, GOOD, BODY + "\0"),
    ("a body with a byte order mark that was not signed", ACCOUNT, GOOD, "\ufeff" + BODY),
    ("a body that was cut off by one byte", ACCOUNT, GOOD, BODY[:-1]),
    ("a body that was emptied", ACCOUNT, GOOD, ""),
    ("a body that was written again with spaces", ACCOUNT, GOOD, BODY.replace('":', '": ').replace(',"', ', "')),
    ("a body that was written again in another order", ACCOUNT, GOOD, '{"messageBody":"{\\"orderId\\":\\"3305075341149134260\\",\\"totalAmount\\":10000}","messagePlatform":1,"messageType":"ORDER_CREATE","timestamp":"1779263269913"}'),
    ("a body whose content was unwrapped", ACCOUNT, GOOD, BODY.replace('\\"', '"').replace('"{', "{").replace('}"', "}")),
    ("a body whose characters were escaped", ACCOUNT, sign(CHINESE), CHINESE.replace("买家取消", "\\u4e70\\u5bb6\\u53d6\\u6d88")),
    ("a body whose escapes were resolved", ACCOUNT, sign(CHINESE.replace("买", "\\u4e70")), CHINESE),
    ("a body in GBK instead of UTF-8", ACCOUNT, sign(CHINESE), encoded(CHINESE.encode("gbk"))),
    ("a body whose id went through binary floating point", ACCOUNT, sign(CHINESE), CHINESE.replace("3305075341149134260", "3305075341149134000")),
    ("the signature of another body", ACCOUNT, sign(CHINESE), BODY),
    ("the signature of the body without the key", ACCOUNT, sign(BODY, ("", SECRET)), BODY),
    ("the signature of another key", ACCOUNT, sign(BODY, ("sandbox-kez", SECRET)), BODY),
    ("the signature of another secret", ACCOUNT, sign(BODY, (KEY, "sandbox-secreu")), BODY),
    ("the signature of the secret in upper case", ACCOUNT, sign(BODY, (KEY, SECRET.upper())), BODY),
    ("the signature of key and secret in each other's place", ACCOUNT, sign(BODY, (SECRET, KEY)), BODY),
    ("the signature of an empty secret", ACCOUNT, sign(BODY, (KEY, "")), BODY),
    ("an empty secret, with which anybody could sign", *of((KEY, ""))),
    ("a signature with its first digit changed", ACCOUNT, flipped(GOOD, 0), BODY),
    ("a signature with its last digit changed", ACCOUNT, flipped(GOOD, 63), BODY),
    ("a signature of zeros", ACCOUNT, "0" * 64, BODY),
    ("no signature", ACCOUNT, "", BODY),
    ("spaces in place of a signature", ACCOUNT, " " * 64, BODY),
    ("a signature that lacks a digit", ACCOUNT, GOOD[:-1], BODY),
    ("a signature with one digit more", ACCOUNT, GOOD + "0", BODY),
    ("a signature twice", ACCOUNT, GOOD + GOOD, BODY),
    ("a signature with a space inside", ACCOUNT, GOOD[:32] + " " + GOOD[32:], BODY),
    ("a signature with a letter that is no digit", ACCOUNT, GOOD[:-1] + "g", BODY),
    ("a signature with a sign before its digits", ACCOUNT, "+" + GOOD[1:], BODY),
    ("a signature in full-width digits", ACCOUNT, "０" * 64, BODY),
    ("a signature with 0x before it", ACCOUNT, "0x" + GOOD, BODY),
    ("a signature with a scheme before it", ACCOUNT, "Bearer " + GOOD, BODY),
    ("a signature in base64", ACCOUNT, base64.b64encode(BINARY).decode(), BODY),
    ("64 characters of base64", ACCOUNT, base64.b64encode(BINARY + BINARY[:16]).decode(), BODY),
]
