"""Every finding's stable code: what it means in a few words, and how heavy it is."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, NamedTuple

from hookproof.findings.finding import Severity

_ERROR, _WARNING, _NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE


class Kind(StrEnum):
    """What a team has to do about a finding in captured traffic.

    invalid: it breaks the contract, so find out who is wrong. signature: it may not come from
    the vendor. unread: it was not judged, so nobody is to blame. drift: the vendor moved on, so
    look at the page. quirk: a contradiction of the page that is known, so read both.
    """

    INVALID = "invalid"
    SIGNATURE = "signature"
    UNREAD = "unread"
    DRIFT = "drift"
    QUIRK = "quirk"


class Code(NamedTuple):
    """The title of a code, its usual severity, and what to do where nothing closer is known."""

    title: str
    severity: Severity = _ERROR
    hint: str = ""
    kind: Kind = Kind.INVALID


_COMPARE: Final = "compare with the page; a vendor that moved on shows up like this"


CODES: Final[dict[str, Code]] = {
    # Reading a body.
    "HP100": Code("the capture cannot be opened", kind=Kind.UNREAD),
    "HP101": Code("not UTF-8", hint="convert it to UTF-8, or capture the bytes untouched"),
    "HP102": Code("empty body"),
    "HP103": Code(
        "not JSON", hint="is the capture cut off, or another body form? say which with --body-form"
    ),
    "HP104": Code(
        "duplicate key",
        hint="two receivers may read two different values; find out which one was meant",
    ),
    "HP105": Code("NaN or Infinity"),
    "HP106": Code("lone surrogate"),
    "HP107": Code("text after the value"),
    "HP108": Code("nested too deep", hint="is this a callback at all? they nest a few levels"),
    "HP109": Code("too large", hint="one capture holds one body; is this a log or an archive?"),
    "HP110": Code("number out of range", hint="no receiver can hold it exactly; ask the vendor"),
    "HP111": Code("byte order mark"),
    "HP112": Code("broken percent escape", hint="was the body decoded once already?"),
    "HP113": Code("percent-encoded twice", _WARNING),
    "HP114": Code("print_r dump cut off", hint="take the dump whole, to its last parenthesis"),
    "HP115": Code(
        "not an object", hint="a callback is one JSON object; is this a list of captures?"
    ),
    "HP120": Code(
        "not read",
        _WARNING,
        hint="save it in a format known here, or say which with --input-format",
        kind=Kind.UNREAD,
    ),
    "HP121": Code(
        "passed over",
        _NOTE,
        hint="what stands there was not judged; --strict makes this exit 1",
        kind=Kind.UNREAD,
    ),
    "HP199": Code("a fault of hookproof", hint="please report it", kind=Kind.UNREAD),
    # The payload against its schema.
    "HP200": Code("breaks the contract", hint=_COMPARE),
    "HP201": Code(
        "field missing",
        hint="is the capture whole? if so, look up on the page whether the field is optional",
    ),
    "HP202": Code(
        "wrong type",
        hint="was the body parsed and written anew on its way? numbers sent as text are text",
    ),
    "HP203": Code("value not allowed", hint=_COMPARE, kind=Kind.DRIFT),
    "HP204": Code("wrong form of text", hint=_COMPARE),
    "HP205": Code("wrong length", hint=_COMPARE),
    "HP206": Code("too many bytes", hint="the limit counts bytes of UTF-8, not characters"),
    "HP207": Code("number outside its range", hint=_COMPARE),
    "HP208": Code("none of the documented shapes", hint=_COMPARE),
    "HP209": Code("nested text is not JSON", hint="was the text escaped once too often, or cut?"),
    "HP220": Code("unknown callback", kind=Kind.DRIFT),
    "HP221": Code("callback not clear"),
    "HP222": Code("no callback", _WARNING, kind=Kind.UNREAD),
    "HP230": Code("documented contradiction seen", _WARNING, kind=Kind.QUIRK),
    "HP231": Code("encoding not documented", _WARNING, kind=Kind.DRIFT),
    "HP232": Code(
        "integer written as a fraction",
        _NOTE,
        hint="JSON Schema takes it for an integer, and so must your receiver; many languages "
        "read a fraction and refuse it",
        kind=Kind.QUIRK,
    ),
    "HP240": Code(
        "undocumented field",
        _NOTE,
        hint="no harm by itself; if it stays, the contract should know it",
        kind=Kind.DRIFT,
    ),
    "HP241": Code(
        "new value of a list that grows",
        _NOTE,
        hint="the page says that values will be added, so your receiver must take it; look "
        "whether the page lists it by now",
        kind=Kind.DRIFT,
    ),
    # The signature of a capture.
    "HP301": Code("signature missing", kind=Kind.SIGNATURE),
    "HP302": Code("signature wrong", kind=Kind.SIGNATURE),
    "HP303": Code("signature not readable", kind=Kind.SIGNATURE),
    "HP304": Code(
        "one of several documented signatures",
        _NOTE,
        hint="the pages disagree, or say too little; accept each documented form until you know "
        "that only one is sent to you",
        kind=Kind.QUIRK,
    ),
    "HP305": Code("signature of a body that was written anew", _WARNING, kind=Kind.UNREAD),
    "HP306": Code(
        "signed with the published secret",
        _WARNING,
        hint="hookproof sanitize signs its copies so, and so can anybody: it proves no sender; "
        "of a capture that was not sanitised, find out who sent it",
        kind=Kind.SIGNATURE,
    ),
    "HP307": Code("signature hidden by the capture", _WARNING, kind=Kind.UNREAD),
    # The receiver test.
    "HP401": Code(
        "refuses genuine callbacks",
        hint="is the secret the receiver's, is the path right, and is the signature checked by "
        "the vendor's rule (strings sorted as text, or the body's untouched bytes)?",
    ),
    "HP402": Code(
        "refuses conforming payloads",
        hint="the contract allows this payload, so the vendor may send it; accept it",
    ),
    "HP403": Code(
        "refuses a documented variant",
        hint="the vendor's page documents this payload; accept every reading of it",
    ),
    "HP404": Code(
        "crashes on a payload",
        hint="look at the receiver's log for the exception, and answer 4xx to what it cannot use",
    ),
    "HP405": Code(
        "does not answer",
        hint="the vendor counts silence as failure and sends again; answer before working",
    ),
    "HP406": Code(
        "acknowledges broken payloads",
        _NOTE,
        hint="the vendor takes this for delivered, and the event is lost; refuse with 4xx if "
        "that matters to you, and say so with --policy strict",
    ),
    "HP407": Code(
        "accepts a forgery",
        hint="compare the whole signature, in constant time, and refuse what has none",
    ),
    "HP408": Code(
        "crashes on a forgery",
        hint="look at the receiver's log for the exception; a stranger causes it at will",
    ),
    "HP409": Code(
        "accepts a changed body",
        hint="compute the signature over the bytes as they came, for each request anew",
    ),
    "HP410": Code(
        "the vendor does not sign the body",
        _NOTE,
        hint="check that the moment is recent, remember nonces, and fetch the record by its id "
        "before acting on it",
    ),
    "HP411": Code(
        "refuses a redelivery",
        hint="vendors send again when an answer got lost; answer a known event as the first time",
    ),
    "HP412": Code(
        "refuses unknown fields",
        hint="vendors add fields without notice; ignore what you do not know",
    ),
    "HP413": Code(
        "too slow",
        hint="acknowledge first and work afterwards: a late answer is a failed delivery",
    ),
    "HP414": Code("answer is not the documented one", _WARNING),
    "HP415": Code(
        "refuses a documented encoding",
        _WARNING,
        hint="the page says that bodies may come so; read it, or be sure nobody asked for it",
    ),
    "HP416": Code(
        "accepts the right digest in another writing",
        _WARNING,
        hint="nobody without the secret can send it; but the vendor writes it in one way, so "
        "compare the text as it came",
    ),
    "HP417": Code("the answer is not HTTP", hint="is this the receiver's port, and is it HTTP?"),
    "HP418": Code(
        "takes one way of writing signatures only",
        _WARNING,
        hint="the page does not say how the digest is written; accept each way until you know",
    ),
    "HP420": Code(
        "acknowledges with an error in the body",
        _WARNING,
        hint="the vendor looks at the status: it takes the callback for delivered and does not "
        "send it again, so the event is lost; answer an error with 4xx or 5xx",
    ),
    "HP421": Code(
        "refuses a usual header",
        _WARNING,
        hint="the page does not promise how a request is written around its body; take each way",
    ),
    "HP422": Code(
        "accepts callbacks of another time",
        _NOTE,
        hint="whoever has recorded a callback can send it again; refuse moments that are minutes "
        "away, or remember what was processed",
    ),
    "HP423": Code(
        "refuses events out of order",
        hint="no order of arrival is promised; acknowledge, and let the field that orders "
        "events decide which of them counts",
    ),
    "HP424": Code(
        "refuses broken payloads with another status",
        hint="--policy strict wants 4xx: the fault is the sender's, and a 3xx leads nowhere",
    ),
    "HP425": Code(
        "does not acknowledge everything",
        hint="--policy ack-all was declared; answer 2XX here too, or declare lenient or strict",
    ),
    "HP426": Code(
        "refusals cannot be seen",
        _NOTE,
        hint="under --policy ack-all the status proves nothing, and the body is the one that a "
        'genuine callback gets; answer a forgery with another ({"code": 401}) and it is judged by '
        "that, or test with another policy",
    ),
    "HP427": Code(
        "stops accepting genuine callbacks",
        hint="is there a limit of requests, or did the receiver break on the way? what it refused "
        "may have been refused for that reason",
    ),
    "HP428": Code(
        "no answer from behind the proxy",
        hint="502, 503 and 504 most often come from a proxy: what is behind it died on this "
        "request, gave no answer in time, or is not there; look at the logs of both",
    ),
    "HP429": Code(
        "says the same to genuine and forged",
        _WARNING,
        hint="is the secret given here the receiver's? as long as what it accepts and what it "
        "refuses look the same, no check proves anything; and a refusal belongs into the status "
        "(401 or 403), for the vendor takes 2XX for delivered",
    ),
    "HP430": Code(
        "answers oddly",
        _WARNING,
        hint="the answer counted here; a vendor's client may not take it, so answer plainly",
    ),
    "HP431": Code(
        "went away and came back",
        _WARNING,
        hint="look at the receiver's log for a crash or a restart: what comes then is lost",
    ),
    "HP432": Code(
        "answers the same request differently",
        _NOTE,
        hint="none of these requests is blamed; the vendor would have sent them again too. Look at "
        "the logs of the receiver and of what stands before it at these moments",
    ),
    "HP433": Code(
        "refuses with an acknowledgement",
        _WARNING,
        hint="a genuine callback is answered otherwise, so the forgery is refused; but the vendor "
        "looks at the status and takes 2XX for delivered: with a wrong secret in place every "
        "event is lost without a retry; refuse with 401 or 403",
    ),
    "HP434": Code(
        "answers with more than the vendor takes",
        hint="answer with a few bytes, and leave out headers that only browsers read",
    ),
    "HP435": Code(
        "spoils the next request on the connection",
        _WARNING,
        hint="it answers before it has read the body, and what is left of that is taken for the "
        "next request, such as the vendor's next callback: read the whole body before answering, "
        "or close the connection with the answer (Connection: close)",
    ),
    "HP436": Code(
        "confirms the address to anybody",
        hint="compare the token in constant time, and answer 403 to any other: whoever asks so can "
        "subscribe your address to what he likes",
    ),
    # What a scenario shows.
    "HP440": Code(
        "never receives a callback",
        hint="acknowledge it as its page says while the vendor still tries",
    ),
    "HP441": Code("forgets what it was told"),
    "HP442": Code("counts an event twice"),
    "HP443": Code("lets an older event overwrite a newer one"),
    "HP444": Code("keeps half of an event over a crash"),
    "HP445": Code("has what no event made"),
}

# What a signature, or its absence, is told by.
OF_SIGNATURES: Final = frozenset({"HP301", "HP302", "HP303", "HP304", "HP305", "HP306", "HP307"})
