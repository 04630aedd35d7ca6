"""Signatures of mistaken signers, each made here by hand and not by what is tested."""

from __future__ import annotations

import hashlib
import hmac
import json
from base64 import b64encode
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from unit.signature.recipes import SLACK, STANDARD

from hookproof.contract import Contract

if TYPE_CHECKING:
    from hookproof.contract.model import SignatureFacts

SECRET = b"wq7+canary/Of0urteen"
STAGING = b"another-canary-of-staging"
OTHERS = {"HOOKPROOF_SECRET_STAGING": STAGING}

SORTED = Contract().callback("zego_rtc/record").signature
HMAC = Contract().callback("tencent_gme/recording").signature

# As texts the moment comes first, as numbers and by name the nonce.
MOMENT, NONCE, LONG_NONCE = b"1481597358", b"158273", b"7450395512627324902"

PAYLOAD: dict[str, Any] = {
    "BizID": 1400000000,
    "TaskID": 446946705284000001,
    "Detail": {"File": "2023/a b.mp3", "Name": "Zoë <你好>", "Seq": 0},
}
COMPACT = (
    '{"BizID":1400000000,"TaskID":446946705284000001,'
    '"Detail":{"File":"2023/a b.mp3","Name":"Zoë <你好>","Seq":0}}'
).encode()
# Laid out as no library does, so that no layout is the one that came.
BODY = COMPACT.replace(b",", b" ,\n\t") + b"\n"


@dataclass(frozen=True)
class Signed:
    """A callback as it came, and the mistake in its signature; `says` is in the explanation."""

    mistake: str
    says: str
    payload: Any
    facts: SignatureFacts = SORTED
    body: bytes = BODY
    headers: tuple[tuple[str, str], ...] = ()
    secret: bytes = field(default=SECRET, repr=False)

    def __str__(self) -> str:
        """What a test of it is called."""
        return f"{self.facts.scheme}-{self.mistake}-{self.says}".replace(" ", "-")


def sha1(*parts: bytes, digest: str = "sha1") -> str:
    """The hash of parts in the given order, in hex."""
    return hashlib.new(digest, b"".join(parts)).hexdigest()


def mac(body: bytes, secret: bytes = SECRET, digest: str = "sha1") -> bytes:
    """The HMAC of a body."""
    return hmac.new(secret, body, digest).digest()


def base64(raw: bytes) -> str:
    """Base64 as text."""
    return b64encode(raw).decode()


def values(mistake: str, says: str, signature: Any, **changed: Any) -> Signed:
    """A case of the scheme over sorted values; a field that is changed to `...` is missing."""
    secret = changed.pop("secret", SECRET)
    fields = {"timestamp": MOMENT.decode(), "nonce": NONCE.decode(), "signature": signature}
    payload = {key: value for key, value in (fields | changed).items() if value is not ...}
    return Signed(mistake, says, payload, secret=secret)


def body(mistake: str, says: str, signature: str, came: bytes = BODY) -> Signed:
    """A case of the scheme over the body."""
    headers = (("Host", "example.com"), ("signature", signature))
    return Signed(mistake, says, PAYLOAD, HMAC, came, headers)


def over(
    mistake: str, says: str, signed: bytes, came: bytes = BODY, payload: Any = PAYLOAD
) -> Signed:
    """A case in which another body was signed than the one that came."""
    headers = (("Signature", base64(mac(signed))),)
    return Signed(mistake, says, payload, HMAC, came, headers)


def with_secret(mistake: str, says: str, used: bytes, given: bytes = SECRET) -> list[Signed]:
    """Both schemes, signed with a secret that is not quite the one given."""
    headers = (("Signature", base64(mac(BODY, used))),)
    return [
        values(mistake, says, sha1(*sorted([used, MOMENT, NONCE])), secret=given),
        Signed(mistake, says, PAYLOAD, HMAC, BODY, headers, given),
    ]


