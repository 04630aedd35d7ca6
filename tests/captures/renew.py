"""Renews tests/captures/real: `make captures` starts the tools that are on this machine.

Each posts or logs the samples of ten callbacks on loopback, and what it writes is kept. A tool that
is not there is passed over, and what was kept of it before stays. Times are made those of one day.
"""

from __future__ import annotations

import base64
import csv
import http.client
import importlib
import io
import json
import logging
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from hookproof.contract import Contract
from hookproof.http.request import Sending, write_request

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HERE = Path(__file__).parent / "real"
SECRET = b"secret"
CALLBACKS = (
    "tencent_gme/recording",
    "tencent_gme/voice_moderation",
    "tencent_trtc/room_dismissed",
    "tencent_trtc/audio_started",
    "zego_rtc/room_close",
    "zego_rtc/record",
    "zego_zim/call_accept",
    "zego_cloud_recording/file_upload_status",
    "zego_ai_agent/agent_instance_created",
    "zego_mini_game/game_started",
)
DAY = "2026-01-01"


class Sent(NamedTuple):
    """One request: what a vendor posts."""

    target: str
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()


def requests() -> list[Sent]:
    """The first sample of each callback, signed."""
    contract, made = Contract(), []
    for name in CALLBACKS:
        callback = contract.callback(name)
        request = write_request(
            callback, callback.examples[0].payload, secret=SECRET, sending=Sending()
        )
        target = "/cb" + (f"?{request.query}" if request.query else "")
        made.append(Sent(target, dict(request.headers), request.body))
    return made


class _Receiver(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def receiver(port: int = 0) -> Iterator[int]:
    """A receiver on loopback; gives its port."""
    server = ThreadingHTTPServer(("127.0.0.1", port), _Receiver)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def running(*command: str, wait: float = 1.5, **options: Any) -> Iterator[None]:
    """A tool in the background, ended as Ctrl-C ends it."""
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, **options)
    time.sleep(wait)
    try:
        yield
    finally:
        time.sleep(0.7)
        process.send_signal(signal.SIGINT)
        process.wait(timeout=20)


