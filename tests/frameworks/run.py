"""Correct receivers in real frameworks, each also behind nginx, tested with several seeds.

`make test-frameworks`. Each receiver verifies the products of three vendors at URLs of their own: a
signature in the body at /zego, one in a header at /trtc and at /agora. An error in any run, or a
run without a verdict, ends with 1. What is not installed is told and left out. `--between` puts
troubles and checks of between.py before each receiver in nginx' place, `--areas` tests whole
products.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
BUILD = HERE.parents[1] / "build" / "frameworks"
PYTHON = BUILD / "venv" / "bin" / "python"
SENT = {
    "zego_rtc/record": "zego",
    "zego_rtc/room_create": "zego",
    "zego_zim/send_msg": "zego",
    "tencent_trtc/room_entered": "trtc",
    "tencent_trtc/audio_started": "trtc",
    "agora/channel_create": "agora",
}
AREAS = {"zego_zim": "zego", "tencent_trtc": "trtc", "agora": "agora"}
SECRETS = {
    "ZEGO_SECRET": "a-secret-of-zego",
    "TRTC_SECRET": "a-secret-of-trtc",
    "AGORA_SECRET": "a-secret-of-agora",
}
BETWEEN = ("503", "resets", "pauses", "nonces", "application", "window", "moments")
NGINX = """\
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log stderr error;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        location / {{
            proxy_pass http://127.0.0.1:{behind};
            proxy_set_header Host $host;
            proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
        }}
    }}
}}
"""


@dataclass(frozen=True)
class Framework:
    """A receiver: the programs that it needs, what builds it, what serves it at {port}."""

    name: str
    needs: tuple[str, ...]
    serve: tuple[str, ...]
    build: tuple[str, ...] = ()


FRAMEWORKS = [
    Framework("Starlette", (str(PYTHON),), (str(PYTHON), f"{HERE}/starlette_app.py")),
    Framework("Flask, waitress", (str(PYTHON),), (str(PYTHON), f"{HERE}/flask_app.py")),
    Framework("Django", (str(PYTHON),), (str(PYTHON), f"{HERE}/django_app.py")),
    Framework(
        "Express", ("node", f"{BUILD}/node_modules/express"), ("node", f"{HERE}/express_app.js")
    ),
    Framework(
        "Fastify", ("node", f"{BUILD}/node_modules/fastify"), ("node", f"{HERE}/fastify_app.js")
    ),
    Framework(
        "Go net/http",
        ("go",),
        (f"{BUILD}/receiver-go",),
        build=("go", "build", "-o", f"{BUILD}/receiver-go", f"{HERE}/receiver.go"),
    ),
    Framework(
        "Java",
        ("java", "javac"),
        ("java", "-cp", f"{BUILD}/java", "Receiver"),
        build=("javac", "-d", f"{BUILD}/java", f"{HERE}/Receiver.java"),
    ),
    Framework("PHP", ("php",), ("php", "-q", "-S", "127.0.0.1:{port}", f"{HERE}/receiver.php")),
]


def missing(framework: Framework) -> list[str]:
    """What of a receiver's needs is not installed."""
    return [one for one in framework.needs if not (shutil.which(one) or Path(one).is_dir())]


@contextmanager
def served(command: tuple[str, ...], port: int, environment: dict[str, str]) -> Iterator[None]:
    """A server that takes connections at a port, ended afterwards."""
    words = [word.replace("{port}", str(port)) for word in command]
    log = BUILD / f"{Path(words[-1]).stem}.log"
    # In a session of its own, for PHP starts workers that outlive it otherwise.
    with (
        log.open("wb") as output,
        subprocess.Popen(
            words,
            env={**os.environ, **environment, "PORT": str(port)},
            stdout=output,
            stderr=output,
            start_new_session=True,
        ) as server,
    ):
        try:
            wait_for(port, server)
            yield
        finally:
            with suppress(ProcessLookupError):
                os.killpg(server.pid, 15)


def wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    """Until the server takes connections; raises RuntimeError where it does not."""
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if server.poll() is not None:
            break
        time.sleep(0.1)
    raise RuntimeError(f"{server.args} does not listen")


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass(frozen=True)
class Wanted:
    """What is sent where, how often, and with what further options."""

    sent: dict[str, str]
    seeds: int
    cases: int
    options: tuple[str, ...] = ()