def nonce(mistake: str, says: str, signed: bytes, came: Any = "158273") -> Signed:
    """A case in which another nonce was signed than the one that came."""
    return values(mistake, says, sha1(*sorted([signed, MOMENT, SECRET])), nonce=came)


def moment(mistake: str, says: str, signed: bytes, came: Any = "1481597358") -> Signed:
    """A case in which another moment was signed than the one that came."""
    return values(mistake, says, sha1(*sorted([signed, NONCE, SECRET])), timestamp=came)


RIGHT = sha1(MOMENT, NONCE, SECRET)
RIGHT_MAC = mac(BODY)
# A body whose signature has all the signs of Base64 in it.
SIGNS_BODY = next(
    text
    for text in (BODY + b" " * count for count in range(1000))
    if set("+/=") <= set(base64(mac(text)))
)
SIGNS = base64(mac(SIGNS_BODY))

OF_THE_SECRET = [
    *with_secret("other-secret", "HOOKPROOF_SECRET_STAGING", STAGING),
    *with_secret("secret-line-end", "(LF)", SECRET + b"\n"),
    *with_secret("secret-line-end", "(CR LF)", SECRET + b"\r\n"),
    *with_secret("secret-line-end", "(CR)", SECRET + b"\r"),
    *with_secret("secret-blanks", "a blank after it", SECRET + b" "),
    *with_secret("secret-blanks", "a blank before it", b" " + SECRET),
    *with_secret("secret-quotes", "double quotes", b'"' + SECRET + b'"'),
    *with_secret("secret-quotes", "single quotes", b"'" + SECRET + b"'"),
    *with_secret("secret-trimmed", "line ends", b"canary-and-end", b"canary-and-end\n"),
    *with_secret("secret-trimmed", "the quotes", b"canary-in-quotes", b'"canary-in-quotes"'),
    *with_secret("secret-cut", "special character", b"canary", b"canary#12;34"),
    *with_secret("secret-letter-case", "upper case", SECRET.upper()),
    *with_secret("secret-letter-case", "lower case", SECRET.lower()),
    *with_secret("secret-decoded", "(hex)", b"\x00\xc0\xff\xee" * 4, b"00c0ffee" * 4),
    *with_secret("secret-decoded", "(Base64)", b"\x00\xc0\xff\xee!?", b"AMD/7iE/"),
    *with_secret("secret-decoded", "(percent escapes)", b"ca/na+ry", b"ca%2Fna%2Bry"),
    *with_secret("secret-encoded", "(hex)", SECRET.hex().encode()),
    *with_secret("secret-encoded", "(Base64)", b64encode(SECRET)),
    *with_secret("secret-encoded", "(percent escapes)", b"wq7%2Bcanary%2FOf0urteen"),
    *with_secret("secret-charset", "byte order mark", b"\xef\xbb\xbf" + SECRET),
    *with_secret("secret-charset", "UTF-16", SECRET.decode().encode("utf-16-le")),
    *with_secret("secret-empty", "an empty secret", b""),
]