def post(sent: list[Sent], port: int, *, split: bool = False) -> None:
    """Send all over one connection; head and body in two packets, or in one."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    for one in sent:
        connection.putrequest("POST", one.target, skip_accept_encoding=True)
        for name, value in {**one.headers, "Content-Length": str(len(one.body))}.items():
            connection.putheader(name, value)
        if split:
            connection.endheaders()
            time.sleep(0.02)
            connection.send(one.body)
        else:
            connection.endheaders(one.body)
        connection.getresponse().read()
    connection.close()


def free_port() -> int:
    """A port that nobody listens on."""
    with receiver() as port:
        return port


def keep(name: str, content: str | bytes) -> None:
    """Keep what a tool wrote, with its moments made those of one day."""
    raw = content.encode() if isinstance(content, str) else content
    if not name.endswith((".pcap", ".pcapng", ".mitm", ".gz", ".zip", ".parquet")):
        raw = re.sub(rb"20[0-9]{2}-[0-9]{2}-[0-9]{2}(?=[T ][0-9]{2}:)", DAY.encode(), raw)
        raw = re.sub(rb"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} [ 0-9]{2} "
                     rb"([0-9:.]+) 20[0-9]{2}", rb"Thu Jan 01 \1 2026", raw)  # fmt: skip
        raw = re.sub(rb"[0-9]{2}/[A-Z][a-z]{2}/20[0-9]{2}:", b"01/Jan/2026:", raw)
    (HERE / name).write_bytes(raw)


def packets(sent: list[Sent], folder: Path) -> None:
    """What tcpdump, tshark and ngrep make of packets."""
    pushed = "tcp[tcpflags] & tcp-push != 0"
    common = ("tcpdump", "-i", "lo", "--immediate-mode", "-B", "16384", "-nn", "-l")
    for name, options, port, split in (
        ("tcpdump_A.txt", ("-A",), 80, False),
        ("tcpdump_A_split.txt", ("-A",), 0, True),
        ("tcpdump_A_v.txt", ("-A", "-v"), 8080, False),
        ("tcpdump_X.txt", ("-X",), 80, True),
    ):
        with (
            receiver(port) as used,
            (folder / name).open("wb") as out,
            running(*common, *options, f"tcp port {used} and {pushed}", stdout=out),
        ):
            post(sent, used, split=split)
        keep(name, (folder / name).read_bytes())
    file = folder / "packets.pcap"
    with receiver() as used:
        writer = ("-U", "-w", str(file), f"tcp port {used}")
        with running(*common[:-1], *writer, stdout=subprocess.DEVNULL):
            post(sent, used, split=True)
    keep("packets.pcap", file.read_bytes())
    if shutil.which("tshark"):
        newer = folder / "packets.pcapng"
        command = ["tshark", "-r", file]
        writing = ["-F", "pcapng", "-w", newer]
        subprocess.run([*command, *writing], check=True, capture_output=True)
        keep("packets.pcapng", newer.read_bytes())
        for how in ("ascii", "raw"):
            options = ["-q", "-z", f"follow,tcp,{how},0"]
            followed = subprocess.run([*command, *options], check=True, capture_output=True)
            keep(f"tshark_{how}.txt", followed.stdout)


def ngrep(sent: list[Sent], folder: Path) -> None:
    """What ngrep prints by line."""
    file = folder / "ngrep.txt"
    with receiver() as port, file.open("wb") as out:
        options = ("-d", "lo", "-q", "-W", "byline", "", f"tcp port {port}")
        with running("ngrep", *options, stdout=out):
            post(sent, port, split=True)
    keep("ngrep.txt", file.read_bytes())


def curl(sent: list[Sent], folder: Path) -> None:
    """What curl traces, in text and in hex."""
    for option in ("--trace-ascii", "--trace"):
        traces = b""
        with receiver() as port:
            for one in sent:
                file = folder / "trace.txt"
                headers = [part for item in one.headers.items() for part in ("-H", ": ".join(item))]
                url = f"http://127.0.0.1:{port}{one.target}"
                command = ["curl", "-sS", option, file, *headers, "--data-binary", "@-", url]
                subprocess.run(command, input=one.body, check=True, capture_output=True)
                traces += file.read_bytes()
        keep(f"curl{option[1:].replace('-', '_')}.txt", traces)


NGINX = """
daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 64; }}
http {{
  access_log off;
  client_body_temp_path {folder}/t; proxy_temp_path {folder}/t; fastcgi_temp_path {folder}/t;
  uwsgi_temp_path {folder}/t; scgi_temp_path {folder}/t;
  log_format none escape=none '$remote_addr [$time_local] "$request" $status $request_body';
  log_format inline escape=json '$remote_addr "$request" $status body="$request_body"';
  log_format object escape=json '{{"time":"$time_iso8601","method":"$request_method",'
    '"uri":"$request_uri","sign":"$http_sign","request_body":"$request_body"}}';
  log_format escaped '$remote_addr [$time_local] "$request" $status "$request_body"';
  server {{
    listen 127.0.0.1:{port}; client_body_buffer_size 1m; client_body_in_single_buffer on;
    location / {{
      proxy_pass http://127.0.0.1:{behind};
      access_log {folder}/nginx_none.log none; access_log {folder}/nginx_inline.log inline;
      access_log {folder}/nginx_object.log object; access_log {folder}/nginx_escaped.log escaped;
    }}
  }}
}}
"""


def nginx(sent: list[Sent], folder: Path) -> None:
    """Access logs with the body, in four formats."""
    with receiver() as behind:
        port, conf = free_port(), folder / "nginx.conf"
        conf.write_text(NGINX.format(folder=folder, port=port, behind=behind))
        with running("nginx", "-p", str(folder), "-c", str(conf), stdout=subprocess.DEVNULL):
            post(sent, port)
            connection = http.client.HTTPConnection("127.0.0.1", port)
            connection.request("HEAD", "/health")
            connection.getresponse().read()
            connection.close()
    for name in ("none", "inline", "object", "escaped"):
        keep(f"nginx_{name}.log", (folder / f"nginx_{name}.log").read_bytes())


APACHE = """
ServerName localhost
ServerRoot {folder}
DefaultRuntimeDir {folder}
PidFile {folder}/apache.pid
ErrorLog {folder}/apache.log
Listen 127.0.0.1:{port}
LoadModule mpm_event_module {modules}/mod_mpm_event.so
LoadModule authz_core_module {modules}/mod_authz_core.so
LoadModule dumpio_module {modules}/mod_dumpio.so
LoadModule proxy_module {modules}/mod_proxy.so
LoadModule proxy_http_module {modules}/mod_proxy_http.so
LogLevel dumpio:trace7
DumpIOInput On
ProxyPass / http://127.0.0.1:{behind}/
"""


def apache2(sent: list[Sent], folder: Path) -> None:
    """What mod_dumpio writes into the error log."""
    with receiver() as behind:
        port, conf = free_port(), folder / "apache.conf"
        modules = "/usr/lib/apache2/modules"
        conf.write_text(APACHE.format(folder=folder, port=port, behind=behind, modules=modules))
        with running("apache2", "-X", "-f", str(conf), stdout=subprocess.DEVNULL):
            # It writes each line several times, so not all of them are kept.
            post(sent[2:6], port)
    kept = [line for line in (folder / "apache.log").read_bytes().splitlines(keepends=True)
            if b"mod_dumpio" in line]  # fmt: skip
    keep("apache_dumpio.log", re.sub(rb"\[pid [0-9:a-z ]+\]", b"[pid 1]", b"".join(kept)))


def mitmdump(sent: list[Sent], folder: Path) -> None:
    """Flows of mitmproxy, and the HAR that it saves."""
    flows, har, port = folder / "flows.mitm", folder / "mitm.har", free_port()
    program = str(shutil.which("mitmdump") or os.environ["MITMDUMP"])
    with receiver() as behind:
        mode = ("--mode", f"reverse:http://127.0.0.1:{behind}", "--set", f"confdir={folder}")
        out = ("-q", "-w", str(flows), "--set", f"hardump={har}", "-p", str(port))
        with running(program, *mode, *out, wait=6, stdout=subprocess.DEVNULL):
            post(sent, port)
    keep("mitmproxy.mitm", flows.read_bytes())
    kept = json.loads(har.read_bytes())
    for entry in kept["log"]["entries"]:
        entry.pop("serverIPAddress", None)
    keep("mitmproxy.har", json.dumps(kept, indent=1))


def python3(sent: list[Sent], folder: Path) -> None:
    """Lines of Python's own logger: the body as text, as bytes, and quoted."""
    for name, shown in (
        ("text", lambda one: one.text),
        ("bytes", lambda one: one.body),
        ("quoted", lambda one: json.dumps(one.text)),
    ):
        file = folder / f"python_{name}.log"
        handler = logging.FileHandler(file)
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        logger = logging.Logger("app.hooks")  # noqa: LOG001 - not of the tree of loggers
        logger.addHandler(handler)
        for one in sent:
            logger.info("POST %s body=%s", one.target, shown(one))  # type: ignore[no-untyped-call]
        handler.close()
        keep(file.name, file.read_bytes())
    tables(sent, folder)


