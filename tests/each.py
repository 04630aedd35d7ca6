"""Many values in one test: what pytest does for an item costs more than most assertions."""

from __future__ import annotations

from functools import wraps
from inspect import Signature, signature
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


def each(argument: str | tuple[str, ...], values: Iterable[Any]) -> Callable[..., Any]:
    """Call a test with every value, as `parametrize` would, and name those that fail.

    All are tried. Fixtures are made once, so this is for tests that leave them as they were, and
    for none that skips: it would take the values behind along.
    """
    names = (argument,) if isinstance(argument, str) else argument
    rows = [(value,) if isinstance(argument, str) else tuple(value) for value in values]

    def decorate(test: Callable[..., None]) -> Callable[..., None]:
        @wraps(test)
        def all_of_them(*args: Any, **fixtures: Any) -> None:
            failed: list[BaseException] = []
            for row in rows:
                given = dict(zip(names, row, strict=True))
                try:
                    test(*args, **fixtures, **given)
                except pytest.skip.Exception as skipped:
                    raise AssertionError(f"{given!r:.400} would be skipped") from skipped
                except (Exception, pytest.fail.Exception) as error:  # noqa: BLE001 - all are told
                    error.add_note(f"of {given!r:.400}")
                    failed.append(error)
            if len(failed) == 1:
                raise failed[0]
            if failed:
                raise BaseExceptionGroup(f"{len(failed)} of {len(rows)} fail", failed)

        wanted = signature(test).parameters.values()
        rest = Signature([one for one in wanted if one.name not in names])
        setattr(all_of_them, "__signature__", rest)  # noqa: B010 - what pytest looks at
        return all_of_them

    return decorate