OF_THE_WRITING = [
    values("upper-case", "lower case", RIGHT.upper()),
    body("upper-case", "lower case", RIGHT_MAC.hex().upper()),
    values("base64-for-hex", "in Base64", base64(bytes.fromhex(RIGHT))),
    body("base64url", "standard one", SIGNS.replace("+", "-").replace("/", "_"), SIGNS_BODY),
    body("base64url", "standard one", SIGNS.translate({43: 45, 47: 95, 61: None}), SIGNS_BODY),
    body("base64-unpadded", "keep the padding", base64(RIGHT_MAC).rstrip("=")),
    values("base64-of-hex", "the digest's bytes", base64(RIGHT.encode())),
    body("base64-of-hex", "the digest's bytes", base64(RIGHT_MAC.hex().encode())),
    body("percent-encoded", "decode it once", quote(SIGNS, safe=""), SIGNS_BODY),
    body("plus-as-blank", "became a blank", SIGNS.replace("+", " "), SIGNS_BODY),
    values("blanks-around", "take them off", f" {RIGHT}\n"),
    body("blanks-around", "take them off", f"{base64(RIGHT_MAC)}\r\n"),
    body("line-ends-inside", "take them out", f"{SIGNS[:12]}\r\n{SIGNS[12:]}", SIGNS_BODY),
    values("quotes-around", "send it bare", f'"{RIGHT}"'),
    values("prefix", "after a prefix", f"sha1={RIGHT}"),
    values("prefix", "after a prefix", f"SHA1(stdin)= {RIGHT}"),
    body("prefix", "after a prefix", f"HMAC-SHA1 {base64(RIGHT_MAC)}"),
    values("bytes-apart", "between its bytes", bytes.fromhex(RIGHT).hex("-").upper()),
    values("bytes-apart", "between its bytes", bytes.fromhex(RIGHT).hex(":")),
    values("cut-off", "32 characters", RIGHT[:32]),
    values("cut-off", "39 characters", RIGHT[:39]),
    body("cut-off", "16 characters", base64(RIGHT_MAC)[:16]),
    body("cut-off", "16 bytes", base64(RIGHT_MAC[:16])),
    values("more-after", "40 characters", f"{RIGHT}  -"),
    values("more-after", "40 characters", RIGHT * 2),
    body("more-after", "28 characters", f"{base64(RIGHT_MAC)}, {base64(RIGHT_MAC)}"),
]

OF_THE_PLACE = [
    values("other-name", 'the body\'s field "Signature"', ..., Signature=RIGHT),
    Signed(
        "other-name", '"X-Signature"', None, HMAC, headers=(("X-Signature", base64(RIGHT_MAC)),)
    ),
    values("other-name", "right form", ..., Signature="0" * 40),
    Signed(
        "other-place",
        'the header "Signature"',
        {"timestamp": MOMENT.decode(), "nonce": NONCE.decode()},
        headers=(("Signature", RIGHT),),
    ),
    values("other-place", 'the body\'s field "sign"', "0" * 40, sign=RIGHT),
    Signed("other-place", 'the body\'s field "Sign"', {"Sign": base64(RIGHT_MAC)}, HMAC),
    Signed(
        "sent-twice",
        'the header "Signature"',
        None,
        HMAC,
        headers=(("Signature", base64(b"\0" * 20)), ("Signature", RIGHT_MAC.hex())),
    ),
    values("field-missing", "nonce is missing", sha1(MOMENT, SECRET), nonce=...),
    values("field-missing", "nonce is missing", sha1(MOMENT, SECRET), nonce=None),
    values("field-missing", "nonce is missing", sha1(MOMENT, b"true", SECRET), nonce=True),
]

