"""Finds an error in the body of an answer whose status says that all is well.

The vendor looks at the status: it counts the callback as delivered and never sends it again.
Only shapes are known here that mean failure beyond doubt; a body that could be read either
way says nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from hookproof.payload.decode import decode_text
from hookproof.text import cut

if TYPE_CHECKING:
    from collections.abc import Callable

_WORDS: Final = frozenset({"fail", "failed", "failure", "error", "false"})
# What stands under "error" where there is none.
_NO_ERROR: Final = frozenset({"", "0", "ok", "none", "null", "false", "success", "no error"})
_NUMBER: Final = re.compile(r"-?[0-9]{1,9}")
# What refuses a request in plain words, and what says that it was taken.
_REFUSING: Final = re.compile(
    r"\b(?:invalid|illegal|denied|forbidden|unauthori[sz]ed|not (?:allowed|authori[sz]ed|valid)"
    r"|mismatch(?:ed)?|rejected|refused|wrong|bad (?:request|signature|sign)"
    r"|(?:signature|sign|verif\w+|auth\w*|check) (?:error|fail\w*)|fail(?:ed|ure)?|error"
    r"|missing|expired)\b|\u5931\u8d25|\u9519\u8bef|\u65e0\u6548|\u975e\u6cd5|\u62d2\u7edd"
    r"|\u65e0\u6743|\u4e0d\u6b63\u786e|\u4e0d\u5339\u914d|\u4e0d\u901a\u8fc7",
    re.IGNORECASE,
)
_APPROVING: Final = re.compile(
    r"\b(?:ok|success(?:ful(?:ly)?)?|succeeded|accepted|received|done|no (?:error|failure)s?\b.*)\b"
    r"|\u6210\u529f",
    re.IGNORECASE,
)
_CODES: Final = frozenset(
    {"code", "status", "statuscode", "result", "returncode", "retcode", "ret"}
)
_NUMBERS: Final = frozenset({"errcode", "errorcode", "errno"})
_TEXTS: Final = frozenset({"message", "msg", "errmsg", "errormessage", "reason", "detail", "info"})


def hidden_error(body: bytes) -> str:
    """The part of a body that tells of an error, in a few words; "" where none does."""
    return _told(body, doubtful=False)


def reads_like_refusal(body: bytes) -> str:
    """The same of a body that may be read as a refusal, such as any code but 0 alone.

    For where two answers are compared: alone it accuses nobody.
    """
    return _told(body, doubtful=True)


def _told(body: bytes, *, doubtful: bool) -> str:
    text = body.decode(errors="replace").strip()
    if text.lower() in _WORDS or (len(text) <= _SHORT and _refuses(text) and text[:1] not in "<{["):
        return cut(text)
    if not text.startswith("{"):
        return ""
    said = decode_text(text).value
    if not isinstance(said, dict):
        return ""
    words = [str(value) for name, value in said.items() if _key(name) in _TEXTS and value]
    # What is said beside a code decides only where the code does not.
    coded = any(_key(name) in {*_CODES, *_NUMBERS} for name in said)
    found = (
        f"{name}: {value if isinstance(value, str) else repr(value)}"
        for name, value in said.items()
        if not (coded and _key(name) in _TEXTS)
        and _fails(_key(name), value, words, doubtful=doubtful)
    )
    return cut(next(found, ""))


# A page or a longer text speaks of many things.
_SHORT: Final = 80


def _key(name: str) -> str:
    return name.lower().replace("_", "").replace("-", "")


def _fails(key: str, value: Any, words: list[str], *, doubtful: bool) -> bool:
    if key in _CODES:
        return _is_code_of_failure(value, words, doubtful=doubtful)
    if key in _TEXTS:
        return isinstance(value, str) and len(value) <= _SHORT and _refuses(value)
    judge = _JUDGES.get(key)
    return judge is not None and judge(value)


def _refuses(text: str) -> bool:
    return bool(_REFUSING.search(text)) and not _APPROVING.search(text)


def _is_false(value: Any) -> bool:
    return value is False or _plain(value).lower() in {"false", "0"}


def _is_code_of_failure(value: Any, words: list[str], *, doubtful: bool) -> bool:
    """Negative, an HTTP error, or one of thousands that is not round: 0, 1, 200, 10000 are none.

    What is said beside it decides about all others, and in doubt every one but 0 and 2XX.
    """
    text = _plain(value)
    if text.lower() in _WORDS:
        return True
    if not _NUMBER.fullmatch(text) or int(text) in {0, *range(200, 300)}:
        return False
    if any(map(_APPROVING.search, words)):
        return int(text) < 0
    return doubtful or any(map(_refuses, words)) or _is_of_failure(int(text))


def _is_of_failure(number: int) -> bool:
    if number < 0 or 400 <= number <= 599 or (str(number)[0] in "45" and 10_000 <= number < 10**6):
        return True
    return number >= 1000 and number % 1000 != 0


def _is_number_of_error(value: Any) -> bool:
    """Under a name that speaks of errors any number but 0 and 200 is one."""
    text = _plain(value)
    return bool(_NUMBER.fullmatch(text)) and int(text) not in {0, 200}


def _plain(value: Any) -> str:
    if isinstance(value, str):
        return value
    # A number of thousands of digits cannot be printed, and is no code of anything.
    known = type(value) is int and abs(value) < 10**9
    return str(value) if known else ""


def _is_error(value: Any) -> bool:
    if isinstance(value, dict):
        told = {_key(name): inner for name, inner in value.items()}
        numbers = [told[key] for key in ("code", "errcode", "errno") if key in told]
        # {"code": 0, "message": ""} is how some say that there was none.
        return not numbers or any(_is_number_of_error(number) for number in numbers)
    if isinstance(value, str):
        return value.strip().lower() not in _NO_ERROR
    return bool(value)


_JUDGES: Final[dict[str, Callable[[Any], bool]]] = {
    "success": _is_false,
    "succeeded": _is_false,
    "ok": _is_false,
    **dict.fromkeys(_NUMBERS, _is_number_of_error),
    "error": _is_error,
    "errors": _is_error,
    "traceback": _is_error,
}