NODE = """
const sent = JSON.parse(require("fs").readFileSync(0, "utf8"));
for (const one of sent) {
  if (process.argv[2] === "console") {
    console.log(new Date().toISOString(), "info", "callback", one.target, one.body);
  } else if (process.argv[2] === "bodies") {
    console.log(one.body);
  } else {
    const { target, headers, body } = one;
    console.log(JSON.stringify({ method: "POST", url: target, headers, body }));
  }
}
"""
GO = """package main
import ("encoding/json"; "log"; "os")
func main() {
  var sent []struct{ Target, Body string }
  json.NewDecoder(os.Stdin).Decode(&sent)
  for _, one := range sent { log.Printf("POST %s body=%q", one.Target, one.Body) }
}
"""
PHP = """
foreach (json_decode(stream_get_contents(STDIN), true) as $one) {
  error_log("callback " . $one["target"] . " " . json_encode($one["body"]));
}
"""


def _given(sent: list[Sent]) -> bytes:
    given = [{"target": s.target, "headers": s.headers, "body": s.text} for s in sent]
    return json.dumps(given).encode()


def node(sent: list[Sent], folder: Path) -> None:
    """What console.log writes: a line of a log, bodies alone, requests as JSON."""
    script = folder / "log.js"
    script.write_text(NODE)
    for how, name in (
        ("console", "node_console.log"),
        ("bodies", "node_bodies.ndjson"),
        ("requests", "node_requests.ndjson"),
    ):
        command = ["node", script, how]
        said = subprocess.run(command, input=_given(sent), capture_output=True, check=True)
        keep(name, said.stdout)