OF_SORTED_VALUES = [
    values("numeric-sort", "nonce + timestamp + <secret>", sha1(NONCE, MOMENT, SECRET)),
    values("name-sort", "nonce + <secret> + timestamp", sha1(NONCE, SECRET, MOMENT)),
    values("name-sort", "Besides, MD5", sha1(NONCE, SECRET, MOMENT, digest="md5")),
    values("fixed-order", "<secret> + timestamp + nonce", sha1(SECRET, MOMENT, NONCE)),
    values("fixed-order", "timestamp + <secret> + nonce", sha1(MOMENT, SECRET, NONCE)),
    values(
        "fixed-order",
        "(timestamp + nonce + <secret>)",
        sha1(MOMENT, NONCE, b"0-canary"),
        secret=b"0-canary",
    ),
    values("separator", 'timestamp + "&" + nonce', sha1(MOMENT, b"&", NONCE, b"&", SECRET)),
    values("separator", "a line feed", sha1(MOMENT, b"\n", NONCE, b"\n", SECRET)),
    values("separator", '","', sha1(MOMENT, b",", NONCE, b",", SECRET)),
    values("separator", '":"', sha1(MOMENT, b":", NONCE, b":", SECRET)),
    values("fixed-order", '<secret> + "." + timestamp', sha1(b".".join([SECRET, MOMENT, NONCE]))),
    values(
        "line-end-after",
        "printf",
        sha1(b"0-canary", MOMENT, NONCE, b"\n"),
        secret=b"0-canary",
    ),
    values("line-end-after", "a line feed", sha1(b"%s\n%s\n%s\n" % (MOMENT, NONCE, SECRET))),
    values(
        "names-signed",
        "timestamp=…",
        sha1(b"timestamp=1481597358&nonce=158273&secret=", SECRET),
    ),
    values(
        "names-signed", "then key=<secret>", sha1(b"nonce=158273&timestamp=1481597358&key=", SECRET)
    ),
    values(
        "names-signed", "sign the values alone", mac(b"nonce=158273&timestamp=1481597358").hex()
    ),
    values("hmac", "timestamp + nonce", mac(MOMENT + NONCE).hex()),
    values("hmac", "nonce + timestamp", mac(NONCE + MOMENT).hex()),
    values("hmac", '"&"', mac(MOMENT + b"&" + NONCE).hex()),
    values("hmac", "Besides, SHA-256", mac(MOMENT + NONCE, digest="sha256").hex()),
    values("hmac", "not written as documented", base64(mac(MOMENT + NONCE))),
    values("hmac", "sorted", mac(MOMENT + NONCE + SECRET).hex()),
    values(
        "other-digest", "SHA-256 was taken; SHA-1", sha1(MOMENT, NONCE, SECRET, digest="sha256")
    ),
    values("other-digest", "MD5 was taken; SHA-1", sha1(MOMENT, NONCE, SECRET, digest="md5")),
    moment("milliseconds", "timestamp in milliseconds", b"1481597358000"),
    moment("milliseconds", "timestamp in milliseconds", b"1481597358000", 1481597358),
    moment("seconds", "timestamp in seconds", MOMENT, "1481597358123"),
    moment("seconds", "timestamp in seconds", MOMENT, 1481597358123),
    moment("number-as-float", "a float64 in Go", b"1.481597358e+09"),
    moment("number-as-float", "a double in Java", b"1.481597358E9"),
    moment("number-as-float", "a float in Python", b"1481597358.0"),
    moment("number-as-float", "%f in C", b"1481597358.000000"),
    moment("number-as-float", "%g in C", b"1.4816e+09"),
    moment("number-as-float", "JavaScript", b"1481597358", 1481597358.0),
    nonce("number-as-float", "JavaScript", b"7450395512627325000", LONG_NONCE.decode()),
    nonce("number-as-float", "a float in Python", b"7.450395512627325e+18", LONG_NONCE.decode()),
    nonce("number-as-float", "cut to an integer", b"7450395512627324928", LONG_NONCE.decode()),
    nonce("number-as-float", "a float in PHP", b"7.4503955126273E+18", LONG_NONCE.decode()),
    nonce("number-overflow", "the largest 32-bit integer", b"2147483647", LONG_NONCE.decode()),
    moment("number-overflow", "a signed 32-bit integer", b"-1294967296", "3000000000"),
    nonce("leading-zeros", "without leading zeros", b"158273", "00158273"),
    nonce("leading-zeros", "with leading zeros, 9 digits", b"000158273"),
    nonce("value-quoted", "as JSON text in quotes", b'"158273"'),
    nonce("value-quoted", "without the quotes", b"a1", '"a1"'),
    nonce("value-trimmed", "without the blanks", NONCE, " 158273\n"),
    nonce("value-percent-encoded", "percent-encoded", b"a%20b%2Fc", "a b/c"),
    nonce("value-percent-encoded", "blanks as +", b"a+b%2Fc", "a b/c"),
    nonce("value-percent-decoded", "percent-decoded", b"a b/c", "a%20b%2Fc"),
    values("empty-inputs", "nonce as", sha1(MOMENT, SECRET)),
    values("empty-inputs", "timestamp and nonce as", sha1(SECRET)),
    values("empty-inputs", '"undefined"', sha1(b"undefined", b"undefined", SECRET)),
    values("empty-inputs", '"null"', sha1(MOMENT, b"null", SECRET)),
    values("body-too", "the sorted values, then the body", sha1(MOMENT, NONCE, SECRET, BODY)),
    values("body-too", "<secret>, then the body", sha1(SECRET, BODY)),
    values("body-too", "the body, then <secret>", sha1(BODY, SECRET)),
    values("body-too", "an HMAC over the body", mac(BODY).hex()),
    values("body-too", "Besides, SHA-256", mac(BODY, digest="sha256").hex()),
    values(
        "body-too",
        "the body without signature",
        mac(b'{"timestamp":"1481597358","nonce":"158273"}').hex(),
    ),
]

