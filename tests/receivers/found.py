"""Receivers that somebody else wrote, of which it is known what is true, held to it.

    python tests/receivers/found.py FOLDER [--seeds 5] [--only m7]

`make test-found FOUND=FOLDER`. The folder has `m.py`, of which `python3 m.py NAME PORT` serves a
receiver on this machine; its secrets are those below. A folder that is not there is told, and
leaves nothing to test.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from hookproof.report.writers import WRITERS

sys.path.insert(0, str(Path(__file__).parents[1]))

from receivers.truths.held import untrue
from receivers.truths.host import Truth

if TYPE_CHECKING:
    from collections.abc import Iterator

SECRETS = {"HOOKPROOF_SECRET_ZEGO": "secret", "HOOKPROOF_SECRET_TENCENT_TRTC": "123654"}
LOGIN, ENTERED = "zego_rtc/room_login", "tencent_trtc/room_entered"


@dataclass(frozen=True, slots=True)
class Found(Truth):
    """What is true of a receiver that runs elsewhere.

    `options` are given to the command, `shows` is in its text, `blames` is the callback of each
    error, and each pair of `everywhere` (a callback, what is said of it) is in every format.
    """

    options: tuple[str, ...] = ()
    shows: str = ""
    blames: str = ""
    everywhere: tuple[tuple[str, str], ...] = ()


def found(*callbacks: str, finds: str = "", warns: str = "", **more: Any) -> Found:
    """What is true of one; `finds` and `warns` are codes with blanks between."""
    codes = {"finds": frozenset(finds.split()), "warns": frozenset(warns.split())}
    return Found(None, callbacks, **codes, **{"cases": 300, **more})


FOUND = {
    "m1": found(ENTERED, options=("--header", "SdkAppId: 1400000001")),
    # Without its id it refuses everything, and that is not for the secret.
    "m1, id unknown": found(
        ENTERED, finds="HP401", says="--header 'SdkAppId: …'", never="verifies with another"
    ),
    "m2": found(ENTERED),
    "m3": found(LOGIN, finds="HP407", says="where a signed value is missing"),
    "m4": found(LOGIN, finds="HP407", says="signed with the empty secret"),
    "m5": found(ENTERED, warns="HP416"),
    "m6": found(LOGIN, warns="HP433", never="anybody can call"),
    "m7": found(
        ENTERED,
        "tencent_trtc/audio_started",
        finds="HP402 HP409",
        says="same JSON in another layout",
        never="in seconds|accept it",
        most=4,
    ),
    "m8": found(LOGIN, finds="HP404", shows="a new event, its bytes 4 times at once: got 500"),
    "m9": found("zego_cloud_recording/recording_completed", finds="HP404", where="^/detail$"),
    "m10": found(LOGIN, warns="HP432", shows="got 503"),
    "m11": found(
        LOGIN,
        "zego_rtc/room_logout",
        finds="HP404",
        everywhere=(("room_login", "/user_nickname"), ("room_logout", "/user_account")),
    ),
    "m12": found("zego_ai_agent/user_audio_data", finds="HP402", says="limit of bodies"),
    "m14": found(
        LOGIN,
        "zego_rtc/transcode_start",
        finds="HP401",
        says="letter case counts",
        blames="zego_rtc/transcode_start",
    ),
    "m15": found(LOGIN, warns="HP432", shows="got no answer within"),
    "m20": found(LOGIN, "zego_rtc/room_create", finds="HP401 HP407", never="verifies with another"),
    "m29": found(ENTERED, finds="HP407", says="leaving the signature out"),
    "m30": found(LOGIN),
}


@contextmanager
def serving(folder: Path, name: str) -> Iterator[str]:
    """One of the receivers, in a process of its own; gives its URL."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, str(folder / "m.py"), name, str(port)]
    around = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    with subprocess.Popen(command, env=around, stderr=subprocess.DEVNULL) as process:
        try:
            while process.poll() is None:
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.05)
            yield f"http://127.0.0.1:{port}/"
        finally:
            process.kill()


def reports(url: str, truth: Found, *, seed: int) -> dict[str, str]:
    """The report of one run of `hookproof test`, by format."""
    around = {k: v for k, v in os.environ.items() if not k.startswith("HOOKPROOF_")}
    words = [word for name in truth.callbacks for word in ("--callback", name)]
    words += ["--seed", str(seed), "--max-cases", str(truth.cases), "--no-config", "--quiet"]
    with TemporaryDirectory() as folder:
        files = {name: Path(folder) / name for name in WRITERS}
        words += [word for name in files for word in ("--report", f"{name}={files[name]}")]
        command = [sys.executable, "-m", "hookproof", "test", url, *words, *truth.options]
        subprocess.run(command, env={**around, **SECRETS}, stdout=subprocess.DEVNULL, check=False)
        return {name: file.read_text(encoding="utf-8") for name, file in files.items()}


def wrong(truth: Found, told: dict[str, str]) -> list[str]:
    """What a run told that is not so, or did not tell."""
    data, text = json.loads(told["json"]), " ".join(told["text"].split())
    found = untrue(truth, data["findings"], verdict=data["verdict"], text=text)
    blamed = {one["callback"] for one in data["findings"] if one["severity"] == "error"}
    if truth.blames and blamed != {truth.blames}:
        found.append(f"blames {sorted(blamed)}")
    if not re.search(truth.shows, text):
        found.append(f"does not show {truth.shows!r}")
    for pair in truth.everywhere:
        lacking = [name for name, text in told.items() if not all(word in text for word in pair)]
        found += [f"{' '.join(pair)} is not in {name}" for name in lacking]
    return found


def main() -> int:
    """Run each of them with each seed; 1 where a verdict was not true."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--only", metavar="NAME", default="")
    options = parser.parse_args()
    if options.folder is None or not (options.folder / "m.py").is_file():
        print("SKIPPED  receivers from outside: no folder of them (make test-found FOUND=FOLDER)")
        return 0
    chosen = {name: truth for name, truth in FOUND.items() if options.only in {"", name}}
    bad = 0
    for name, truth in chosen.items():
        told: dict[str, int] = {}
        for seed in range(1, options.seeds + 1):
            # Each run has a receiver that remembers nothing.
            with serving(options.folder, name.partition(",")[0]) as url:
                for line in wrong(truth, reports(url, truth, seed=seed)):
                    told.setdefault(line, seed)
        bad += bool(told)
        print(f"{name:<15} {options.seeds} seeds  {'WRONG' if told else 'true'}", flush=True)
        for line, seed in told.items():
            print(f"    seed {seed}: {line[:300]}", flush=True)
    print(f"{len(chosen) - bad} of {len(chosen)} are told truly")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
