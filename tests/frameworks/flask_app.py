"""Flask, served by waitress."""

from __future__ import annotations

import os

import checks
from flask import Flask, request
from waitress import serve

app = Flask(__name__)


@app.post("/zego")
def zego() -> tuple[str, int]:
    status, text = checks.zego(request.get_data())
    return text, status


@app.post("/trtc")
def trtc() -> tuple[str, int]:
    sign = request.headers.get("Sign", "").encode("latin-1", "replace")
    status, text = checks.trtc(request.get_data(), sign)
    return text, status


@app.post("/agora")
def agora() -> tuple[str, int]:
    sign = request.headers.get("Agora-Signature-V2", "").encode("latin-1", "replace")
    status, text = checks.agora(request.get_data(), sign)
    return text, status


if __name__ == "__main__":
    serve(app, host="127.0.0.1", port=int(os.environ["PORT"]), threads=8)