SORTED_PAYLOAD = {"BizID": 1400000000, "Detail": PAYLOAD["Detail"], "TaskID": PAYLOAD["TaskID"]}
SLASHES = COMPACT.replace(b"/", b"\\/")

OF_THE_BODY = [
    over("reserialised-compact", "(without blanks)", COMPACT),
    over("reserialised-compact", "a line feed after it", COMPACT + b"\n"),
    over("reserialised-compact", "slashes escaped", SLASHES),
    over(
        "reserialised-compact",
        "only ASCII, slashes escaped",
        SLASHES.replace("Zoë <你好>".encode(), b"Zo\\u00eb <\\u4f60\\u597d>"),
    ),
    over(
        "reserialised-compact",
        "<, > and & escaped",
        COMPACT.replace(b"<", b"\\u003c").replace(b">", b"\\u003e"),
    ),
    over(
        "reserialised-compact",
        "names sorted",
        json.dumps(SORTED_PAYLOAD, ensure_ascii=False, separators=(",", ":")).encode(),
    ),
    over("reserialised-blanks", "commas and colons, only ASCII", json.dumps(PAYLOAD).encode()),
    over("reserialised-blanks", "colons", json.dumps(PAYLOAD, ensure_ascii=False).encode()),
    over("reserialised-blanks", "names sorted", json.dumps(PAYLOAD, sort_keys=True).encode()),
    over("reserialised-indented", "by 2 blanks", json.dumps(PAYLOAD, indent=2).encode()),
    over("reserialised-indented", "by 4 blanks", json.dumps(PAYLOAD, indent=4).encode()),
    over("reserialised-indented", "by 3 blanks", json.dumps(PAYLOAD, indent=3).encode()),
    over(
        "reserialised-indented",
        "lines end in CR LF",
        json.dumps(PAYLOAD, indent=2).encode().replace(b"\n", b"\r\n"),
    ),
    over(
        "reserialised-indented",
        "by 2 blanks, blanks around colons",
        json.dumps(PAYLOAD, indent=2, separators=(",", " : "), ensure_ascii=False).encode(),
    ),
    over(
        "reserialised-blanks",
        "blanks around colons",
        json.dumps(PAYLOAD, separators=(", ", " : "), ensure_ascii=False).encode(),
    ),
    over(
        "reserialised-compact",
        "= and ' escaped",
        b'{"a":"b\\u003d\\u0027c\\u0027 \\u003cd\\u003e"}',
        b'{ "a": "b=\'c\' <d>" }',
        payload={"a": "b='c' <d>"},
    ),
    over(
        "reserialised-compact",
        "only ASCII, escapes in capitals",
        b'{"a":"Zo\\u00EB \\u4F60"}',
        '{ "a": "Zoë 你" }'.encode(),
        payload={"a": "Zoë 你"},
    ),
    over(
        "reserialised-compact",
        "quotes, < and > too",
        b'{"a":"\\u0022\\u00E9\\u0022 \\u003C \\\\"}',
        '{ "a": "\\"é\\" < \\\\" }'.encode(),
        payload={"a": '"é" < \\'},
    ),
    over(
        "reserialised-compact",
        "escapes in capitals",
        b'{"a":"\\u001B[0m"}',
        b'{ "a": "\\u001b[0m" }',
        payload={"a": "\x1b[0m"},
    ),
    over("reserialised-indented", "by tabs", json.dumps(PAYLOAD, indent="\t").encode()),
    over(
        "reserialised-indented",
        "names sorted",
        json.dumps(PAYLOAD, indent=2, sort_keys=True).encode() + b"\n",
    ),
    over(
        "reserialised-indented",
        "a tab after colons",
        '{\n\t"BizID":\t1400000000,\n\t"TaskID":\t446946705284000001,\n\t"Detail":\t{\n\t\t"File":\t'
        '"2023/a b.mp3",\n\t\t"Name":\t"Zoë <你好>",\n\t\t"Seq":\t0\n\t}\n}'.encode(),
    ),
    over(
        "reserialised-indented",
        "on lines without an indent",
        '{\n"BizID":1400000000,\n"TaskID":446946705284000001,\n"Detail":{\n"File":'
        '"2023/a b.mp3",\n"Name":"Zoë <你好>",\n"Seq":0\n}\n}'.encode(),
    ),
    over("reserialised-doubles", "without blanks", COMPACT.replace(b"4000001,", b"4000000,")),
    over("body-trimmed", "around it", BODY.strip()),
    over("body-trimmed", "around it", BODY, BODY + b"\r\n"),
    over("body-line-end", "(LF)", BODY + b"\n"),
    over("body-line-end", "(CR LF)", BODY + b"\r\n"),
    over("body-line-ends", "(LF as CR LF)", BODY.replace(b"\n", b"\r\n")),
    over("body-line-ends", "(CR LF as LF)", BODY, BODY.replace(b"\n", b"\r\n")),
    over("body-line-ends", "(none at all)", BODY.replace(b"\n", b"")),
    over("body-percent-decoded", "percent-decoded", BODY, quote(BODY, safe="").encode()),
    over("body-percent-encoded", "percent-encoded", quote(BODY, safe="").encode()),
    over("body-percent-encoded", "percent-encoded", quote(BODY).encode().replace(b"/", b"%2F")),
    over("body-escaped", "as \\n and \\t", BODY.replace(b"\n", b"\\n").replace(b"\t", b"\\t")),
    over("body-escaped", "\\/ taken for /", BODY, BODY.replace(b"/", b"\\/")),
    over("body-escaped", "one JSON text", json.dumps(BODY.decode(), ensure_ascii=False).encode()),
    over("body-charset", "byte order mark before", b"\xef\xbb\xbf" + BODY),
    over("body-charset", "without its byte order mark", BODY, b"\xef\xbb\xbf" + BODY),
    over("body-charset", "Latin-1", BODY.decode().encode("latin-1", "replace")),
    over("body-charset", "GBK", BODY.decode().encode("gbk", "replace")),
    over(
        "body-part", "its Detail alone", json.dumps(PAYLOAD["Detail"], ensure_ascii=False).encode()
    ),
    over("empty-body", '""', b""),
    over("empty-body", '"{}"', b"{}"),
    over("empty-body", "[object Object]", b"[object Object]"),
    over("method-before-body", "signed with POST", b"POST" + BODY),
    body("other-digest", "SHA-256 was taken; HMAC-SHA1", base64(mac(BODY, digest="sha256"))),
    body("other-digest", "MD5 was taken; HMAC-SHA1", mac(BODY, digest="md5").hex()),
    body("hash-not-hmac", "<secret>, then the body", sha1(SECRET, BODY)),
    body("hash-not-hmac", "the body, then <secret>", sha1(BODY, SECRET)),
    body("hash-not-hmac", "Besides, SHA-256", sha1(BODY, SECRET, digest="sha256")),
    body("hash-not-hmac", "the body alone", sha1(BODY)),
    body("swapped-hmac", "the secret is the key", base64(mac(SECRET, BODY))),
]

