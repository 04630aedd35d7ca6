"""Starlette, served by uvicorn."""

from __future__ import annotations

import os

import checks
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route


async def zego(request: Request) -> PlainTextResponse:
    status, text = checks.zego(await request.body())
    return PlainTextResponse(text, status)


async def trtc(request: Request) -> PlainTextResponse:
    sign = request.headers.get("Sign", "").encode("latin-1")
    status, text = checks.trtc(await request.body(), sign)
    return PlainTextResponse(text, status)


async def agora(request: Request) -> PlainTextResponse:
    sign = request.headers.get("Agora-Signature-V2", "").encode("latin-1")
    status, text = checks.agora(await request.body(), sign)
    return PlainTextResponse(text, status)


app = Starlette(
    routes=[Route(f"/{one.__name__}", one, methods=["POST"]) for one in (zego, trtc, agora)]
)

if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(os.environ["PORT"]), log_level="warning")
