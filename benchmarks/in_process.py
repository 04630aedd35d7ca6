"""The faulty cast in this process beside over HTTP: the same findings, in how much of the time.

    python benchmarks/in_process.py [NAME …]

Both ways are what `pytest --hookproof-app` and `--hookproof-url` run. Of the cast every member is
compared; the hostile one (tests/cast/hostile.py) is below HTTP and has no application to call. Time
is that of the processor, for members that answer late are waited for alike. Ends with 1 where
findings differ.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from acceptance.receiver_runs import SECRET, SHARED, contract, kinds, run
from acceptance.test_faulty_cast import SLOW, USUAL, telling
from cast import CAST

from hookproof.conformance.running.run import Plan, run_test
from hookproof.http.target import resolve_target
from hookproof.testing import serve
from hookproof.testing.applications import in_process

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.http.target import Target
    from hookproof.testing import Receiver

BAR = 0.5


@contextmanager
def over_http(receiver: Receiver) -> Iterator[Target]:
    """The same as `in_process`, by a server."""
    with serve(receiver) as url:
        yield resolve_target(url)


def main() -> int:
    """Print a line for each member, and the bar."""
    names = sys.argv[1:] or [*CAST]
    run(CAST[names[0]], chosen=kinds(), **USUAL)  # generates what all of them get
    seconds, differing = Counter[str](), 0
    for name in names:
        options = USUAL | {"chosen": telling(CAST[name])} | SLOW.get(name, {})
        tested = options.pop("chosen")
        secrets = dict.fromkeys([one.area for one in tested], SECRET)
        found, took = {}, {}
        for way in (over_http, in_process):
            begun = time.process_time()
            with way(CAST[name](contract(), secrets=secrets)) as target:
                report = run_test(target, Plan(tested, secrets, **options), surroundings=SHARED)
            took[way.__name__] = time.process_time() - begun
            found[way.__name__] = Counter(
                (one.code, one.severity, one.callback, one.check) for one in report.findings
            )
        seconds.update(took)
        http, here = found.values()
        differing += http != here
        said = "" if http == here else f"  DIFFERENT: {(http - here) + (here - http)}"
        print(
            f"{name:<32} {took['over_http']:6.2f} s {took['in_process']:6.2f} s{said}", flush=True
        )
    ratio = seconds["in_process"] / seconds["over_http"]
    kept = "ok" if ratio <= BAR else "over"
    print(f"{len(names)} compared, {differing} differ; {ratio:.2f}x of the time, bar {BAR}: {kept}")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
