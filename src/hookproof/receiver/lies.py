"""Finds an error in the body of an answer whose status says that all is well.

The vendor looks at the status: it counts the callback as delivered and never sends it again.
Only shapes are known here that mean failure beyond doubt; a body that could be read either
way says nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from hookproof.payload.decode import decode_text
from hookproof.validation.wording import cut

if TYPE_CHECKING:
    from collections.abc import Callable

_WORDS: Final = frozenset({"fail", "failed", "failure", "error", "false"})
# What stands under "error" where there is none.
_NO_ERROR: Final = frozenset({"", "0", "ok", "none", "null", "false", "success", "no error"})
_FAILED_NUMBER: Final = re.compile(r"-[1-9][0-9]{0,8}|[45][0-9]{2}|[45][0-9]{4,5}")
_ANY_NUMBER: Final = re.compile(r"-?[0-9]{1,9}")


def hidden_error(body: bytes) -> str:
    """The part of a body that tells of an error, in a few words; "" where none does."""
    text = body.decode(errors="replace").strip()
    if text.lower() in _WORDS:
        return cut(text)
    if not text.startswith("{"):
        return ""
    said = decode_text(text).value
    if not isinstance(said, dict):
        return ""
    found = (f"{name}: {_shown(value)}" for name, value in said.items() if _fails(name, value))
    return cut(next(found, ""))


def _fails(name: str, value: Any) -> bool:
    key = name.lower().replace("_", "").replace("-", "")
    judge = _JUDGES.get(key)
    return judge is not None and judge(value)


def _is_false(value: Any) -> bool:
    return value is False or (isinstance(value, str) and value.lower() == "false")


def _is_code_of_failure(value: Any) -> bool:
    """Negative, an HTTP error or one with digits after it: 0, 1, 200 and 10000 say nothing."""
    text = _plain(value)
    return bool(_FAILED_NUMBER.fullmatch(text)) or text.lower() in _WORDS


def _is_number_of_error(value: Any) -> bool:
    """Under a name that speaks of errors any number but 0 and 200 is one."""
    text = _plain(value)
    return bool(_ANY_NUMBER.fullmatch(text)) and int(text) not in {0, 200}


def _plain(value: Any) -> str:
    if isinstance(value, str):
        return value
    # A number of thousands of digits cannot be printed, and is no code of anything.
    known = type(value) is int and abs(value) < 10**9
    return str(value) if known else ""


def _is_error(value: Any) -> bool:
    if isinstance(value, str):
        return value.strip().lower() not in _NO_ERROR
    return bool(value)


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else repr(value)


_JUDGES: Final[dict[str, Callable[[Any], bool]]] = {
    "success": _is_false,
    "succeeded": _is_false,
    "ok": _is_false,
    "code": _is_code_of_failure,
    "status": _is_code_of_failure,
    "statuscode": _is_code_of_failure,
    "result": _is_code_of_failure,
    "returncode": _is_code_of_failure,
    "retcode": _is_code_of_failure,
    "errcode": _is_number_of_error,
    "errorcode": _is_number_of_error,
    "errno": _is_number_of_error,
    "error": _is_error,
    "errors": _is_error,
    "traceback": _is_error,
}