def go(sent: list[Sent], folder: Path) -> None:
    """What Go's log package writes with %q."""
    script = folder / "main.go"
    script.write_text(GO)
    environment = {**os.environ, "GOCACHE": str(folder / "go"), "GO111MODULE": "off"}
    said = subprocess.run(
        ["go", "run", script], input=_given(sent), capture_output=True, check=True, env=environment
    )
    keep("go_log.log", re.sub(rb"(?m)^20\d\d/\d\d/\d\d", b"2026/01/01", said.stderr))


def php(sent: list[Sent], folder: Path) -> None:
    """What error_log writes."""
    script = folder / "log.php"
    script.write_text("<?php" + PHP)
    options = ["-d", "log_errors=1", "-d", "error_log="]
    said = subprocess.run(
        ["php", *options, script], input=_given(sent), capture_output=True, check=True
    )
    keep("php_error.log", said.stderr)


def tar(sent: list[Sent], folder: Path) -> None:
    """Bodies in an archive of GNU tar."""
    bodies = folder / "bodies"
    bodies.mkdir()
    for number, one in enumerate(sent):
        (bodies / f"{number}.json").write_bytes(one.body)
    options = ["--owner=0", "--group=0", "--numeric-owner", f"--mtime={DAY}", "--sort=name"]
    made = subprocess.run(
        ["tar", *options, "-czf", "-", "-C", folder, "bodies"], capture_output=True, check=True
    )
    keep("bodies.tar.gz", made.stdout)
    for file in bodies.iterdir():
        # A zip has no earlier day than this one.
        os.utime(file, (1_767_225_600, 1_767_225_600))
    packed = folder / "bodies.zip"
    subprocess.run([sys.executable, "-m", "zipfile", "-c", packed, bodies], check=True)
    keep("bodies.zip", packed.read_bytes())
    keep("body.json", sent[4].body)


def tables(sent: list[Sent], folder: Path) -> None:
    """A table of SQLite as CSV, and one of Arrow as Parquet."""
    rows = [(n, one.target, json.dumps(one.headers), one.text) for n, one in enumerate(sent, 1)]
    names = ("id", "url", "headers", "body")
    database = sqlite3.connect(":memory:")
    database.execute("create table callbacks (id integer, url text, headers text, body text)")
    database.executemany("insert into callbacks values (?, ?, ?, ?)", rows)
    out = io.StringIO(newline="")
    found = database.execute("select * from callbacks")
    csv.writer(out).writerows([[column[0] for column in found.description], *found])
    keep("sqlite.csv", out.getvalue())
    arrow, parquet = importlib.import_module("pyarrow"), importlib.import_module("pyarrow.parquet")
    file = folder / "arrow.parquet"
    columns = dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))
    parquet.write_table(arrow.table(columns), file, compression="zstd")
    keep("arrow.parquet", file.read_bytes())