HEX_FOR_BASE64 = Signed(
    "hex-for-base64",
    "write it in Base64",
    PAYLOAD,
    replace(HMAC, encodings=("base64",)),
    headers=(("Signature", RIGHT_MAC.hex()),),
)

METHOD_AND_BODY = replace(HMAC, scheme="hmac-method-body")
# Joined as documented: moment, secret, nonce.
JOINED = replace(SORTED, scheme="joined", digest="md5", secret_at=1)


def method(mistake: str, says: str, signed: bytes) -> Signed:
    """A case of the scheme over method and body."""
    headers = (("Signature", base64(mac(signed))),)
    return Signed(mistake, says, PAYLOAD, METHOD_AND_BODY, BODY, headers)


def in_order(mistake: str, says: str, *parts: bytes, digest: str = "md5") -> Signed:
    """A case of the scheme over values joined in order."""
    return replace(values(mistake, says, sha1(*parts, digest=digest)), facts=JOINED)


OF_METHOD_AND_BODY = [
    method("method-otherwise", "the body alone", BODY),
    method("method-otherwise", "a line feed between them", b"POST\n" + BODY),
    method("method-otherwise", "a plus sign between them", b"POST+" + BODY),
    method("method-otherwise", "the method in small letters", b"post" + BODY),
    method("method-otherwise", "the body before the method", BODY + b"POST"),
    method("body-trimmed", "blanks and line ends", b"POST" + BODY.strip()),
    method("reserialised-compact", "", b"POST" + COMPACT),
]
OF_JOINED_VALUES = [
    in_order("joined-otherwise", "timestamp + nonce + <secret>", MOMENT, NONCE, SECRET),
    in_order("joined-otherwise", "<secret> + timestamp + nonce", SECRET, MOMENT, NONCE),
    in_order("separator", '"&"', MOMENT, b"&", SECRET, b"&", NONCE),
    in_order("other-digest", "SHA-1 was taken", MOMENT, SECRET, NONCE, digest="sha1"),
]

