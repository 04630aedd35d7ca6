"""Example contracts held to the vendors' own libraries: both sign, both verify, both receive.

`make test-vendors`. For each contract in examples/contracts: what `example --signed` writes is
taken by the library, and with one byte changed it is not; what the library signs is valid to
`validate`, and with one byte changed it is not; `hookproof test` has no error on a receiver that
verifies by the library, and finds one that does not verify. Ends with 1 where any of that fails.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import subprocess
import sys
import time
from base64 import b64encode
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
PYTHON = ROOT / "build" / "vendors" / "venv" / "bin" / "python"
LIBRARIES = Path(__file__).parent / "libraries.py"
CONTRACTS = ROOT / "examples" / "contracts"
URL = "https://example.com/hook?x=1"
SECRETS = {"standard_webhooks": "whsec_" + b64encode(b"0" * 24).decode()}
# Of a test of one receiver.
SEEDS = (1, 2)


def environment(vendor: str) -> dict[str, str]:
    """That of this process, with nothing of hookproof's but a secret."""
    around = {k: v for k, v in os.environ.items() if not k.startswith("HOOKPROOF_")}
    return {**around, "HOOKPROOF_SECRET": SECRETS.get(vendor, "a-secret-of-theirs")}


def hookproof(vendor: str, *words: object) -> subprocess.CompletedProcess[bytes]:
    """A command on the contract of a vendor."""
    line = [sys.executable, "-m", "hookproof", *words, "--contract", CONTRACTS / vendor]
    return subprocess.run(
        [str(one) for one in line], env=environment(vendor), capture_output=True, check=False
    )


def library(vendor: str, what: str, request: dict[str, Any]) -> Any:
    """What the vendor's library says of a request."""
    done = subprocess.run(
        [PYTHON, LIBRARIES, what, vendor],
        env=environment(vendor),
        input=json.dumps(request),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def sent(vendor: str, callback: str) -> tuple[dict[str, Any], bytes]:
    """A signed example taken apart by hand, and the whole of it."""
    words = ("example", callback, "--signed", "--format", "http", "--url", URL)
    done = hookproof(vendor, *words)
    if done.returncode:
        raise SystemExit(done.stderr.decode())
    head, _, body = done.stdout.partition(b"\r\n\r\n")
    headers = [line.split(": ", 1) for line in head.decode().split("\r\n")[1:]]
    return {"url": URL, "headers": headers, "body": body.decode("latin-1")}, done.stdout


def tampered(body: str) -> str:
    """The body with one letter changed."""
    at = body.rindex("e")
    return body[:at] + "f" + body[at + 1 :]


def check_requests(vendor: str, callback: str) -> Iterator[str]:
    """What does not hold of single requests."""
    request, _ = sent(vendor, callback)
    if not library(vendor, "verify", request):
        yield "the library refuses what hookproof has signed"
    if library(vendor, "verify", {**request, "body": tampered(request["body"])}):
        yield "the library takes a tampered body"
    signed = library(vendor, "sign", request)
    names = {name.lower() for name in signed}
    kept = [pair for pair in request["headers"] if pair[0].lower() not in names]
    for body, good in ((request["body"], True), (tampered(request["body"]), False)):
        lines = [*kept, *signed.items()]
        head = "".join(f"{name}: {value}\r\n" for name, value in lines)
        raw = f"POST /hook?x=1 HTTP/1.1\r\n{head}\r\n{body}"
        with TemporaryDirectory() as folder:
            capture = Path(folder) / "one.http"
            capture.write_bytes(raw.encode("latin-1"))
            done = hookproof(vendor, "validate", capture)
        if (done.returncode == 0) is not good:
            yield f"validate {'refuses' if good else 'takes'} it: {done.stdout.decode()[:400]}"


@contextmanager
def receiver(vendor: str, **more: str) -> Iterator[str]:
    """A receiver on the vendor's library, and its URL."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    around = {**environment(vendor), **more}
    line = [PYTHON, LIBRARIES, "serve", vendor, str(port)]
    with subprocess.Popen(line, env=around, stderr=subprocess.DEVNULL) as server:
        try:
            for _ in range(100):
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}/hook"
        finally:
            server.terminate()


def check_receivers(vendor: str) -> Iterator[str]:
    """What does not hold of a receiver that verifies by the library, and of one that does not."""
    with receiver(vendor) as url:
        for seed in SEEDS:
            done = hookproof(vendor, "test", url, "--seed", seed, "--format", "json")
            report = json.loads(done.stdout or "{}")
            wrong = [one for one in report.get("findings", ()) if one["severity"] == "error"]
            if done.returncode or wrong:
                told = json.dumps(wrong)[:1500] or done.stderr.decode()
                yield f"a correct receiver ends with {done.returncode}, seed {seed}: {told}"
    with receiver(vendor, UNVERIFIED="1") as url:
        done = hookproof(vendor, "test", url, "--seed", 1, "--format", "json")
        codes = {one["code"] for one in json.loads(done.stdout or "{}").get("findings", ())}
        if done.returncode != 1 or not codes & {"HP402", "HP403", "HP407", "HP409"}:
            yield f"without verification it ends with {done.returncode} and {sorted(codes)}"


def main() -> int:
    """Run what was asked for; 1 where anything does not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", action="append", help="a vendor; repeatable")
    chosen = parser.parse_args().only
    if not PYTHON.exists():
        print("SKIPPED  the vendors' libraries are not installed: make test-vendors")
        return 0
    failed = 0
    for folder in sorted(CONTRACTS.iterdir()):
        if chosen and folder.name not in chosen:
            continue
        events = sorted((folder / "schemas" / folder.name).glob("*.json"))
        names = [f"{folder.name}/{file.stem}" for file in events]
        wrong = [f"{name}: {one}" for name in names for one in check_requests(folder.name, name)]
        wrong += check_receivers(folder.name)
        failed += len(wrong)
        print(f"{'FAILED' if wrong else 'ok':7} {folder.name}, {len(names)} callbacks", flush=True)
        for line in wrong:
            print(f"        {line}")
    return 1 if failed else 0


sys.exit(main())