def tested(port: int, wanted: Wanted, *, seed: int) -> dict[str, Any]:
    """The report of one run of `hookproof test`."""
    urls = [f"{name}=http://127.0.0.1:{port}/{path}" for name, path in wanted.sent.items()]
    words = [word for url in urls for word in ("--url", url)]
    around = {k: v for k, v in os.environ.items() if not k.startswith("HOOKPROOF_")}
    secrets = {
        "HOOKPROOF_SECRET_ZEGO": SECRETS["ZEGO_SECRET"],
        "HOOKPROOF_SECRET_TENCENT": SECRETS["TRTC_SECRET"],
        "HOOKPROOF_SECRET_AGORA": SECRETS["AGORA_SECRET"],
    }
    options = ["--seed", str(seed), "--max-cases", str(wanted.cases), "--time-limit", "1800"]
    options += ["--no-config", "--format", "json", *wanted.options]
    done = subprocess.run(
        [sys.executable, "-m", "hookproof", "test", *words, *options],
        env={**around, **secrets},
        stdout=subprocess.PIPE,
        check=False,
    )
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def hold(name: str, port: int, wanted: Wanted) -> bool:
    """Whether a receiver has no errors with any seed; each run that has some is told."""
    reports = {seed: tested(port, wanted, seed=seed) for seed in range(1, wanted.seeds + 1)}
    count = {
        key: sum(one["totals"][key] for one in reports.values()) for key in ("error", "warning")
    }
    verdicts = sorted({one["verdict"] for one in reports.values()})
    requests = sum(one["totals"]["requests"] for one in reports.values())
    print(
        f"{name:<28} {wanted.seeds} seeds {requests:>7,} requests {count['error']:>3} errors "
        f"{count['warning']:>3} warnings  {', '.join(verdicts)}",
        flush=True,
    )
    told: dict[str, int] = {}
    for seed, report in reports.items():
        if report["reason"]:
            print(f"    seed {seed}: {report['reason']}")
        for callback, result in report["callbacks"].items():
            if unproved := [k for k, state in result["checks"].items() if state == "inconclusive"]:
                print(f"    seed {seed}: no evidence on {', '.join(unproved)} of {callback}")
        for finding in report["findings"]:
            if finding["severity"] == "error":
                line = "  ".join(finding[key] for key in ("code", "callback", "message"))
                told.setdefault(line, seed)
    for line, seed in sorted(told.items()):
        print(f"    seed {seed}: {line[:400]}")
    return verdicts == ["pass"]


def run(framework: Framework, wanted: Wanted, *, nginx: bool, between: list[str]) -> bool:
    """Build and serve a receiver, and hold it alone and behind nginx, or behind something else."""
    if framework.build:
        subprocess.run(framework.build, check=True)
    environment = {**SECRETS, "NODE_PATH": f"{BUILD}/node_modules", "PHP_CLI_SERVER_WORKERS": "4"}
    port, front = free_port(), free_port()
    with ExitStack() as servers:
        servers.enter_context(served(framework.serve, port, environment))
        good = bool(between) or hold(framework.name, port, wanted)
        for kind in between:
            with behind(port, kind) as front:
                good &= hold(f"{framework.name}, {kind}", front, with_options(wanted, kind))
        if nginx and not between:
            folder = BUILD / "nginx"
            folder.mkdir(exist_ok=True)
            (folder / "nginx.conf").write_text(
                NGINX.format(folder=folder, port=front, behind=port), encoding="utf-8"
            )
            command = ("nginx", "-p", str(folder), "-e", "stderr", "-c", str(folder / "nginx.conf"))
            servers.enter_context(served(command, front, {}))
            good &= hold(f"{framework.name}, nginx", front, wanted)
    return good


@contextmanager
def behind(port: int, kind: str) -> Iterator[int]:
    """The port of what stands before a receiver, for all its seeds."""
    front = free_port()
    command = (sys.executable, f"{HERE}/between.py", str(front), str(port), kind)
    with served(command, front, {}):
        yield front


def with_options(wanted: Wanted, kind: str) -> Wanted:
    """What has to be given where the receiver knows its own application."""
    return (
        replace(wanted, options=("--set", "/appid=3141592653")) if kind == "application" else wanted
    )


def main() -> int:
    """Run what is there; 1 where a receiver was found fault with."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--cases", type=int, default=300, help="requests for each callback")
    parser.add_argument(
        "--only", metavar="WORD", default="", help="frameworks with this in the name"
    )
    parser.add_argument("--no-nginx", action="store_true")
    parser.add_argument("--between", nargs="*", default=[], choices=BETWEEN, help="in nginx' place")
    parser.add_argument("--areas", action="store_true", help="whole products, not a few callbacks")
    options = parser.parse_args()
    (BUILD / "java").mkdir(parents=True, exist_ok=True)
    # Where it lies is no part of everybody's PATH.
    os.environ["PATH"] += f"{os.pathsep}/usr/sbin{os.pathsep}/usr/local/sbin"
    nginx, good = bool(shutil.which("nginx")) and not options.no_nginx, True
    if not nginx:
        print("SKIPPED  everything behind nginx: it is not installed, or --no-nginx was given")
    wanted = Wanted(AREAS if options.areas else SENT, options.seeds, options.cases)
    for framework in FRAMEWORKS:
        if not framework.name.lower().startswith(options.only.lower()):
            continue
        if lacks := missing(framework):
            print(f"SKIPPED  {framework.name}: {', '.join(lacks)} is not installed")
            continue
        good &= run(framework, wanted, nginx=nginx, between=options.between)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