SENT = b"1531420618"


def composed(mistake: str, says: str, message: bytes, *, prefix: str = "v0=") -> Signed:
    """A case of the scheme that signs literals, a header and the body."""
    mac = hmac.new(SECRET, message, "sha256").hexdigest()
    headers = (
        ("X-Slack-Request-Timestamp", SENT.decode()),
        ("X-Slack-Signature", f"{prefix}{mac}"),
    )
    return Signed(mistake, says, PAYLOAD, facts=SLACK, headers=headers)


def undecoded(says: str, key: bytes, secret: bytes) -> Signed:
    """A case of the scheme whose secret is Base64 after a prefix."""
    message = b".".join([b"msg_1", SENT, BODY])
    mac = b64encode(hmac.new(key, message, "sha256").digest()).decode()
    headers = (
        ("webhook-id", "msg_1"),
        ("webhook-timestamp", SENT.decode()),
        ("webhook-signature", f"v1,{mac}"),
    )
    return Signed("secret-undecoded", says, PAYLOAD, facts=STANDARD, headers=headers, secret=secret)


IN_BASE64 = b64encode(b"canary-of-thirty-two-bytes-and-0")
OF_PIECES = [
    composed("composed-otherwise", "the body alone", BODY),
    composed("composed-otherwise", '"."', SENT + b"." + BODY),
    composed("prefix-missing", 'v0="', b"v0:" + SENT + b":" + BODY, prefix=""),
    composed("body-trimmed", "", b"v0:" + SENT + b":" + BODY.strip()),
    composed("milliseconds", "", b"v0:" + SENT + b"000:" + BODY),
    undecoded("all of its text", b"whsec_" + IN_BASE64, b"whsec_" + IN_BASE64),
    undecoded("its text as it is", IN_BASE64, b"whsec_" + IN_BASE64),
]

ALL_SIGNED = [
    *OF_PIECES,
    *OF_METHOD_AND_BODY,
    *OF_JOINED_VALUES,
    *OF_THE_SECRET,
    *OF_THE_WRITING,
    HEX_FOR_BASE64,
    *OF_THE_PLACE,
    *OF_SORTED_VALUES,
    *OF_THE_BODY,
]
