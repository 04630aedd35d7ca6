"""Events in aiohttp.

hooks = Receiver("AREA", secret=...)

async def callback(request: web.Request) -> web.Response:
event = await event_of(hooks, request)
...
return acknowledge(event)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from hookproof.receiver.asgi import confirmation
from hookproof.receiver.rejections import Rejected, broken_off

if TYPE_CHECKING:
    from hookproof.receiver.event import Event
    from hookproof.receiver.receiver import Receiver

__all__ = ["acknowledge", "confirmed", "event_of"]


async def event_of(hooks: Receiver, request: web.Request) -> Event:
    """The event of a request; raises HTTPException with the status of a refusal.

    What is larger than `client_max_size` of the application aiohttp itself answers with 413.
    """
    try:
        body = await _body(request)
        return hooks.receive(headers=request.raw_headers, body=body, url=_url_of(request))
    except Rejected as rejection:
        answer = web.HTTPException(text=rejection.reason)
        answer.set_status(rejection.status)
        raise answer from rejection


async def _body(request: web.Request) -> bytes:
    """The body. Raises Malformed where it breaks off, or is no gzip although it says so."""
    try:
        return bytes(await request.read())
    except (OSError, web.RequestPayloadError) as error:
        raise broken_off() from error


def _url_of(request: web.Request) -> str:
    """As it was written: `request.url` decodes it, and some vendors sign it."""
    return f"{request.scheme}://{request.host}{request.raw_path}"


def confirmed(hooks: Receiver, request: web.Request) -> web.Response:
    """The answer to a GET by which a vendor asks whose the address is; 405 for any other."""
    status, body, kind = confirmation(hooks, request.method, _url_of(request))
    return web.Response(body=body, status=status, content_type=kind)


def acknowledge(event: Event) -> web.Response:
    """The answer that the vendor documents."""
    answer = event.acknowledgement
    return web.Response(body=answer.body, status=answer.status, content_type=answer.content_type)