def shapes(sent: list[Sent], _: Path) -> None:
    """What has no tool here, by the rules of its own source or documentation."""
    keep("docker_json.log", "".join(
        json.dumps({"log": f"{DAY}T00:00:00Z callback {one.text}\n", "stream": "stdout",
                    "time": f"{DAY}T00:00:00.123456789Z"}) + "\n" for one in sent))  # fmt: skip
    keep("cri.log", "".join(
        f"{DAY}T00:00:00.123456789Z stdout P callback {one.text[:99]}\n"
        f"{DAY}T00:00:00.123456789Z stdout F {one.text[99:]}\n" for one in sent))  # fmt: skip
    for encoded in (False, True):
        keep(f"apigateway{'_base64' * encoded}.json", json.dumps([_event(one, encoded=encoded)
             for one in sent], indent=1))  # fmt: skip
    for shell, quote, mark in (("bash", _posix, "\\"), ("cmd", _cmd, "^")):
        keep(f"chromium_{shell}.txt", "".join(
            f" {mark}\n  ".join([f"curl {quote('http://127.0.0.1:8000' + one.target)}",
            *(f"-H {quote(': '.join(item))}" for item in one.headers.items()),
            f"--data-raw {quote(one.text)}"]) + "\n" for one in sent))  # fmt: skip


def _event(one: Sent, *, encoded: bool) -> dict[str, Any]:
    path, _, query = one.target.partition("?")
    body = base64.b64encode(one.body).decode() if encoded else one.text
    return {
        "version": "2.0", "rawPath": path, "rawQueryString": query, "headers": one.headers,
        "requestContext": {"http": {"method": "POST", "path": path}}, "body": body,
        "isBase64Encoded": encoded,
    }  # fmt: skip


def _posix(text: str) -> str:
    if not re.search(r"[\0-\x1f\x7f-\x9f!']", text):
        return f"'{text}'"
    text = text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n")
    return "$'" + re.sub(r"[\0-\x1f\x7f-\x9f!]", lambda c: f"\\u{ord(c[0]):04x}", text) + "'"


def _cmd(text: str) -> str:
    text = text.replace("\\", "\\\\").replace('"', '\\"')
    text = re.sub(r"([^a-zA-Z0-9\s_\-:=+~'/.',?;()*`])", r"^\1", text)
    return '^"' + re.sub(r"%(?=[a-zA-Z0-9_])", "%^", text).replace("\n", "^\n\n") + '^"'


TOOLS: dict[str, Callable[[list[Sent], Path], None]] = {
    "tcpdump": packets,
    "ngrep": ngrep,
    "curl": curl,
    "nginx": nginx,
    "apache2": apache2,
    "mitmdump": mitmdump,
    "python3": python3,
    "node": node,
    "go": go,
    "php": php,
    "tar": tar,
    "": shapes,
}


def main(wanted: list[str]) -> None:
    """Renew what each tool writes, or those that are named."""
    HERE.mkdir(exist_ok=True)
    sent = requests()
    for tool, renew in TOOLS.items():
        name = tool or "shapes"
        if wanted and name not in wanted:
            continue
        if tool and not shutil.which(tool) and f"{tool.upper()}" not in os.environ:
            print(f"{name}: not here, so what is kept stays")  # noqa: T201 - a script
            continue
        with tempfile.TemporaryDirectory() as folder:
            os.chmod(folder, 0o711)  # noqa: PTH101, S103 - servers give up their rights
            renew(sent, Path(folder))
        print(f"{name}: renewed")  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
